#include "poll/look_ups.hpp"

#include "streams/list_pages.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <algorithm>
#include <vector>

namespace gls::poll {

namespace {

// At the usual fraction of a second an answer, more than enough to use any pace that AWS allows.
constexpr std::size_t at_a_time = 8;
// A full sweep committed meanwhile, or sessions met by it, can leave new ones to ask about.
constexpr unsigned rounds = 3;

// Shared by the questions of one round; lives in the coroutine that awaits them all.
struct Round {
    SweepParts parts;
    state::Sweep& sweep;
    SweepProgress& progress;
    std::vector<state::Unseen> unmet;
    std::size_t next{0};
    std::optional<Error> failure{};

    [[nodiscard]] bool over() const { return failure.has_value() || next == unmet.size(); }
};

Task<> ask_next(Round& round) {
    const state::Unseen asked = round.unmet[round.next++];
    Readings readings{round.parts.table, round.sweep, round.parts.notes};
    const auto answer = co_await streams::look_up_session(
        round.parts.api, round.parts.reader, readings, asked.stream_group, asked.session_id);
    round.progress.calls += answer.attempts;
    if (answer.failure) {
        if (!round.failure) round.failure = answer.failure;
    } else if (answer.found) {
        ++round.progress.sessions;
    } else {
        round.sweep.not_found(asked.key, round.parts.table.next_read());
    }
}

Task<> ask_on(Round& round) {
    co_await boost::asio::this_coro::throw_if_cancelled(
        false); // a task of its own: calls report it
    while (!round.over())
        co_await ask_next(round);
}

Task<> ask_together(Round& round, std::size_t askers) {
    using namespace boost::asio::experimental::awaitable_operators;
    co_await boost::asio::this_coro::throw_if_cancelled(false);
    if (askers <= 1) {
        co_await ask_on(round);
    } else {
        co_await (ask_on(round) && ask_together(round, askers - 1));
    }
}

// Without the ids of an ARN that can be read nobody can be asked; the full sweep tells about those.
std::vector<state::Unseen> askable(std::vector<state::Unseen> unmet) {
    std::erase_if(unmet, [](const state::Unseen& one) { return one.session_id.empty(); });
    return unmet;
}

} // namespace

Task<std::optional<Error>> look_up_unmet(SweepParts parts, state::Sweep& sweep,
                                         SweepProgress& progress) {
    for (unsigned i = 0; i < rounds; ++i) {
        Round round{parts, sweep, progress, askable(parts.table.unseen(sweep))};
        if (round.unmet.empty()) break;
        co_await ask_next(round);
        const auto left = round.unmet.size() - round.next;
        co_await ask_together(round, std::min(at_a_time, left));
        if (round.failure) co_return round.failure;
    }
    co_return std::nullopt;
}

} // namespace gls::poll
