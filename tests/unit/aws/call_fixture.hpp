// A call against a scripted far end: fixed time, fixed chance, keys with recognisable secrets, and
// a record of what gate and observer heard.
#pragma once

#include "aws/call/attempts.hpp"
#include "support/fixed_random.hpp"
#include "support/log_capture.hpp"
#include "support/manual_clock.hpp"
#include "support/run_coroutine.hpp"
#include "support/scripted_transport.hpp"

#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gls::aws::test {

inline constexpr std::string_view first_secret = "SECRET-MARKER-first-key";
inline constexpr std::string_view first_token = "SECRET-MARKER-first-token";
inline constexpr std::string_view second_secret = "SECRET-MARKER-second-key";

class FakeProvider final : public CredentialsProvider {
public:
    FakeProvider() {
        auto keys = std::make_shared<Credentials>();
        keys->access_key_id = "AKIDFIRST";
        keys->secret_access_key = Secret{std::string{first_secret}};
        keys->session_token = Secret{std::string{first_token}};
        keys->source = "test";
        current_ = std::move(keys);
    }
    Task<Result<std::shared_ptr<const Credentials>>> get() override {
        if (failure_) co_return std::unexpected{*failure_};
        co_return current_;
    }
    void refused_by_aws(const Credentials& refused) override {
        refused_.push_back(refused.access_key_id);
        auto keys = std::make_shared<Credentials>();
        keys->access_key_id = "AKIDSECOND";
        keys->secret_access_key = Secret{std::string{second_secret}};
        current_ = std::move(keys);
    }
    [[nodiscard]] std::shared_ptr<const Credentials> current() const override { return current_; }

    void fail_with(Error error) { failure_ = std::move(error); }
    [[nodiscard]] const std::vector<std::string>& refused() const { return refused_; }

private:
    std::shared_ptr<const Credentials> current_;
    std::optional<Error> failure_;
    std::vector<std::string> refused_;
};

class FakeGate final : public CallGate {
public:
    Task<Result<>> admit(std::string operation, Urgency urgency) override {
        admitted.emplace_back(std::move(operation), urgency);
        if (left-- <= 0) co_return gls::fail(ErrorKind::budget, "no requests left today");
        co_return Result<>{};
    }
    void settled(std::string_view, bool throttled) override { throttles.push_back(throttled); }

    int left{1000};
    std::vector<std::pair<std::string, Urgency>> admitted;
    std::vector<bool> throttles;
};

class FakeObserver final : public CallObserver {
public:
    void attempted(std::string_view, std::string_view code, double duration_seconds) override {
        codes.emplace_back(code);
        durations.push_back(duration_seconds);
    }
    void retried(std::string_view, std::string_view reason, double backoff_seconds) override {
        retries.emplace_back(reason, backoff_seconds);
    }

    std::vector<std::string> codes;
    std::vector<double> durations;
    std::vector<std::pair<std::string, double>> retries;
};

struct CallFixture {
    CallFixture() {
        settings.endpoint =
            ResolvedEndpoint{Endpoint{"https", "gameliftstreams.us-west-2.api.aws", 443, ""},
                             "us-west-2", "gameliftstreams"};
        settings.user_agent = "gamelift_streams_exporter/0 test";
    }
    ~CallFixture() {
        // Whatever a test does, no secret may be in the log.
        for (const std::string_view secret : {first_secret, first_token, second_secret}) {
            CHECK_FALSE(log.contains(secret));
        }
    }
    CallFixture(const CallFixture&) = delete;
    CallFixture& operator=(const CallFixture&) = delete;

    [[nodiscard]] CallParts parts() {
        return CallParts{transport, clock, random, log, &credentials, &gate, &observer};
    }

    boost::asio::io_context context;
    gls::test::ManualClock clock; // 2026-01-01T00:00:00Z
    gls::test::FixedRandom random{1.0};
    gls::test::LogCapture log;
    gls::test::ScriptedTransport transport;
    FakeProvider credentials;
    FakeGate gate;
    FakeObserver observer;
    CallSettings settings;
};

} // namespace gls::aws::test
