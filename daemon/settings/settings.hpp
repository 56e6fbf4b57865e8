// The settings file as plain structs with their defaults; units are in the types. Pure.
// Names, meanings and defaults: the README's table of keys.
#pragma once

#include "base/time.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gls::settings {

enum class Strategy { automatic, full, live };
enum class Breakdown { stream_group, application, status_reason };

template <class Enum>
struct Choice {
    std::string_view name; // as the settings file spells it
    Enum value;
};
inline constexpr std::array<Choice<Strategy>, 3> strategies{
    {{"auto", Strategy::automatic}, {"full", Strategy::full}, {"live", Strategy::live}}};
inline constexpr std::array<Choice<Breakdown>, 3> all_breakdowns{
    {{"stream_group", Breakdown::stream_group},
     {"application", Breakdown::application},
     {"status_reason", Breakdown::status_reason}}};

struct Target {
    std::string name;        // unique; default: the region
    std::string region;      // empty: from the profile or AWS_REGION
    std::string profile;     // empty: AWS_PROFILE or the default chain
    std::string role_arn;    // assumed on top of the chain's credentials; empty: none
    std::string external_id; // with role_arn
    std::string role_session_name{"gamelift-streams-exporter"};
    std::string endpoint_url;                  // empty: by the service's endpoint rules
    std::map<std::string, std::string> labels; // on every series of this target
    friend bool operator==(const Target&, const Target&) = default;
};

struct Sweep {
    milliseconds live_interval{std::chrono::minutes{1}};
    milliseconds full_interval{std::chrono::hours{1}};
    std::optional<milliseconds> stale_after; // none: three live intervals
    Strategy strategy{Strategy::automatic};
    bool look_ups{true};
    std::optional<milliseconds> timeout; // none: 30m, or 3 x planned calls / requests_per_second
    friend bool operator==(const Sweep&, const Sweep&) = default;
};

struct Api {
    double requests_per_second{5};
    std::uint32_t burst{10};
    std::uint64_t requests_per_day{0};         // 0: no budget
    std::optional<std::uint32_t> max_attempts; // of one call; none: AWS_MAX_ATTEMPTS, else 5
    milliseconds connect_timeout{std::chrono::seconds{3}};
    milliseconds request_timeout{std::chrono::seconds{10}};
    friend bool operator==(const Api&, const Api&) = default;
};

struct Metrics {
    std::vector<Breakdown> breakdowns{Breakdown::stream_group, Breakdown::application,
                                      Breakdown::status_reason};
    std::uint32_t max_values_per_label{200};
    friend bool operator==(const Metrics&, const Metrics&) = default;
};

struct Settings {
    std::vector<Target> targets{Target{}};
    Sweep sweep;
    Api api;
    Metrics metrics;
    std::string state_path;                                   // empty: memory only
    milliseconds inventory_interval{std::chrono::minutes{5}}; // 0: off
    friend bool operator==(const Settings&, const Settings&) = default;
};

} // namespace gls::settings
