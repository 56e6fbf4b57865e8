#include "random_sweeps.hpp"

#include "snapshot_text.hpp"

#include <algorithm>
#include <map>

namespace gls::test {

using state::SweepKind;
using streams::ExportStatus;
using streams::Status;

namespace {

constexpr WallTime born_at{milliseconds{1'000'000}};

std::vector<ModelEvent> as_text(const state::SessionTable& table,
                                const std::vector<state::Event>& events) {
    std::vector<ModelEvent> texts;
    for (const state::Event& event : events) {
        const state::Cell& cell = event.cell;
        texts.emplace_back(event.kind, event.from, cell.status,
                           std::string{table.labels().stream_group.text_of(cell.stream_group)},
                           std::string{table.labels().application.text_of(cell.application)},
                           std::string{table.labels().location.text_of(cell.location)},
                           std::string{table.labels().status_reason.text_of(cell.status_reason)},
                           cell.export_status, event.created_at, event.updated_at);
    }
    std::ranges::sort(texts);
    return texts;
}

bool same(const state::TableCounts& a, const state::TableCounts& b) {
    return a.tracked == b.tracked && a.by_status == b.by_status && a.hidden == b.hidden &&
           a.pending_exports == b.pending_exports && a.tombstones == b.tombstones;
}

} // namespace

RandomSweeps::RandomSweeps(std::uint64_t seed, std::uint32_t sessions)
    : random_{seed}, sessions_{sessions}, table_{options()}, model_{born_at} {}

state::TableOptions RandomSweeps::options() {
    return {.born_at = born_at, .max_values_per_label = 1000, .keeps_changes = true};
}

std::string RandomSweeps::restart(state::SessionTable restored) {
    live_.reset();
    full_.reset();
    const std::string before = text_of(snapshot_of(table_));
    table_ = std::move(restored);
    model_.restart();
    if (!same(table_.counts(), model_.counts())) return "counts differ after a restart";
    const std::string after = text_of(snapshot_of(table_));
    return after == before ? ""
                           : "snapshots differ after a restart:\n" + after + "before:\n" + before;
}

std::uint32_t RandomSweeps::below(std::uint32_t limit) {
    return static_cast<std::uint32_t>(random_() % limit);
}

TestSession RandomSweeps::session(std::uint32_t number) {
    TestSession session;
    session.stream_group = "sg-" + std::to_string(number % 3);
    session.session_id = std::to_string(number);
    session.application = "a-" + std::to_string(below(3));
    session.location = std::string{"l-"} + (below(8) == 0 ? "rare" : "common");
    session.status = static_cast<Status>(below(streams::status_count));
    session.export_status = below(3) == 0
                                ? static_cast<ExportStatus>(below(streams::export_status_count))
                                : ExportStatus::none;
    if (below(3) == 0) session.status_reason = below(2) == 0 ? "idleTimeout" : "apiTerminated";
    // Ties, gaps, times that run backwards, on both sides of the table's birth.
    if (below(8) != 0) session.created_at = born_at + milliseconds{number % 20 - 10};
    if (below(8) != 0) session.last_updated_at = born_at + milliseconds{below(30)};
    return session;
}

void RandomSweeps::begin(std::optional<Running>& running, SweepKind kind) {
    state::Sweep sweep = table_.begin(kind, now_);
    ModelSweep model{kind, now_, sweep.first_read()};
    running.emplace(Running{std::move(sweep), std::move(model)});
}

void RandomSweeps::read(Running& running, std::uint32_t number, state::ReadNumber at) {
    const TestSession read = session(number);
    running.sweep.add(read.view(), at);
    running.model.readings.push_back({read, true, at});
}

void RandomSweeps::lose(Running& running, std::uint32_t number, state::ReadNumber at) {
    const TestSession lost = session(number);
    running.sweep.not_found(lost.key(), at);
    running.model.readings.push_back({lost, false, at});
}

std::string RandomSweeps::look_up_unseen(Running& running) {
    std::vector<state::Unseen> unseen = table_.unseen(running.sweep);
    std::ranges::sort(unseen, {}, &state::Unseen::key);
    std::vector<streams::SessionKey> keys;
    for (const state::Unseen& one : unseen)
        keys.push_back(one.key);
    if (keys != model_.unseen(running.model)) return "unseen sessions differ";
    for (const state::Unseen& one : unseen) {
        const auto number = static_cast<std::uint32_t>(std::stoul(one.session_id));
        if (session(number).key() != one.key || session(number).stream_group != one.stream_group)
            return "an address belongs to another session";
        if (below(4) == 0)
            lose(running, number, table_.next_read());
        else if (below(4) != 0)
            read(running, number, table_.next_read());
    }
    return {};
}

std::string RandomSweeps::commit(std::optional<Running>& running) {
    ++commits_;
    const state::Committed done = table_.commit(std::move(running->sweep));
    const ModelCommitted expected = model_.commit(running->model);
    running.reset();
    events_ += done.events.size();
    if (done.sessions != expected.sessions || done.duplicates != expected.duplicates ||
        done.removed != expected.removed)
        return "what a commit says of itself differs";
    if (as_text(table_, done.events) != expected.events) return "events differ";
    if (!same(table_.counts(), model_.counts())) return "counts differ";
    const std::string got = text_of(snapshot_of(table_));
    const std::string wanted = text_of(model_.snapshot());
    return got == wanted ? "" : "snapshots differ:\n" + got + "wanted:\n" + wanted;
}

std::string RandomSweeps::step() {
    now_ += milliseconds{below(3)};
    std::optional<Running>& running = below(2) == 0 ? live_ : full_;
    const SweepKind kind = &running == &live_ ? SweepKind::live : SweepKind::full;
    if (!running) {
        begin(running, kind);
        return {};
    }
    const std::uint32_t what = below(100);
    if (what < 88) { // a page, full of anything
        const state::ReadNumber at = table_.next_read();
        for (std::uint32_t i = below(4); i > 0; --i)
            read(*running, below(sessions_), at);
        return {};
    }
    if (what < 90) {
        running.reset(); // abandoned
        return {};
    }
    if (kind == SweepKind::live && below(2) == 0) {
        if (std::string problem = look_up_unseen(*running); !problem.empty()) return problem;
    }
    return commit(running);
}

} // namespace gls::test
