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
          std::vector<state::Unseen> unmet)
        : parts_{parts}, sweep_{sweep}, progress_{progress}, unmet_{std::move(unmet)} {}

    [[nodiscard]] std::size_t left() const { return unmet_.size() - next_; }
    [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }
    [[nodiscard]] bool over() const override { return failure_.has_value() || left() == 0; }

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
    std::size_t next_{0};
    std::optional<Error> failure_;
};

std::vector<state::Unseen> latest(std::vector<state::Unseen> unmet, std::uint64_t most) {
    std::ranges::partition(unmet, [](const state::Unseen& one) { return !one.hidden; });
    unmet.resize(std::min<std::size_t>(unmet.size(), most));
    return unmet;
}

} // namespace

Task<std::optional<Error>> look_up_unmet(SweepParts parts, state::Sweep& sweep, std::uint64_t most,
                                         SweepProgress& progress) {
    for (unsigned i = 0; i < rounds; ++i) {
        Round round{parts, sweep, progress, latest(parts.table.unseen(sweep), most)};
        if (round.over()) break;
        most -= round.left();
        co_await round.next();
        const bool stop = co_await cancelled(); // the others would not hear of it
        if (stop) co_return fail(ErrorKind::cancelled, "stopped").error();
        co_await work_off(round, std::min(at_a_time, round.left()));
        if (round.failure()) co_return round.failure();
    }
    co_return std::nullopt;
}

} // namespace gls::poll
