// GameLift Streams itself: a verified call → an answer. Validation, identifiers, filters and pages
// as the API model has them. Pure: the fleet and the service's time come in.
#pragma once

#include "simulator/failure.hpp"
#include "simulator/fault.hpp"
#include "simulator/fleet.hpp"
#include "simulator/operation.hpp"
#include "simulator/page_token.hpp"
#include "simulator/session_json.hpp"

#include <expected>
#include <string>

namespace gls::simulator {

struct Call {
    const Request& request;
    const Destination& destination;
    const Caller& caller;
    Millis now; // the service's time
    const std::optional<Fault>& fault;
};

class StreamsService {
public:
    StreamsService(std::uint64_t seed, double token_ttl_seconds)
        : seal_(seed), chance_(seed ^ 0x0de5U),
          token_ttl_(static_cast<Millis>(1000 * token_ttl_seconds)) {}

    // Another fleet from here on: tokens into the lists of the former one are not valid.
    void refuse_tokens_so_far(std::uint64_t seed) { seal_ = TokenSeal{seed}; }
    // The body of a 200, or why there is none.
    [[nodiscard]] std::expected<std::string, Failure> answer(const Fleet& fleet, const Call& call);

private:
    struct Page {
        std::size_t limit{25};
        Bookmark bookmark; // where this page begins
        std::string token; // that led to it; empty on a first page
    };
    using Body = std::expected<std::string, Failure>;

    [[nodiscard]] std::expected<Page, Failure> page_of(const Call& call, const Filter& filter,
                                                       const Route& first_route) const;
    [[nodiscard]] std::string next_token(const Call& call, const Page& page,
                                         std::optional<Place> next) const;
    Body list_sessions(const Fleet& fleet, const Call& call);
    Body list_things(const Fleet& fleet, const Call& call);
    [[nodiscard]] static Body get_session(const Fleet& fleet, const Call& call);
    [[nodiscard]] static Body get_group(const Fleet& fleet, const Call& call);
    [[nodiscard]] static Body get_application(const Fleet& fleet, const Call& call);

    TokenSeal seal_;
    Chance chance_;
    Millis token_ttl_;
    std::vector<Slot> slots_; // reused
};

} // namespace gls::simulator
