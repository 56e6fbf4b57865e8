// The whole inventory of an account and region: every list to its end and each stream group's
// capacity, or nothing. I/O through aws::Api alone.
#pragma once

#include "aws/call.hpp"
#include "base/result.hpp"
#include "base/task.hpp"
#include "streams/inventory.hpp"
#include "streams/page_guard.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gls::streams {

// Calls that it takes to read an inventory of this size, without retries.
[[nodiscard]] std::uint64_t calls_for(const Inventory& inventory) noexcept;

// Failures: those of Api::call, and malformed as for list_pages. A group that is deleted between
// list and look-up is left out. Each id occurs once. `api` outlives the task.
[[nodiscard]] Task<Result<Inventory>> list_inventory(aws::Api& api,
                                                     PageLimits limits = PageLimits());

struct StreamGroupIds {
    std::vector<std::string> ids{};
    std::uint64_t attempts{0}; // requests, retries and those of the call that failed included
    std::optional<Error> failure{};
};

// ListStreamGroups alone, to its end.
[[nodiscard]] Task<StreamGroupIds> list_stream_groups(aws::Api& api, aws::Urgency urgency,
                                                      PageLimits limits = PageLimits());

} // namespace gls::streams
