#include "web/verdict.hpp"

#include <algorithm>
#include <array>

namespace gls::web {
namespace {

std::string age_text(const std::optional<WallTime>& then, WallTime now) {
    return spoken(std::max(milliseconds{0}, now - *then));
}

// What is still shown while sweeps fail.
std::string picture_text(const poll::TargetStatus& status, WallTime now) {
    if (!status.last_live_success) return "there is no picture yet";
    const auto age = "its last good picture is " + age_text(status.last_live_success, now) + " old";
    return live_is_fresh(status, now) ? age + " and still served" : age + " and withdrawn";
}

const poll::SweepReport* failed_sweep(const poll::TargetStatus& status) {
    const auto* const live = live_went_well(status) ? nullptr : &*status.last_live;
    const auto* const full = full_went_well(status) ? nullptr : &*status.last_full;
    if (live == nullptr || full == nullptr) return live == nullptr ? full : live;
    return live->began > full->began ? live : full;
}

} // namespace

std::string_view text_of(Condition condition) noexcept {
    constexpr std::array<std::string_view, 4> texts{"fresh", "starting", "late", "failing"};
    return texts[static_cast<std::size_t>(condition)];
}

std::string spoken(milliseconds duration) {
    struct Unit {
        std::int64_t ms;
        std::string_view name;
    };
    constexpr std::array<Unit, 4> units{
        {{86'400'000, " d"}, {3'600'000, " h"}, {60'000, " min"}, {1'000, " s"}}};
    const auto ms = duration.count();
    if (ms < units.back().ms) return std::to_string(ms) + " ms";
    const auto* const large =
        std::ranges::find_if(units, [&](const Unit& u) { return ms >= u.ms; });
    auto text = std::to_string(ms / large->ms).append(large->name);
    if (const auto* const small = large + 1; small != units.end()) {
        const auto rest = ms % large->ms / small->ms;
        if (rest != 0) text.append(" ").append(std::to_string(rest)).append(small->name);
    }
    return text;
}

Verdict verdict_of(const poll::Picture& picture, WallTime now) {
    const auto& status = picture.status;
    const auto& name = picture.target.name;
    if (const auto* const failed = failed_sweep(status)) {
        return {Condition::failing, name + " fails (" + failed->failure + "): " + failed->message +
                                        "; " + picture_text(status, now) + "."};
    }
    if (!status.first_sweep_ended) {
        if (status.last_error.empty())
            return {Condition::starting, name + " is in its first sweep."};
        return {Condition::starting,
                name + " waits for its first sweep: " + status.last_error + "."};
    }
    if (!live_is_fresh(status, now)) {
        const auto age = status.last_live_success
                             ? "is " + age_text(status.last_live_success, now) + " old"
                             : std::string{"is still to come"};
        const auto reason = status.last_error.empty() ? "" : ": " + status.last_error;
        return {Condition::late, name + " is late: its picture " + age + ", more than the " +
                                     spoken(status.stale_after) + " allowed" + reason + "."};
    }
    return {Condition::fresh,
            name + " is fresh: " + age_text(status.last_live_success, now) + " old."};
}

Verdict verdict_of(const poll::Pictures& pictures, WallTime now) {
    Verdict worst;
    std::size_t troubled = 0;
    milliseconds oldest{0};
    for (const auto& picture : pictures) {
        auto verdict = verdict_of(*picture, now);
        if (verdict.condition != Condition::fresh) ++troubled;
        if (verdict.condition > worst.condition) worst = std::move(verdict);
        if (const auto& made = picture->status.last_live_success) {
            oldest = std::max(oldest, now - *made);
        }
    }
    if (troubled > 1) {
        worst.sentence += ' ' + std::to_string(troubled) + " of " +
                          std::to_string(pictures.size()) + " targets are not fresh.";
    }
    if (troubled == 0) {
        worst.sentence = pictures.size() == 1 ? "The picture is fresh: "
                                              : "All " + std::to_string(pictures.size()) +
                                                    " targets are fresh: at most ";
        worst.sentence += spoken(oldest) + " old.";
    }
    return worst;
}

} // namespace gls::web
