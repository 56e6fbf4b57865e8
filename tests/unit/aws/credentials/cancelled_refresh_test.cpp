// A refresh belongs to one of the calls that wait for it. When that call is cancelled the others
// must go on, and when they all are, nothing may be left behind.
#include "aws/credentials/cached.hpp"
#include "unit/aws/credentials/source_fixture.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <array>
#include <cstddef>
#include <exception>
#include <memory>
#include <string>

namespace gls::aws::test {
namespace {

using namespace gls::test;

// Takes 100 ms for each load, and says how many were begun and how many were let finish.
class SlowSource final : public CredentialsSource {
public:
    struct Counts {
        int begun{0};
        int finished{0};
    };
    SlowSource(ManualClock& clock, Counts& counts) : clock_{clock}, counts_{counts} {}

    Task<Result<Credentials>> load() override {
        const int number = ++counts_.begun;
        const bool slept = co_await clock_.sleep_for(milliseconds{100});
        if (!slept) co_return fail(ErrorKind::cancelled, "cancelled while asking");
        ++counts_.finished;
        Credentials keys;
        keys.access_key_id = "KEY" + std::to_string(number);
        keys.secret_access_key = Secret{"SECRET-MARKER-slow"};
        keys.expires_at = clock_.now() + std::chrono::hours{1};
        keys.source = "slow";
        co_return keys;
    }

private:
    ManualClock& clock_;
    Counts& counts_;
};

constexpr std::size_t callers = 4;

struct CancelledRefreshFixture : SourceFixture {
    // Caller 0 comes first, so the refresh is its own; all are waiting when this returns.
    void begin() {
        for (std::size_t i = 0; i < callers; ++i) {
            boost::asio::co_spawn(
                context, cache->get(),
                boost::asio::bind_cancellation_slot(
                    stops[i].slot(), [this, i](const std::exception_ptr&, auto got) {
                        heard[i] =
                            got ? (*got)->access_key_id : std::string{reason_of(got.error().kind)};
                    }));
        }
        settle();
        REQUIRE(counts.begun == 1);
    }
    void stop(std::size_t caller) { stops[caller].emit(boost::asio::cancellation_type::terminal); }
    void settle() {
        context.restart();
        context.poll();
    }
    void pass() { clock.advance(context, milliseconds{100}); }

    SlowSource::Counts counts;
    std::unique_ptr<CachedCredentials> cache = std::make_unique<CachedCredentials>(
        std::make_unique<SlowSource>(clock, counts), clock, random, log);
    std::array<boost::asio::cancellation_signal, callers> stops;
    std::array<std::string, callers> heard;
};

using Heard = std::array<std::string, callers>;

TEST_CASE_FIXTURE(CancelledRefreshFixture,
                  "when the call that refreshes is cancelled, one of the others takes over") {
    begin();
    stop(0);
    settle();
    CHECK(heard == Heard{"cancelled", "", "", ""});
    CHECK(counts.begun == 2); // one, not three
    pass();
    CHECK(heard == Heard{"cancelled", "KEY2", "KEY2", "KEY2"});
    CHECK(counts.finished == 1);
    CHECK(context.stopped());
}

TEST_CASE_FIXTURE(CancelledRefreshFixture, "a call that only waits is cancelled alone") {
    begin();
    stop(2);
    settle();
    CHECK(heard == Heard{"", "", "cancelled", ""});
    pass();
    CHECK(heard == Heard{"KEY1", "KEY1", "cancelled", "KEY1"});
    CHECK(counts.begun == 1);
    CHECK(context.stopped());
}

TEST_CASE_FIXTURE(CancelledRefreshFixture,
                  "call after call is cancelled: the last one still gets its keys") {
    begin();
    for (std::size_t caller = 0; caller + 1 < callers; ++caller) {
        stop(caller);
        settle();
    }
    CHECK(counts.begun == callers);
    pass();
    CHECK(heard == Heard{"cancelled", "cancelled", "cancelled", "KEY4"});
    CHECK(counts.finished == 1);
    CHECK(context.stopped());
}

TEST_CASE_FIXTURE(CancelledRefreshFixture,
                  "all are cancelled at once: nothing waits on, and a later call finds keys") {
    begin();
    for (std::size_t caller = 0; caller < callers; ++caller)
        stop(caller);
    settle();
    CHECK(heard == Heard{"cancelled", "cancelled", "cancelled", "cancelled"});
    CHECK(context.stopped());
    CHECK(clock.sleeping() == 0);
    const auto got = run_coroutine(context, clock, cache->get());
    REQUIRE(got);
    CHECK((*got)->access_key_id.starts_with("KEY"));
    CHECK(counts.finished == 1);
    // A cancelled refresh is no failure: no spacing was waited for, nothing was logged of one.
    CHECK_FALSE(log.has("credentials_refresh_failed"));
}

TEST_CASE_FIXTURE(CancelledRefreshFixture, "all are cancelled and the cache goes with them") {
    begin();
    for (std::size_t caller = 0; caller < callers; ++caller)
        stop(caller);
    settle();
    cache.reset(); // what still pointed into it would be found by the sanitizers
    settle();
    CHECK(context.stopped());
}

TEST_CASE_FIXTURE(CancelledRefreshFixture,
                  "a renewal ahead of time that is cancelled leaves the old keys to the rest") {
    begin();
    pass();
    clock.advance(std::chrono::minutes{56}); // the advisory window
    heard = {};
    counts = {};
    begin();
    CHECK(heard == Heard{"", "KEY1", "KEY1", "KEY1"}); // they did not have to wait
    stop(0);
    settle();
    CHECK(heard[0] == "cancelled");
    CHECK(context.stopped());
    CHECK(cache->current()->access_key_id == "KEY1");
}

} // namespace
} // namespace gls::aws::test
