#include "base/duration.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <limits>

namespace gls {
namespace {

struct Unit {
    std::string_view name;
    std::int64_t ms;
    bool only_whole; // 90d reads better than 12w6d
};

// Prometheus' units in its order; a duration names each at most once, larger ones first.
constexpr std::array<Unit, 7> units{{{"y", 365LL * 24 * 3600 * 1000, true},
                                     {"w", 7LL * 24 * 3600 * 1000, true},
                                     {"d", 24LL * 3600 * 1000, false},
                                     {"h", 3600LL * 1000, false},
                                     {"m", 60LL * 1000, false},
                                     {"s", 1000, false},
                                     {"ms", 1, false}}};

// As in Prometheus, what does not fit 64 bits of nanoseconds (292 years) is refused.
constexpr std::int64_t max_ms = std::numeric_limits<std::int64_t>::max() / 1'000'000;

} // namespace

std::optional<milliseconds> parse_duration(std::string_view text) {
    if (text == "0") return milliseconds{0};
    if (text.empty()) return std::nullopt;
    std::int64_t total = 0;
    std::size_t next_unit = 0;
    while (!text.empty()) {
        std::int64_t count = 0;
        if (text.front() < '0' || text.front() > '9') return std::nullopt;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
        if (error != std::errc{}) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));

        std::size_t length = 0;
        while (length < text.size() && (text[length] < '0' || text[length] > '9'))
            ++length;
        const std::string_view name = text.substr(0, length);
        while (next_unit < units.size() && units[next_unit].name != name)
            ++next_unit;
        if (next_unit == units.size()) return std::nullopt;
        const Unit& unit = units[next_unit++];
        text.remove_prefix(length);

        if (count > (max_ms - total) / unit.ms) return std::nullopt;
        total += count * unit.ms;
    }
    return milliseconds{total};
}

std::string duration_text(milliseconds duration) {
    std::int64_t rest = duration.count();
    if (rest == 0) return "0s";
    std::string text;
    if (rest < 0) {
        text = '-';
        rest = -rest;
    }
    for (const Unit& unit : units) {
        if (unit.only_whole && rest % unit.ms != 0) continue;
        if (rest < unit.ms) continue;
        text += std::to_string(rest / unit.ms);
        text += unit.name;
        rest %= unit.ms;
    }
    return text;
}

} // namespace gls
