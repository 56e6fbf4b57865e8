#include "simulator/fleet.hpp"

#include <algorithm>
#include <cmath>

namespace gls::simulator {

namespace {

constexpr double week_seconds = 7 * 86'400;

Rates rates_of(const FleetSizes& sizes) {
    Rates rates;
    rates.starts_per_minute = sizes.ending_per_minute;
    rates.diurnal = sizes.diurnal;
    rates.error_share = sizes.error_share;
    rates.export_share = sizes.export_share;
    const auto listed = std::max(sizes.sessions, sizes.live);
    if (sizes.ending_per_minute > 0) {
        const auto per_second = sizes.ending_per_minute / 60;
        rates.life_seconds = std::max(1.0, static_cast<double>(sizes.live) / per_second);
        const auto ended = static_cast<double>(listed - sizes.live);
        rates.retention = static_cast<Millis>(1000 * std::max(1.0, ended / per_second));
    }
    if (sizes.retention_seconds > 0)
        rates.retention = static_cast<Millis>(1000 * sizes.retention_seconds);
    return rates;
}

} // namespace

Fleet::Fleet(const FleetSizes& sizes, Millis birth)
    : now_(birth), rates_(rates_of(sizes)), inventory_(sizes, birth), ids_(sizes.seed),
      chance_(sizes.seed), shelf_(std::max(sizes.sessions, sizes.live), sizes.groups) {
    populate(sizes);
    draw_next_start(now_);
}

bool Fleet::later(const Event& left, const Event& right) {
    return std::tie(left.at, left.serial) > std::tie(right.at, right.serial);
}

void Fleet::populate(const FleetSizes& sizes) {
    const auto ended = sizes.sessions > sizes.live ? sizes.sessions - sizes.live : 0;
    const auto span =
        rates_.retention == never ? static_cast<Millis>(1000 * week_seconds) : rates_.retention;
    for (std::size_t at = 0; at < ended; ++at)
        add_ended(span);
    for (std::size_t at = 0; at < sizes.live; ++at)
        add_live();
}

void Fleet::add_ended(Millis span) {
    const auto seat = inventory_.draw_seat(chance_);
    const auto end = draw_end(rates_, chance_);
    const auto life = rates_.still() ? 1800.0 : rates_.life_seconds;
    Session session;
    session.updated = now_ - static_cast<Millis>(chance_.unit() * static_cast<double>(span));
    session.created = session.updated - static_cast<Millis>(1000 * chance_.exponential(life)) - 1;
    session.group = seat->group;
    session.application = seat->application;
    session.location = seat->location;
    session.status = end.to;
    session.reason = end.reason;
    if (end.to == Status::terminated && chance_.comes_up(rates_.export_share)) {
        session.wants_export = true;
        session.export_status = chance_.comes_up(rates_.export_failure_share)
                                    ? ExportStatus::failed
                                    : ExportStatus::succeeded;
    }
    const auto removal = rates_.retention == never ? never : session.updated + rates_.retention;
    schedule_at(admit(session), removal);
}

void Fleet::add_live() {
    const auto seat = inventory_.draw_seat(chance_);
    Session session;
    session.group = seat->group;
    session.application = seat->application;
    session.location = seat->location;
    session.status = draw_live_status(chance_);
    session.wants_export = chance_.comes_up(rates_.export_share);
    if (session.wants_export && session.status >= Status::connected)
        session.export_status = ExportStatus::pending;
    if (session.status == Status::terminating) session.reason = draw_end(rates_, chance_).reason;
    const auto life = rates_.still() ? 1800.0 : rates_.life_seconds;
    const auto scale = mean_stay(session.status, {.life_seconds = life});
    session.updated = now_ - static_cast<Millis>(1000 * chance_.exponential(scale));
    session.created = session.updated;
    if (session.status != Status::activating)
        session.created -= static_cast<Millis>(1000 * chance_.exponential(life / 2)) + 1;
    schedule(admit(session), mean_stay(session.status, rates_));
}

Slot Fleet::admit(Session session) {
    session.serial = next_serial_++;
    if (is_live(session.status)) ++inventory_.groups[session.group].find(session.location)->in_use;
    return shelf_.put(session, chance_);
}

Millis Fleet::later_by(double mean_seconds) {
    return now_ + 1 + static_cast<Millis>(1000 * chance_.exponential(mean_seconds));
}

void Fleet::schedule(Slot slot, double mean_seconds) {
    schedule_at(slot, rates_.still() ? never : later_by(mean_seconds));
}

void Fleet::schedule_at(Slot slot, Millis at) {
    auto& session = shelf_.at(slot);
    session.next = at;
    if (at == never) return;
    events_.push_back({at, session.serial});
    std::ranges::push_heap(events_, later);
}

void Fleet::advance_to(Millis now) {
    while (true) {
        const auto next_event = events_.empty() ? never : events_.front().at;
        const auto at = std::min(next_event, next_start_);
        if (at > now) break;
        now_ = std::max(now_, at);
        if (next_start_ < next_event) {
            // Thinning: drawn at the day's highest rate, kept with the odds of this hour.
            const auto highest = rates_.starts_per_minute / 60 * (1 + rates_.diurnal);
            if (chance_.comes_up(start_rate(rates_, now_) / highest)) start(1);
            draw_next_start(now_);
            continue;
        }
        const auto event = events_.front();
        std::ranges::pop_heap(events_, later);
        events_.pop_back();
        const auto slot = shelf_.slot_of(event.serial);
        if (slot && shelf_.at(*slot).next == event.at) happen(*slot);
    }
    now_ = std::max(now_, now);
}

void Fleet::draw_next_start(Millis from) {
    const auto highest = rates_.starts_per_minute / 60 * (1 + rates_.diurnal);
    next_start_ = highest <= 0
                      ? never
                      : from + 1 + static_cast<Millis>(1000 * chance_.exponential(1 / highest));
}

void Fleet::happen(Slot slot) {
    const auto& session = shelf_.at(slot);
    if (held_[static_cast<std::size_t>(session.status)]) return schedule_at(slot, never);
    if (is_live(session.status))
        return move(slot, turn_from(session.status, session.reason, rates_, chance_));
    if (session.export_status == ExportStatus::pending) return finish_export(slot);
    remove(slot);
}

void Fleet::move(Slot slot, Turn turn) {
    auto& session = shelf_.at(slot);
    const auto from = session.status;
    shelf_.set_status(slot, turn.to);
    session.updated = now_;
    session.reason = turn.reason;
    ++counts_.transitions[{from, turn.to}];
    if (is_live(turn.to)) {
        if (!is_live(from)) ++inventory_.groups[session.group].find(session.location)->in_use;
        if (turn.to == Status::connected && session.wants_export)
            shelf_.set_export(slot, ExportStatus::pending);
        return schedule(slot, mean_stay(turn.to, rates_));
    }
    if (is_live(from)) {
        --inventory_.groups[session.group].find(session.location)->in_use;
        ++counts_.ended[{turn.to, turn.reason, session.group, session.location}];
    }
    if (session.export_status == ExportStatus::pending) return schedule(slot, mean_export(rates_));
    schedule_at(slot, rates_.retention == never ? never : now_ + rates_.retention);
}

void Fleet::finish_export(Slot slot) {
    auto& session = shelf_.at(slot);
    const auto status = chance_.comes_up(rates_.export_failure_share) ? ExportStatus::failed
                                                                      : ExportStatus::succeeded;
    shelf_.set_export(slot, status);
    session.updated = now_;
    ++counts_.exports_finished[{status, session.location}];
    schedule_at(slot, rates_.retention == never ? never : now_ + rates_.retention);
}

void Fleet::remove(Slot slot) {
    const auto& session = shelf_.at(slot);
    if (is_live(session.status)) --inventory_.groups[session.group].find(session.location)->in_use;
    shelf_.remove(slot);
    ++counts_.removed;
}

std::size_t Fleet::start(std::size_t count, std::optional<std::uint16_t> group,
                         std::optional<std::uint8_t> location) {
    for (std::size_t at = 0; at < count; ++at) {
        auto seat = inventory_.draw_seat(chance_);
        if (group || location) seat = inventory_.seat_in(group, location);
        if (!seat) return at;
        Session session;
        session.created = session.updated = now_;
        session.group = seat->group;
        session.application = seat->application;
        session.location = seat->location;
        session.wants_export = chance_.comes_up(rates_.export_share);
        ++counts_.started[{session.group, session.location}];
        schedule(admit(session), mean_stay(Status::activating, rates_));
    }
    return count;
}

void Fleet::set_rates(const Rates& rates) {
    rates_ = rates;
    draw_next_start(now_);
}

std::size_t Fleet::hold(Status status, bool on) {
    held_[static_cast<std::size_t>(status)] = on;
    const auto slots = shelf_.first({.status = status}, shelf_.size());
    if (!on)
        for (const auto slot : slots)
            if (shelf_.at(slot).next == never) schedule(slot, mean_stay(status, rates_));
    return slots.size();
}

std::size_t Fleet::drop_group(std::uint16_t group) {
    const auto slots = shelf_.first({.group = group}, shelf_.size());
    for (const auto slot : slots)
        remove(slot);
    inventory_.groups[group].dropped = true;
    return slots.size();
}

} // namespace gls::simulator
