#include "poll/cost.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gls::poll {

std::uint64_t pages_of(std::uint64_t sessions) noexcept {
    return std::max<std::uint64_t>(1, (sessions + sessions_a_page - 1) / sessions_a_page);
}

std::uint64_t listed_in_all(const Fleet& fleet) noexcept {
    return std::accumulate(fleet.listed.begin(), fleet.listed.end(), std::uint64_t{0});
}

std::uint64_t live_in_all(const Fleet& fleet) noexcept {
    std::uint64_t live = 0;
    for (std::size_t i = 0; i < fleet.listed.size(); ++i) {
        if (is_live(static_cast<streams::Status>(i))) live += fleet.listed[i];
    }
    return live;
}

std::uint64_t full_pages(const Fleet& fleet) noexcept {
    return pages_of(listed_in_all(fleet));
}

std::uint64_t live_pages(const Fleet& fleet) noexcept {
    std::uint64_t pages = pages_of(fleet.pending_exports);
    for (const auto status : live_chains)
        pages += pages_of(fleet.listed[static_cast<std::size_t>(status)]);
    return pages;
}

std::uint64_t scaled(std::uint64_t pages, double factor) noexcept {
    return static_cast<std::uint64_t>(
        std::ceil(static_cast<double>(pages) * std::max(1.0, factor)));
}

double seconds_a_turn(double per_second) noexcept {
    return 1 / std::max(per_second, 1e-3);
}

double seconds_a_call(const Fleet& fleet, double per_second) noexcept {
    return std::max(fleet.latency_seconds, seconds_a_turn(per_second));
}

std::uint64_t full_calls(const Fleet& fleet) noexcept {
    if (!fleet.established) return std::max(full_pages(fleet), fleet.pages_read);
    return scaled(full_pages(fleet), fleet.full_pages_factor);
}

std::uint64_t live_calls(const Fleet& fleet) noexcept {
    return scaled(live_pages(fleet), fleet.live_pages_factor);
}

std::uint64_t with_margin(std::uint64_t calls) noexcept {
    return calls + calls / 10 + 1;
}

bool hold_full_sweep(std::uint64_t calls, const Fleet& fleet) noexcept {
    if (fleet.established) return with_margin(full_calls(fleet)) <= calls;
    return calls > fleet.pages_read + fleet.pages_read / 4;
}

} // namespace gls::poll
