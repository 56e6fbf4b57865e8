#include "simulator/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

namespace gls::simulator {

namespace {

const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

int value_of_hex(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    return -1;
}

bool is_unreserved(char letter) {
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
           (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' || letter == '_' ||
           letter == '~';
}

} // namespace

Digest sha256(std::string_view bytes) {
    Digest digest{};
    SHA256(raw(bytes), bytes.size(), digest.data());
    return digest;
}

Digest hmac(std::string_view key, std::string_view bytes) {
    Digest digest{};
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), raw(bytes), bytes.size(),
         digest.data(), &size);
    return digest;
}

std::string_view bytes_of(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string hex_of(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        text += digits[static_cast<unsigned char>(byte) / 16];
        text += digits[static_cast<unsigned char>(byte) % 16];
    }
    return text;
}

std::string base64_of(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const auto size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), raw(bytes),
                                      static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.empty() || text.size() % 4 != 0) return std::nullopt;
    std::string bytes(text.size() / 4 * 3, '\0');
    if (EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), raw(text),
                        static_cast<int>(text.size())) < 0)
        return std::nullopt;
    if (text.ends_with("=="))
        bytes.resize(bytes.size() - 2);
    else if (text.ends_with('='))
        bytes.resize(bytes.size() - 1);
    return bytes;
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
    return left.size() == right.size() &&
           CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

void append_percent_encoded(std::string& text, std::string_view bytes, std::string_view keep) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const auto letter : bytes) {
        if (is_unreserved(letter) || keep.find(letter) != std::string_view::npos) {
            text += letter;
            continue;
        }
        const auto byte = static_cast<unsigned char>(letter);
        text += '%';
        text += digits[byte / 16];
        text += digits[byte % 16];
    }
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_blank) {
    std::string bytes;
    bytes.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            bytes += plus_is_blank && text[at] == '+' ? ' ' : text[at];
            continue;
        }
        if (at + 2 >= text.size()) return std::nullopt;
        const auto high = value_of_hex(text[at + 1]);
        const auto low = value_of_hex(text[at + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes += static_cast<char>(high * 16 + low);
        at += 2;
    }
    return bytes;
}

} // namespace gls::simulator
