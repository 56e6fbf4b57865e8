#include "poll/look_ups.hpp"

#include "async/cancelled.hpp"
#include "async/together.hpp"
#include "streams/list_pages.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace gls::poll {

namespace {

// At the usual fraction of a second an answer, more than enough to use any pace that AWS allows.
constexpr std::size_t at_a_time = 8;
// A full sweep committed meanwhile, or sessions met by it, can leave new ones to ask about.
constexpr unsigned rounds = 3;

// Lives in the coroutine that awaits its questions.
class Round final : public SharedWork {
public:
    Round(SweepParts parts, state::Sweep& sweep, SweepProgress& progress,
          std::vector<state::Unseen> unmet, SteadyTime end)
        : parts_{parts}, sweep_{sweep}, progress_{progress}, unmet_{std::move(unmet)}, end_{end} {}

    [[nodiscard]] std::size_t asked() const { return next_; }
    [[nodiscard]] std::size_t left() const { return unmet_.size() - next_; }
    [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }
    [[nodiscard]] bool over() const override {
        return failure_.has_value() || left() == 0 || parts_.clock.steady_now() >= end_;
    }

    Task<> next() override {
        const state::Unseen asked = unmet_[next_++];
        Readings readings{parts_.table, sweep_, parts_.notes};
        const auto answer = co_await streams::look_up_session(parts_.api, parts_.reader, readings,
                                                              asked.stream_group, asked.session_id);
        progress_.calls += answer.attempts;
        if (answer.failure) {
            if (!failure_) failure_ = answer.failure;
        } else if (answer.found) {
            ++progress_.sessions;
        } else {
            sweep_.not_found(asked.key, parts_.table.next_read());
        }
    }

private:
    SweepParts parts_;
    state::Sweep& sweep_;
    SweepProgress& progress_;
    std::vector<state::Unseen> unmet_;
    SteadyTime end_;
    std::size_t next_{0};
    std::optional<Error> failure_;
};

std::vector<state::Unseen> latest(std::vector<state::Unseen> unmet, std::uint64_t most) {
    std::ranges::partition(unmet, [](const state::Unseen& one) { return !one.left_before; });
    unmet.resize(std::min<std::size_t>(unmet.size(), most));
    return unmet;
}

} // namespace

Task<LookUps> look_up_unmet(SweepParts parts, state::Sweep& sweep, Resolution resolution,
                            SweepProgress& progress) {
    LookUps done;
    const SteadyTime end = parts.clock.steady_now() + resolution.time;
    for (unsigned i = 0; i < rounds; ++i) {
        auto unmet = latest(parts.table.unseen(sweep), resolution.look_ups - done.asked);
        Round round{parts, sweep, progress, std::move(unmet), end};
        if (round.over()) break;
        co_await round.next();
        const bool stop = co_await cancelled(); // the others would not hear of it
        if (!stop) co_await work_off(round, std::min(at_a_time, round.left()));
        done.asked += round.asked();
        done.failure = round.failure();
        if (stop) done.failure = fail(ErrorKind::cancelled, "stopped").error();
        if (done.failure) break;
    }
    co_return done;
}

} // namespace gls::poll
