// A source of credentials with everything outside it faked: fixed time, scripted hosts and
// programs, files in memory. Every secret that a test hands out begins with `marker`, and none may
// be in the log when it ends.
#pragma once

#include "aws/credentials.hpp"
#include "aws/credentials/outside.hpp"
#include "support/fake_env.hpp"
#include "support/fake_files.hpp"
#include "support/fixed_random.hpp"
#include "support/log_capture.hpp"
#include "support/manual_clock.hpp"
#include "support/run_coroutine.hpp"
#include "support/scripted_transport.hpp"

#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gls::aws::test {

inline constexpr std::string_view marker = "SECRET-MARKER-";

// Prints the same each time, and keeps count.
class FakePrograms final : public Programs {
public:
    Task<Result<ProgramOutput>> run(std::vector<std::string> arguments,
                                    ProgramLimits /*limits*/) override {
        runs.push_back(std::move(arguments));
        co_return output;
    }
    ProgramOutput output;
    std::vector<std::vector<std::string>> runs;
};

struct SourceFixture {
    SourceFixture() = default;
    ~SourceFixture() { CHECK_FALSE(log.contains(marker)); }
    SourceFixture(const SourceFixture&) = delete;
    SourceFixture& operator=(const SourceFixture&) = delete;

    [[nodiscard]] Outside outside() {
        return Outside{env, files, clock, random, log, transport, programs, "0"};
    }
    // Sleeps between tries pass at once. No secret may be in what went wrong.
    Result<Credentials> load(CredentialsSource& source) {
        auto loaded = gls::test::run_coroutine(context, clock, source.load());
        if (!loaded) CHECK_FALSE(loaded.error().message.contains(marker));
        return loaded;
    }
    // The key's id, or the failure's reason and words.
    std::string outcome(CredentialsSource& source) {
        const auto loaded = load(source);
        if (loaded) return loaded->access_key_id;
        return std::string{reason_of(loaded.error().kind)} + ": " + loaded.error().message;
    }

    boost::asio::io_context context;
    gls::test::ManualClock clock; // 2026-01-01T00:00:00Z
    gls::test::FixedRandom random{0.5};
    gls::test::LogCapture log;
    gls::test::FakeEnv env;
    gls::test::FakeFiles files;
    gls::test::ScriptedTransport transport;
    FakePrograms programs;
};

// What AssumeRole and AssumeRoleWithWebIdentity (`action`) answer.
[[nodiscard]] inline std::string assumed_role(const std::string& action, const std::string& key_id,
                                              const std::string& expiration) {
    return "<" + action + "Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><" +
           action +
           "Result><AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/monitor/s</Arn>"
           "</AssumedRoleUser><Credentials><AccessKeyId>" +
           key_id + "</AccessKeyId><SecretAccessKey>" + std::string{marker} +
           "role-key</SecretAccessKey><SessionToken>" + std::string{marker} +
           "role-token</SessionToken><Expiration>" + expiration + "</Expiration></Credentials></" +
           action + "Result></" + action + "Response>";
}

[[nodiscard]] inline std::string sts_error(const std::string& code, const std::string& message) {
    return "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>"
           "<Type>Sender</Type><Code>" +
           code + "</Code><Message>" + message +
           "</Message></Error><RequestId>5f2c1d9e-0b7a-4c68-8a35-e1d4f7b2c690</RequestId>"
           "</ErrorResponse>";
}

} // namespace gls::aws::test
