#include "aws/request/sigv4.hpp"

#include "base/iso8601.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <utility>

namespace gls::aws {

namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";
constexpr std::size_t block_bytes = 64; // of SHA-256, FIPS 180-4

// One digest context for each thread, set up once: looking the algorithm up costs OpenSSL 3 more
// than hashing a request does.
class Digest {
public:
    Digest()
        : sha256_{EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free},
          context_{EVP_MD_CTX_new(), EVP_MD_CTX_free} {
        if (!sha256_ || !context_) throw std::runtime_error{"OpenSSL offers no SHA-256"};
    }
    Sha256 operator()(std::string_view first, std::string_view second = {}) {
        Sha256 out{};
        if (EVP_DigestInit_ex2(context_.get(), sha256_.get(), nullptr) != 1 ||
            EVP_DigestUpdate(context_.get(), first.data(), first.size()) != 1 ||
            (!second.empty() &&
             EVP_DigestUpdate(context_.get(), second.data(), second.size()) != 1) ||
            EVP_DigestFinal_ex(context_.get(), out.data(), nullptr) != 1) {
            throw std::runtime_error{"OpenSSL failed to compute SHA-256"};
        }
        return out;
    }

private:
    std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> sha256_;
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

Sha256 digest(std::string_view first, std::string_view second = {}) {
    thread_local Digest hash;
    return hash(first, second);
}

std::string_view bytes(const Sha256& value) {
    return {reinterpret_cast<const char*>(value.data()),
            value.size()}; // NOLINT: OpenSSL speaks unsigned
}

std::string_view bytes(const std::array<unsigned char, block_bytes>& value) {
    return {reinterpret_cast<const char*>(value.data()), value.size()}; // NOLINT: as above
}

} // namespace

Sha256 sha256(std::string_view data) {
    return digest(data);
}

// RFC 2104, over two digests: OpenSSL 3's own HMAC sets up three contexts for each call, which
// costs several times the hashing.
Sha256 hmac_sha256(std::string_view key, std::string_view data) {
    Sha256 shortened{};
    if (key.size() > block_bytes) {
        shortened = digest(key);
        key = bytes(shortened);
    }
    std::array<unsigned char, block_bytes> inner{};
    std::array<unsigned char, block_bytes> outer{};
    for (std::size_t i = 0; i < block_bytes; ++i) {
        const unsigned char k = i < key.size() ? static_cast<unsigned char>(key[i]) : 0;
        inner[i] = k ^ 0x36U;
        outer[i] = k ^ 0x5cU;
    }
    const Sha256 message = digest(bytes(inner), data);
    const Sha256 out = digest(bytes(outer), bytes(message));
    OPENSSL_cleanse(inner.data(), inner.size());
    OPENSSL_cleanse(outer.data(), outer.size());
    OPENSSL_cleanse(shortened.data(), shortened.size());
    return out;
}

std::string hex(const Sha256& value) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out(value.size() * 2, '0');
    for (std::size_t i = 0; i < value.size(); ++i) {
        out[2 * i] = digits[value[i] >> 4U];
        out[2 * i + 1] = digits[value[i] & 15U];
    }
    return out;
}

std::string credential_scope(std::string_view amz_date, std::string_view region,
                             std::string_view service) {
    std::string scope;
    scope.reserve(64);
    scope += amz_date.substr(0, 8);
    scope += '/';
    scope += region;
    scope += '/';
    scope += service;
    scope += "/aws4_request";
    return scope;
}

std::string string_to_sign(std::string_view amz_date, std::string_view scope,
                           std::string_view canonical_request_text) {
    std::string text;
    text.reserve(192);
    text += algorithm;
    text += '\n';
    text += amz_date;
    text += '\n';
    text += scope;
    text += '\n';
    text += hex(sha256(canonical_request_text));
    return text;
}

Sha256 signing_key(const Secret& secret_access_key, std::string_view day, std::string_view region,
                   std::string_view service) {
    std::string start = "AWS4" + secret_access_key.reveal();
    Sha256 key = hmac_sha256(start, day);
    OPENSSL_cleanse(start.data(), start.size());
    key = hmac_sha256(bytes(key), region);
    key = hmac_sha256(bytes(key), service);
    return hmac_sha256(bytes(key), "aws4_request");
}

Signer::Signer(std::string region, std::string service, PathRule rule)
    : region_{std::move(region)}, service_{std::move(service)}, rule_{rule} {}

Signer::~Signer() {
    OPENSSL_cleanse(kept_key_.data(), kept_key_.size());
}

const Sha256& Signer::key_of(const Secret& secret_access_key, std::string_view day) {
    if (kept_day_ != day || kept_secret_ != secret_access_key) {
        kept_key_ = signing_key(secret_access_key, day, region_, service_);
        kept_secret_ = secret_access_key;
        kept_day_ = day;
    }
    return kept_key_;
}

void Signer::sign(HttpRequest& request, const Credentials& keys, WallTime now) {
    static const std::string empty_payload = hex(sha256(""));
    const std::string date = amz_date(now);
    request.headers.reserve(request.headers.size() + 4); // the four that are set here
    if (!request.header("Host")) request.set_header("Host", host_header(request.endpoint));
    request.set_header("X-Amz-Date", date);
    if (keys.session_token.empty()) {
        std::erase_if(request.headers,
                      [](const Header& h) { return same_name(h.name, "X-Amz-Security-Token"); });
    } else {
        request.set_header("X-Amz-Security-Token", keys.session_token.reveal());
    }
    const CanonicalRequest canonical = canonical_request(
        request, request.body.empty() ? empty_payload : hex(sha256(request.body)), rule_);
    const std::string scope = credential_scope(date, region_, service_);
    const Sha256 signature = hmac_sha256(bytes(key_of(keys.secret_access_key, date.substr(0, 8))),
                                         string_to_sign(date, scope, canonical.text));

    std::string authorization;
    authorization.reserve(384);
    authorization += algorithm;
    authorization += " Credential=";
    authorization += keys.access_key_id;
    authorization += '/';
    authorization += scope;
    authorization += ", SignedHeaders=";
    authorization += canonical.signed_headers;
    authorization += ", Signature=";
    authorization += hex(signature);
    request.set_header("Authorization", std::move(authorization));
}

} // namespace gls::aws
