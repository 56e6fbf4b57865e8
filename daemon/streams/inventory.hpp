// Stream groups, their locations and capacity, and applications: what the fleet could hold. In
// AWS's own terms (API model of 2018-05-10: GetStreamGroupOutput, GetApplicationOutput); only what
// is shown is kept. Pure.
#pragma once

#include "base/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gls::streams {

inline constexpr std::array<std::string_view, 7> stream_group_statuses{
    "ACTIVATING", "UPDATING_LOCATIONS", "ACTIVE", "ACTIVE_WITH_ERRORS",
    "ERROR",      "DELETING",           "EXPIRED"};
inline constexpr std::array<std::string_view, 4> location_statuses{"ACTIVATING", "ACTIVE", "ERROR",
                                                                   "REMOVING"};
inline constexpr std::array<std::string_view, 5> application_statuses{"INITIALIZED", "PROCESSING",
                                                                      "READY", "DELETING", "ERROR"};

struct LocationState {
    std::string location; // "unknown" where missing, as every label here
    std::string status;
    // Streams at a time; none where AWS does not tell.
    std::optional<std::uint32_t> always_on;
    std::optional<std::uint32_t> target_idle;
    std::optional<std::uint32_t> maximum;
    std::optional<std::uint32_t> requested;
    std::optional<std::uint32_t> allocated;
    std::optional<std::uint32_t> idle;
};

struct StreamGroup {
    std::string id;          // sg-...
    std::string description; // "" where none
    std::string stream_class;
    std::string default_application; // id, "" where none
    std::string status;
    std::optional<WallTime> expires_at;
    std::vector<LocationState> locations{}; // GetStreamGroup alone tells them
    std::string account_id{};               // from the ARN; "" where it does not tell
};

struct Application {
    std::string id; // a-...
    std::string description;
    std::string runtime; // "PROTON 20250516", "" where none
    std::string status;
    std::string account_id{}; // as a group\'s
};

struct Inventory {
    std::optional<std::string> account_id{}; // from the first ARN that tells it
    std::vector<StreamGroup> stream_groups{};
    std::vector<Application> applications{};
};

} // namespace gls::streams
