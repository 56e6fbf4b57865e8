// Where the sessions that AWS sends go while a sweep is under way: into the sweep, each reading
// with its number, with a note of what this version does not know.
#pragma once

#include "base/error.hpp"
#include "base/log.hpp"
#include "poll/sweep_observer.hpp"
#include "poll/sweep_result.hpp"
#include "state/session_table.hpp"
#include "streams/list_pages.hpp"

#include <optional>
#include <set>
#include <span>
#include <string>

namespace gls::poll {

// What is learned from readings apart from the counts; lives as long as the target.
class ReadingNotes {
public:
    ReadingNotes(SweepObserver& observer, Log& log) : observer_{observer}, log_{log} {}

    void note(const streams::SessionView& session);
    // Of the latest ARN that told one: credentials may change between two sweeps.
    [[nodiscard]] const std::optional<std::string>& account_id() const noexcept {
        return account_id_;
    }
    // Whose sessions have been shown so far: those of another are no later picture of them.
    void belongs_to(const std::optional<std::string>& account_id) { shown_ = account_id; }
    [[nodiscard]] const std::optional<std::string>& shown() const noexcept { return shown_; }

private:
    void unknown(std::string_view field, std::string_view text);

    SweepObserver& observer_;
    Log& log_;
    std::optional<std::string> account_id_;
    std::optional<std::string> shown_;
    std::set<std::string, std::less<>> logged_;
};

// One chain's, or one look-up's.
class Readings final : public streams::SessionSink {
public:
    // `progress`: of the sweep, to which a chain adds. `in_vain`: once it holds an error, nothing
    // more is worth reading. Either may be null.
    Readings(state::SessionTable& table, state::Sweep& sweep, ReadingNotes& notes,
             SweepProgress* progress = nullptr, const std::optional<Error>* in_vain = nullptr)
        : table_{table}, sweep_{sweep}, notes_{notes}, progress_{progress}, in_vain_{in_vain} {}
    void sessions(std::span<const streams::SessionView> read) override;
    void answered(unsigned attempts, milliseconds took) override;
    void chain_restarted() override { begun_anew_ = true; }
    [[nodiscard]] bool goes_on() const override;

private:
    state::SessionTable& table_;
    state::Sweep& sweep_;
    ReadingNotes& notes_;
    SweepProgress* progress_;
    const std::optional<Error>* in_vain_;
    std::optional<state::ReadNumber> since_; // its own first page
    unsigned nothing_new_{0}; // pages in a row whose sessions it had met itself, other chains apart
    bool begun_anew_{false};  // then that is as it should be
};

} // namespace gls::poll
