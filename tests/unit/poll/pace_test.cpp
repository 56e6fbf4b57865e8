#include "poll/pace.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

using namespace gls;
using poll::Pace;

const SteadyTime opening{std::chrono::hours{1}};

// A server that refuses past its own rate, and a client that always has something to ask.
class Service {
public:
    Service(double per_second, double burst)
        : per_second_{per_second}, burst_{burst}, tokens_{burst} {}
    void limit(double per_second, double burst) {
        per_second_ = per_second;
        burst_ = burst;
    }
    bool throttles(SteadyTime now) {
        tokens_ = std::min(burst_, tokens_ + std::chrono::duration<double>{now - last_}.count() *
                                                 per_second_);
        last_ = now;
        if (tokens_ < 1) return true;
        tokens_ -= 1;
        return false;
    }

private:
    double per_second_;
    double burst_;
    double tokens_;
    SteadyTime last_{opening};
};

struct Tally {
    double attempts{0};
    double throttled{0};
};

Tally run(Pace& pace, Service& service, SteadyTime& now, seconds how_long) {
    Tally tally;
    const auto end = now + how_long;
    while (now < end) {
        const auto wait = pace.wait(now);
        if (wait > milliseconds{0}) {
            now += wait;
            continue;
        }
        pace.take(now);
        const bool throttled = service.throttles(now);
        now += milliseconds{30};
        pace.settled(throttled, now);
        tally.attempts += 1;
        tally.throttled += throttled ? 1 : 0;
    }
    return tally;
}

TEST_CASE("a burst, then the rate, and never more") {
    Pace pace{5, 10, opening};
    auto now = opening;
    unsigned taken = 0;
    while (now < opening + seconds{60}) {
        const auto wait = pace.wait(now);
        if (wait == milliseconds{0}) {
            pace.take(now);
            ++taken;
        }
        now += wait;
    }
    CHECK(taken <= 10 + 5 * 60);
    CHECK(taken >= 10 + 5 * 60 - 1);
}

TEST_CASE("a pause saves up a burst and no more") {
    Pace pace{5, 3, opening};
    const auto later = opening + std::chrono::hours{5};
    for (int i = 0; i < 3; ++i) {
        REQUIRE(pace.wait(later) == milliseconds{0});
        pace.take(later);
    }
    CHECK(pace.wait(later) == milliseconds{200});
}

TEST_CASE("a fraction of a call a second is a rate too") {
    Pace pace{0.1, 1, opening};
    pace.take(opening);
    CHECK(pace.wait(opening) == seconds{10});
    pace.settled(true, opening + seconds{1});
    CHECK(pace.per_second(opening + seconds{1}) == doctest::Approx(0.1));
}

TEST_CASE("against a quarter of the configured rate it converges, uses the limit, and comes back") {
    for (const double burst : {1.25, 5.0, 10.0}) {
        CAPTURE(burst);
        Pace pace{5, 10, opening};
        Service service{1.25, burst};
        auto now = opening;

        const Tally converging = run(pace, service, now, seconds{60});
        CHECK(converging.throttled <= converging.attempts / 2);

        const Tally converged = run(pace, service, now, seconds{1'200});
        CHECK(converged.throttled < 0.05 * converged.attempts);
        const double served = converged.attempts - converged.throttled;
        CHECK(served > 0.8 * 1.25 * 1'200);

        service.limit(20, 20);
        run(pace, service, now, seconds{300});
        CHECK(pace.per_second(now) == 5);
    }
}

TEST_CASE("one refusal of several under way is one cut") {
    Pace pace{5, 10, opening};
    for (int i = 0; i < 8; ++i)
        pace.take(opening);
    pace.settled(true, opening + milliseconds{100});
    const double once = pace.per_second(opening + milliseconds{600});
    Pace many{5, 10, opening};
    for (int i = 0; i < 8; ++i)
        many.take(opening);
    for (int i = 0; i < 8; ++i)
        many.settled(true, opening + milliseconds{100 + i});
    CHECK(many.per_second(opening + milliseconds{600}) == doctest::Approx(once));
}

TEST_CASE("idle time alone does not raise the ceiling") {
    Pace pace{5, 10, opening};
    pace.settled(true, opening);
    const double held = pace.per_second(opening + seconds{30});
    CHECK(held <= 4.5);
    pace.settled(false, opening + std::chrono::hours{1});
    CHECK(pace.per_second(opening + std::chrono::hours{1}) == doctest::Approx(held * 1.05));
}

TEST_CASE("a reload changes the rate and the burst at once") {
    Pace pace{5, 10, opening};
    pace.configure(2, 1);
    CHECK(pace.wait(opening) == milliseconds{0});
    pace.take(opening);
    CHECK(pace.wait(opening) == milliseconds{500});
}

} // namespace
