#include "poll/split.hpp"

#include <algorithm>

namespace gls::poll {

std::uint64_t split_calls(const Fleet& fleet) noexcept {
    const auto groups = std::max(fleet.listed_groups, fleet.stream_groups);
    const auto without_sessions = groups - fleet.stream_groups; // a call each
    return 1 + groups / sessions_a_page + scaled(fleet.pages_by_group, fleet.full_pages_factor) +
           without_sessions;
}

double chain_seconds(const Situation& s) noexcept {
    return static_cast<double>(full_calls(s.fleet)) *
           seconds_a_call(s.fleet, s.requests_per_second);
}

double split_seconds(const Situation& s) noexcept {
    const auto calls = static_cast<double>(split_calls(s.fleet));
    const auto longest =
        static_cast<double>(scaled(pages_of(s.fleet.largest_group), s.fleet.full_pages_factor));
    // What each limit would make of it: the pace, AWS's answers to so many at a time, and the
    // largest part, which is a chain itself.
    return std::max({calls * seconds_a_turn(s.group_lists_per_second),
                     calls * s.fleet.latency_seconds / static_cast<double>(parts_at_a_time),
                     longest * seconds_a_call(s.fleet, s.group_lists_per_second)});
}

bool split_pays(const Situation& s) noexcept {
    const std::uint64_t calls = full_calls(s.fleet);
    const bool may = s.fleet.established && s.fleet.stream_groups > 1 && !s.budget &&
                     s.full.failures == 0 && s.fleet.chains_to_come == 0;
    const bool latency_holds_back = s.fleet.latency_seconds * s.requests_per_second > 1;
    if (!may || !latency_holds_back || split_calls(s.fleet) > calls + calls / 20) return false;
    return split_seconds(s) <= 0.75 * chain_seconds(s);
}

} // namespace gls::poll
