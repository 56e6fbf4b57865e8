#include "simulator/credentials.hpp"

#include <algorithm>

namespace gls::simulator {

const Key* KeyBook::find(const std::string& access_key_id) const {
    const auto found = keys_.find(access_key_id);
    return found == keys_.end() ? nullptr : &found->second;
}

const Key& KeyBook::issue(std::string account_id, std::string arn, Millis now, double seconds) {
    // Keys long gone are forgotten, so that a day of rotation costs no memory; an hour's grace
    // keeps ExpiredToken apart from a key that never was.
    constexpr Millis grace = 3'600'000;
    std::erase_if(keys_, [&](const auto& entry) {
        return entry.second.expires != never && entry.second.expires + grace < now;
    });
    Key key;
    key.access_key_id = "ASID" + letters_of(chance_.next(), 12);
    std::ranges::transform(key.access_key_id, key.access_key_id.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    key.secret = "SECRET-MARKER-" + letters_of(chance_.next(), 26);
    key.session_token = "SECRET-MARKER-token/" + letters_of(chance_.next(), 120) + "+=";
    key.account_id = std::move(account_id);
    key.arn = std::move(arn);
    key.expires = now + life(seconds);
    auto& kept = keys_[key.access_key_id];
    kept = std::move(key);
    return kept;
}

} // namespace gls::simulator
