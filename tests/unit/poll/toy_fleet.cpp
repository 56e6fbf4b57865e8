#include "toy_fleet.hpp"

#include <algorithm>
#include <cmath>

namespace gls::test {

namespace {

using streams::ExportStatus;
using streams::Status;

std::unexpected<Error> failing(ErrorKind kind, const char* message) {
    auto error = fail(kind, message);
    error.error().attempts = 1;
    return error;
}

} // namespace

ToyFleet::ToyFleet(Clock& clock, ToyFleetSettings settings, aws::CallGate* gate, bool keeps_past)
    : clock_{clock}, settings_{settings}, gate_{gate}, keeps_past_{keeps_past},
      state_{settings.seed}, next_start_{clock.now()} {
    const auto now = clock.now();
    const auto ended = settings.listed - settings.live;
    for (std::uint64_t i = 0; i < settings.listed; ++i) {
        ToySession session;
        session.id = i;
        if (i < ended) { // spread over the retention, the oldest first
            const double age = static_cast<double>(ended - i) / static_cast<double>(ended);
            session.updated =
                now -
                milliseconds{std::llround(age * static_cast<double>(settings.retention.count()))};
            session.created = session.updated - std::chrono::minutes{10};
            session.status = Status::terminated;
            session.past.push_back({session.updated, session.status});
            changes_.push({session.updated + settings.retention, i});
        } else {
            session.created = now - std::chrono::minutes{5};
            session.updated = session.created;
            session.status = Status::connected;
            const double stays =
                static_cast<double>(settings.live) / std::max(settings.starts_per_minute, 1e-9);
            session.ends =
                now + milliseconds{std::llround(60'000 * std::min(stays, 1e6) * chance())};
            session.past.push_back({session.created, session.status});
            changes_.push({session.ends, i});
        }
        sessions_.push_back(std::move(session));
    }
    if (settings_.starts_per_minute > 0)
        next_start_ += milliseconds{std::llround(1000 * around(60 / settings_.starts_per_minute))};
}

double ToyFleet::chance() { // splitmix64
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return static_cast<double>((z ^ (z >> 31U)) >> 11U) / 9007199254740992.0;
}

double ToyFleet::around(double seconds) {
    return -seconds * std::log(1 - chance());
}

void ToyFleet::set(ToySession& session, Status status, WallTime at) {
    session.status = status;
    session.updated = at;
    if (keeps_past_) session.past.push_back({at, status});
}

void ToyFleet::next(const ToySession& session, WallTime at, double after_seconds) {
    changes_.push({at + milliseconds{std::max<long long>(1, std::llround(1000 * after_seconds))},
                   session.id});
}

void ToyFleet::start(WallTime at, bool brief) {
    ToySession session;
    session.id = sessions_.size();
    session.created = at;
    const double stays =
        brief ? 10 : 60 * static_cast<double>(settings_.live) / settings_.starts_per_minute;
    session.ends = at + milliseconds{std::llround(1000 * around(stays))};
    set(session, Status::activating, at);
    next(session, at, 3 + around(5));
    sessions_.push_back(std::move(session));
}

void ToyFleet::end(ToySession& session, WallTime at) {
    set(session, chance() < 0.9 ? Status::terminated : Status::error, at);
    if (chance() < settings_.export_share) {
        session.export_status = ExportStatus::pending;
        next(session, at, 30 + around(60));
    } else {
        changes_.push({at + settings_.retention, session.id});
    }
}

// What comes after the status that the session is in.
void ToyFleet::step(ToySession& session, WallTime at) {
    switch (session.status) {
    case Status::activating:
        if (chance() < 0.03) return end(session, at);
        set(session, Status::active, at);
        return next(session, at, 1 + around(4));
    case Status::active:
        set(session, Status::connected, at);
        return next(session, at, around(120));
    case Status::connected:
        if (at < session.ends) {
            if (chance() < settings_.drop_share) {
                set(session, Status::pending_client_reconnection, at);
                return next(session, at, 1 + around(10));
            }
            const auto left = std::chrono::duration<double>{session.ends - at}.count();
            return next(session, at, std::min(left, around(120)));
        }
        set(session, Status::terminating, at);
        return next(session, at, 1 + around(4));
    case Status::pending_client_reconnection:
        set(session, chance() < 0.7 ? Status::reconnecting : Status::terminating, at);
        return next(session, at, 1 + around(2));
    case Status::reconnecting:
        set(session, Status::connected, at);
        return next(session, at, around(60));
    case Status::terminating:
        return end(session, at);
    default:
        break;
    }
    if (session.export_status == ExportStatus::pending) {
        session.export_status = chance() < 0.9 ? ExportStatus::succeeded : ExportStatus::failed;
        session.updated = at;
        changes_.push({at + settings_.retention, session.id});
    } else {
        session.removed = at;
        while (first_listed_ < sessions_.size() && sessions_[first_listed_].removed)
            ++first_listed_;
    }
}

void ToyFleet::live_until(WallTime now) {
    for (;;) {
        const bool starts = settings_.starts_per_minute > 0 && next_start_ <= now;
        const bool changes = !changes_.empty() && changes_.top().at <= now;
        if (!starts && !changes) return;
        if (changes && (!starts || changes_.top().at <= next_start_)) {
            const Change change = changes_.top();
            changes_.pop();
            step(sessions_[change.session], change.at);
        } else {
            start(next_start_, chance() < settings_.brief_share);
            next_start_ += milliseconds{std::max<long long>(
                1, std::llround(1000 * around(60 / settings_.starts_per_minute)))};
        }
    }
}

std::uint64_t ToyFleet::calls(const std::string& operation) const {
    const auto found = calls_by_operation_.find(operation);
    return found == calls_by_operation_.end() ? 0 : found->second;
}

Task<Result<aws::Answer>> ToyFleet::call(aws::Operation operation) {
    if (gate_ != nullptr) {
        const auto admitted = co_await gate_->admit(operation.name, operation.urgency);
        if (!admitted) co_return std::unexpected{admitted.error()};
    }
    ++calls_;
    ++calls_by_operation_[operation.name];
    const bool slept = co_await clock_.sleep_for(settings_.latency);
    if (!slept) co_return failing(ErrorKind::cancelled, "stopped");
    if (gate_ != nullptr) gate_->settled(operation.name, false);
    if (chance() < settings_.failing_share)
        co_return failing(ErrorKind::server_error, "the toy fleet fails");
    live_until(clock_.now());
    auto body = answer_to(operation);
    if (!body) {
        body.error().attempts = 1;
        co_return std::unexpected{body.error()};
    }
    aws::Answer answer;
    answer.body = std::move(*body);
    answer.attempts = 1;
    answer.took = settings_.latency;
    co_return answer;
}

std::vector<Status> ToyFleet::held(const ToySession& session, WallTime from, WallTime to) {
    std::vector<Status> held;
    for (std::size_t i = 0; i < session.past.size(); ++i) {
        const bool last = i + 1 == session.past.size();
        const bool begun = session.past[i].since <= to;
        const bool over =
            last ? session.removed && *session.removed < from : session.past[i + 1].since < from;
        if (begun && !over) held.push_back(session.past[i].status);
    }
    return held;
}

} // namespace gls::test
