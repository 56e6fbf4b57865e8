// Listen addresses as flags write them: ":10131", "0.0.0.0:9000", "localhost:0", "[::1]:0". Pure.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace gls::web {

struct ListenAddress {
    std::string host; // empty: every address of the machine; without brackets
    std::uint16_t port{0};
    friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};

// Error: invalid_input, naming the text and what would be right.
[[nodiscard]] Result<ListenAddress> parse_listen_address(std::string_view text);
[[nodiscard]] std::string address_text(const ListenAddress& address); // brackets where needed

} // namespace gls::web
