// NextToken: opaque, sealed, expiring, and good for the filter and caller it was made for only. It
// is standard base64 with + / and =, so that a client which does not encode it for the URL is found
// out. Pure.
#pragma once

#include "simulator/shelf.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace gls::simulator {

struct Bookmark {
    std::uint64_t scope{0}; // hash of operation, caller and filter
    Route route;            // of the chain
    Place place;            // where it goes on; lists of groups and applications use `step` alone
    Millis issued{0};       // by the service's clock
    std::uint32_t page{0};  // pages before it
    friend bool operator==(const Bookmark&, const Bookmark&) = default;
};

class TokenSeal {
public:
    explicit TokenSeal(std::uint64_t seed);
    [[nodiscard]] std::string seal(const Bookmark& bookmark) const;
    // Nothing for a token that this seal did not make, or that was touched since.
    [[nodiscard]] std::optional<Bookmark> open(std::string_view token) const;

private:
    std::string key_;
};

} // namespace gls::simulator
