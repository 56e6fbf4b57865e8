// Whether a list that is read page by page may go on, so that no answer of AWS keeps us reading for
// ever. Pure.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>

namespace gls::streams {

struct PageLimits {
    std::uint64_t pages{100'000};        // of one chain: ten million items
    std::uint64_t empty_in_a_row{1'000}; // pages without an item but with a token
};

// Tokens are remembered by their hashes, so that a cycle of any length is found: 16 bytes or so for
// each page.
class PageGuard {
public:
    explicit PageGuard(PageLimits limits) : limits_{limits} {}

    // Told of each page as it is read. Error: malformed, for a list that must not be followed.
    [[nodiscard]] std::optional<Error> refuse(bool empty, const std::string& next_token);

private:
    PageLimits limits_;
    std::uint64_t pages_{0};
    std::uint64_t empty_in_a_row_{0};
    std::unordered_set<std::uint64_t> tokens_;
};

} // namespace gls::streams
