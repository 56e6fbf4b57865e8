#include "poll/gate.hpp"

#include <algorithm>

namespace gls::poll {

namespace {

// One that is not first in the queue sleeps at least this long before it looks again.
constexpr milliseconds next_look{2};
// One turn in so many goes to the least urgent, so that live chains that could use the whole pace
// do not keep a full sweep from ever ending. The planner counts on it (plan.cpp, pace_left).
constexpr std::uint64_t turns_to_the_last = 10;

// Leaves the queue however the wait ends.
template <class Tickets>
class Place {
public:
    Place(Tickets& tickets, typename Tickets::key_type ticket)
        : tickets_{tickets}, at_{tickets.insert(ticket).first} {}
    ~Place() { tickets_.erase(at_); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    [[nodiscard]] const typename Tickets::key_type& ticket() const { return *at_; }

private:
    Tickets& tickets_;
    typename Tickets::iterator at_;
};

} // namespace

Gate::Gate(Clock& clock, Budget& budget, PaceSettings settings, Keeping* keeping)
    : clock_{clock}, budget_{budget}, settings_{settings}, keeping_{keeping} {}

Gate::Ticket Gate::Queue::next() const {
    if ((turns + 1) % turns_to_the_last != 0) return *waiting.begin();
    return *waiting.lower_bound(Ticket{waiting.rbegin()->first, 0});
}

Gate::Queue& Gate::queue_of(std::string_view operation) {
    const auto found = queues_.find(operation);
    if (found != queues_.end()) return found->second;
    Queue fresh{Pace{settings_.requests_per_second, settings_.burst, clock_.steady_now()}, {}, 0};
    return queues_.emplace(operation, std::move(fresh)).first->second;
}

Task<Result<>> Gate::admit(std::string operation, aws::Urgency urgency) {
    Queue& queue = queue_of(operation);
    const Place place{queue.waiting, Ticket{urgency, ++tickets_}};
    for (;;) {
        const auto pause = queue.pace.wait(clock_.steady_now());
        if (pause == milliseconds{0} && queue.next() == place.ticket()) break;
        const bool slept = co_await clock_.sleep_for(std::max(pause, next_look));
        if (!slept) {
            co_return fail(ErrorKind::cancelled, "stopped while waiting for the pace");
        }
    }
    if (!budget_.take(clock_.now())) {
        co_return fail(ErrorKind::budget,
                       "requests_per_day is spent; calls go on after midnight UTC");
    }
    if (keeping_ != nullptr) keeping_->call_goes();
    queue.pace.take(clock_.steady_now());
    ++queue.turns;
    co_return Result<>{};
}

void Gate::settled(std::string_view operation, bool throttled) {
    queue_of(operation).pace.settled(throttled, clock_.steady_now());
}

double Gate::per_second(std::string_view operation) const {
    const auto found = queues_.find(operation);
    if (found == queues_.end()) return settings_.requests_per_second;
    return found->second.pace.per_second(clock_.steady_now());
}

void Gate::configure(PaceSettings settings) {
    settings_ = settings;
    for (auto& [operation, queue] : queues_) {
        queue.pace.configure(settings.requests_per_second, settings.burst);
    }
}

} // namespace gls::poll
