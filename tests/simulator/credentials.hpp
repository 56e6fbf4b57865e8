// The keys that the simulator knows: the long-term one, those added by the control call, and the
// temporary ones it has issued. Pure: the service's time comes in as a number.
#pragma once

#include "simulator/chance.hpp"
#include "simulator/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace gls::simulator {

struct Key {
    std::string access_key_id{};
    std::string secret{};
    std::string session_token{}; // empty: a long-term key
    std::string account_id{};
    std::string arn{}; // who signs with it
    Millis expires{never};
};

class KeyBook {
public:
    KeyBook(std::uint64_t seed, double ttl_seconds) : chance_(seed ^ 0x5ec5U), ttl_(ttl_seconds) {}

    void add(Key key) { keys_[key.access_key_id] = std::move(key); }
    bool revoke(const std::string& access_key_id) { return keys_.erase(access_key_id) != 0; }
    [[nodiscard]] const Key* find(const std::string& access_key_id) const;
    // A new temporary key; it lives `seconds`, or as long as the credential TTL says when that is
    // set.
    const Key& issue(std::string account_id, std::string arn, Millis now, double seconds);
    void set_ttl(double seconds) { ttl_ = seconds; }
    // How long a key issued for `seconds` lives.
    [[nodiscard]] Millis life(double seconds) const {
        return static_cast<Millis>(1000 * (ttl_ > 0 ? ttl_ : seconds));
    }

private:
    std::unordered_map<std::string, Key> keys_;
    Chance chance_;
    double ttl_;
};

} // namespace gls::simulator
