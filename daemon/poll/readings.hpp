// Where the sessions that AWS sends go while a sweep is under way: into the sweep, each reading
// with its number, with a note of what this version does not know.
#pragma once

#include "base/error.hpp"
#include "base/log.hpp"
#include "poll/sweep_observer.hpp"
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
    [[nodiscard]] const std::optional<std::string>& account_id() const noexcept {
        return account_id_;
    }

private:
    void unknown(std::string_view field, std::string_view text);

    SweepObserver& observer_;
    Log& log_;
    std::optional<std::string> account_id_; // of the first ARN that told one
    std::set<std::string, std::less<>> logged_;
};

// One chain's, or one look-up's.
class Readings final : public streams::SessionSink {
public:
    // `in_vain`: once it holds an error, nothing more is worth reading.
    Readings(state::SessionTable& table, state::Sweep& sweep, ReadingNotes& notes,
             const std::optional<Error>* in_vain = nullptr)
        : table_{table}, sweep_{sweep}, notes_{notes}, in_vain_{in_vain} {}
    void sessions(std::span<const streams::SessionView> read) override;
    void chain_restarted() override { begun_anew_ = true; }
    [[nodiscard]] bool goes_on() const override;

private:
    state::SessionTable& table_;
    state::Sweep& sweep_;
    ReadingNotes& notes_;
    const std::optional<Error>* in_vain_;
    unsigned nothing_new_{0}; // pages in a row whose sessions had all been met
    bool begun_anew_{false};  // then that is as it should be
};

} // namespace gls::poll
