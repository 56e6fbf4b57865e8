// The targets that are watched. A reload brings new settings: unchanged targets keep their picture,
// table and pace, removed and changed ones end before others begin. Polling thread only.
#pragma once

#include "app/watched_target.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace gls::app {

class Watch {
public:
    explicit Watch(WatchParts parts);
    void keep_in(state::file::StateFile& file) { parts_.state = &file; } // before the first take()

    // Sooner or later the settings in force; of several that wait the last one counts.
    void take(settings::Settings settings);
    [[nodiscard]] bool adopting() const noexcept { return adopting_; }
    // Why the first targets could not begin as they should; none: they could.
    [[nodiscard]] const std::optional<Error>& refusal() const noexcept { return refusal_; }
    void start(); // every target that there is and that will be, and the look for missing regions

    // --once: of every target one full sweep; whether all were good. Those that failed are no
    // longer there afterwards.
    [[nodiscard]] Task<bool> once();

    void cancel();
    [[nodiscard]] Task<bool> ended(); // false: cancelled
    [[nodiscard]] std::size_t running() const;

private:
    using Targets = std::vector<std::unique_ptr<WatchedTarget>>;

    [[nodiscard]] Task<> adopt_wanted();
    [[nodiscard]] Task<> adopt(settings::Settings settings);
    [[nodiscard]] Task<std::vector<poll::TargetIdentity>>
    identities_of(const std::vector<settings::Target>& targets);
    [[nodiscard]] std::vector<WatchedTarget*>
    those_that_stay(const std::vector<settings::Target>& targets,
                    const std::vector<poll::TargetIdentity>& identities) const;
    [[nodiscard]] Task<> look_for_regions();
    [[nodiscard]] Memory memory_of(const settings::Settings& settings,
                                   const poll::TargetIdentity& identity);
    [[nodiscard]] Task<bool> end_leaving();
    [[nodiscard]] state::CallsSpent spent_before(const settings::Target& target) const;
    [[nodiscard]] std::array<const Targets*, 2> groups() const { return {&targets_, &leaving_}; }
    bool leave_out_failed();
    void arrange_board(const std::vector<poll::TargetIdentity>& identities);

    WatchParts parts_;
    Targets targets_; // in the settings' order
    Targets leaving_; // cancelled, and not ended yet
    // What those that have left had spent: a target that is changed, renamed or taken out and put
    // back does not get its day's calls a second time.
    std::vector<std::pair<settings::Target, state::CallsSpent>> spent_;
    settings::Settings settings_; // of the latest that were adopted
    std::optional<settings::Settings> wanted_;
    std::optional<Error> refusal_;
    bool adopting_{false};
    bool started_{false};
    bool stopping_{false}; // nothing begins any more
    TaskGroup tasks_;
};

} // namespace gls::app
