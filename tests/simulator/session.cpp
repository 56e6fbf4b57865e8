#include "simulator/session.hpp"

#include "simulator/chance.hpp"

#include <array>

namespace gls::simulator {

namespace {

constexpr std::string_view alphabet =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::size_t id_length = 11; // 62^11 > 2^64

std::uint32_t round_of(std::uint32_t half, std::uint64_t key) {
    return static_cast<std::uint32_t>(mixed(half + key));
}

} // namespace

SessionIds::SessionIds(std::uint64_t seed) {
    Chance chance{seed ^ 0x1d5U};
    for (auto& key : keys_)
        key = chance.next();
    salt_ = static_cast<std::uint32_t>(chance.next());
}

// Four rounds of a Feistel network: one to one, and undone by running them backwards.
void SessionIds::append(std::string& text, std::uint32_t serial) const {
    std::uint32_t left = salt_;
    std::uint32_t right = serial;
    for (const auto key : keys_) {
        const auto next = left ^ round_of(right, key);
        left = right;
        right = next;
    }
    auto number = (static_cast<std::uint64_t>(left) << 32U) | right;
    std::array<char, id_length> letters{};
    for (auto& letter : letters) {
        letter = alphabet[number % alphabet.size()];
        number /= alphabet.size();
    }
    text.append(letters.data(), letters.size());
}

std::string SessionIds::text_of(std::uint32_t serial) const {
    std::string text;
    append(text, serial);
    return text;
}

std::optional<std::uint32_t> SessionIds::serial_of(std::string_view id) const {
    if (id.size() != id_length) return std::nullopt;
    std::uint64_t number = 0;
    for (auto letter = id.rbegin(); letter != id.rend(); ++letter) {
        const auto digit = alphabet.find(*letter);
        if (digit == std::string_view::npos) return std::nullopt;
        number = number * alphabet.size() + digit;
    }
    auto left = static_cast<std::uint32_t>(number >> 32U);
    auto right = static_cast<std::uint32_t>(number);
    for (auto key = std::rbegin(keys_); key != std::rend(keys_); ++key) {
        const auto before = right ^ round_of(left, *key);
        right = left;
        left = before;
    }
    if (left != salt_ || text_of(right) != id) return std::nullopt; // too large numbers wrap
    return right;
}

std::string letters_of(std::uint64_t number, std::size_t length) {
    Chance chance{number};
    std::string text;
    for (std::size_t at = 0; at < length; ++at)
        text += alphabet[chance.below(static_cast<std::uint32_t>(alphabet.size()))];
    return text;
}

} // namespace gls::simulator
