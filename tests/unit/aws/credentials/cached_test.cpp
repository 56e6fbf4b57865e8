#include "aws/credentials/cached.hpp"
#include "support/fixed_random.hpp"
#include "support/log_capture.hpp"
#include "support/manual_clock.hpp"
#include "support/run_coroutine.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

namespace gls::aws::test {
namespace {

using namespace gls::test;

// Hands out key after key, each with the same life; fails while told to; takes its time.
struct Issuer {
    ManualClock& clock;
    milliseconds life{std::chrono::hours{1}};
    milliseconds takes{0};
    bool failing{false};
    int loads{0};
};

class IssuerSource final : public CredentialsSource {
public:
    explicit IssuerSource(Issuer& issuer) : issuer_{issuer} {}

    Task<Result<Credentials>> load() override {
        ++issuer_.loads;
        if (issuer_.takes.count() > 0) co_await issuer_.clock.sleep_for(issuer_.takes);
        if (issuer_.failing) co_return fail(ErrorKind::timeout, "the issuer does not answer");
        Credentials keys;
        keys.access_key_id = "KEY" + std::to_string(issuer_.loads);
        keys.secret_access_key = Secret{"secret-of-the-issuer"};
        keys.expires_at = issuer_.clock.now() + issuer_.life;
        keys.source = "issuer";
        co_return keys;
    }

private:
    Issuer& issuer_;
};

struct CachedFixture {
    boost::asio::io_context context;
    ManualClock clock;
    FixedRandom random{0.0};
    LogCapture log;
    Issuer issuer{.clock = clock};
    CachedCredentials cache{std::make_unique<IssuerSource>(issuer), clock, random, log};

    Result<std::shared_ptr<const Credentials>> get() {
        return run_coroutine(context, clock, cache.get());
    }
    std::string key() {
        const auto got = get();
        return got ? (*got)->access_key_id : std::string{reason_of(got.error().kind)};
    }
};

TEST_CASE_FIXTURE(CachedFixture, "keys are kept while they are fresh") {
    CHECK(key() == "KEY1");
    clock.advance(std::chrono::minutes{54});
    CHECK(key() == "KEY1");
    CHECK(issuer.loads == 1);
}

TEST_CASE_FIXTURE(CachedFixture, "they are renewed ahead of their end") {
    CHECK(key() == "KEY1");
    clock.advance(std::chrono::minutes{56});
    CHECK(key() == "KEY2");
}

TEST_CASE_FIXTURE(CachedFixture, "in the advisory window old keys go on where renewing fails") {
    CHECK(key() == "KEY1");
    clock.advance(std::chrono::minutes{56});
    issuer.failing = true;
    CHECK(key() == "KEY1");
    CHECK(key() == "KEY1");
    CHECK(issuer.loads == 2); // the second try waits for its spacing
    CHECK(log.count("credentials_refresh_failed") == 1);
    CHECK_FALSE(log.contains("secret-of-the-issuer"));
}

TEST_CASE_FIXTURE(CachedFixture, "past their end there is nothing to go on with") {
    CHECK(key() == "KEY1");
    issuer.failing = true;
    clock.advance(std::chrono::hours{2});
    CHECK(key() == "timeout");
    issuer.failing = false;
    clock.advance(std::chrono::minutes{1});
    CHECK(key() == "KEY3");
}

TEST_CASE_FIXTURE(CachedFixture, "callers that come together share one refresh") {
    issuer.takes = milliseconds{100};
    std::vector<std::string> keys;
    for (int i = 0; i < 5; ++i) {
        boost::asio::co_spawn(context, cache.get(), [&](std::exception_ptr, auto got) {
            if (got) keys.push_back((*got)->access_key_id);
        });
    }
    context.run_for(std::chrono::milliseconds{0});
    context.restart();
    context.poll();
    clock.advance(context, milliseconds{100});
    context.restart();
    context.poll();
    CHECK(keys == std::vector<std::string>(5, "KEY1"));
    CHECK(issuer.loads == 1);
}

TEST_CASE_FIXTURE(CachedFixture, "a refusal by AWS forces one refresh, once") {
    const auto first = get();
    REQUIRE(first);
    cache.refused_by_aws(**first);
    CHECK(key() == "KEY2");
    cache.refused_by_aws(**first); // a late word about keys that are gone already
    CHECK(key() == "KEY2");
    CHECK(issuer.loads == 2);
}

TEST_CASE_FIXTURE(CachedFixture, "keys that are asked for anew are replaced, or stay") {
    REQUIRE(key() == "KEY1");
    cache.ask_anew();
    CHECK(key() == "KEY2");
    CHECK(key() == "KEY2");
    CHECK(issuer.loads == 2);
    issuer.failing = true;
    cache.ask_anew();
    CHECK(key() == "KEY2");
    CHECK(issuer.loads == 3);
    CHECK(key() == "KEY2"); // not with every call
    CHECK(issuer.loads == 3);
}

TEST_CASE_FIXTURE(CachedFixture,
                  "keys that live for 20 s rotate for five minutes without one failed call") {
    issuer.life = milliseconds{20'000};
    issuer.takes = milliseconds{300};
    int failed = 0;
    for (int step = 0; step < 5 * 60 * 4; ++step) { // four calls a second
        const auto got = get();
        const bool usable = got && *(*got)->expires_at > clock.now();
        if (!usable) ++failed;
        clock.advance(milliseconds{250});
    }
    CHECK(failed == 0);
    CHECK(issuer.loads >= 15);
    CHECK(issuer.loads <= 30);
}

} // namespace
} // namespace gls::aws::test
