// Many targets in one daemon: equal ones share their keys and one refresh, others are on their own.
#include "aws/credentials/target_credentials.hpp"
#include "unit/aws/credentials/source_fixture.hpp"

#include <exception>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace gls::aws::test {
namespace {

using namespace gls::test;
using Provider = std::shared_ptr<CredentialsProvider>;

struct SharedKeysFixture : SourceFixture {
    SharedKeysFixture() {
        env.set("HOME", "/me");
        env.set("AWS_EC2_METADATA_DISABLED", "true");
        files.set("/me/.aws/config", "[profile game]\ncredential_process = vend --keys\n"
                                     "[profile other]\ncredential_process = vend --other\n");
        print("AKIDVENDED", "2026-01-01T01:00:00Z");
    }
    void print(const std::string& id, const std::string& expiration) {
        programs.output.standard_output =
            R"({"Version": 1, "AccessKeyId": ")" + id +
            R"(", "SecretAccessKey": "SECRET-MARKER-vended", "Expiration": ")" + expiration +
            R"("})";
    }
    Provider keys_for(const std::string& profile, const std::string& region,
                      const std::string& role_arn = "", const std::string& external_id = "") {
        settings::Target target;
        target.profile = profile;
        target.role_arn = role_arn;
        target.external_id = external_id;
        return pool.keys_for(target, region);
    }
    // All ask at the same time, as targets do when a daemon starts; key ids, or failures.
    std::vector<std::string> ask(const std::vector<Provider>& providers) {
        std::vector<std::string> heard(providers.size());
        for (std::size_t i = 0; i < providers.size(); ++i) {
            boost::asio::co_spawn(context, providers[i]->get(),
                                  [&heard, i](const std::exception_ptr&, auto got) {
                                      heard[i] = got ? (*got)->access_key_id : got.error().message;
                                  });
        }
        context.restart();
        context.poll();
        CHECK(context.stopped());
        return heard;
    }

    CredentialsPool pool{outside()};
};

constexpr const char* monitor = "arn:aws:iam::111122223333:role/monitor";

TEST_CASE_FIXTURE(SharedKeysFixture,
                  "twenty equal targets cost one refresh, and one more when it is due") {
    std::vector<Provider> providers;
    for (int i = 0; i < 20; ++i)
        providers.push_back(keys_for("game", i % 2 == 0 ? "us-west-2" : "eu-west-1"));
    CHECK(std::set<Provider>(providers.begin(), providers.end()).size() == 1);
    CHECK(ask(providers) == std::vector<std::string>(20, "AKIDVENDED"));
    CHECK(programs.runs.size() == 1);
    CHECK(ask(providers) == std::vector<std::string>(20, "AKIDVENDED"));
    CHECK(programs.runs.size() == 1);

    print("AKIDNEXT", "2026-01-01T02:00:00Z");
    clock.advance(std::chrono::minutes{59}); // the mandatory window: all of them must wait for it
    CHECK(ask(providers) == std::vector<std::string>(20, "AKIDNEXT"));
    CHECK(programs.runs.size() == 2);
}

TEST_CASE_FIXTURE(SharedKeysFixture, "a refusal that all of them hear forces one refresh") {
    const std::vector<Provider> providers(8, keys_for("game", "us-west-2"));
    (void)ask(providers);
    const auto refused = providers.front()->current();
    print("AKIDNEXT", "2026-01-01T02:00:00Z");
    for (const Provider& provider : providers)
        provider->refused_by_aws(*refused);
    CHECK(ask(providers) == std::vector<std::string>(8, "AKIDNEXT"));
    CHECK(programs.runs.size() == 2);
}

TEST_CASE_FIXTURE(SharedKeysFixture,
                  "targets that differ do not share: profile, role, id, partition") {
    const std::set<Provider> providers{
        keys_for("game", "us-west-2"),
        keys_for("other", "us-west-2"),
        keys_for("game", "cn-north-1"),
        keys_for("game", "us-west-2", monitor),
        keys_for("game", "us-west-2", monitor, "id"),
        keys_for("game", "us-west-2", "arn:aws:iam::444455556666:role/monitor"),
    };
    CHECK(providers.size() == 6);
    // An external id without a role asks for nothing of its own.
    CHECK(keys_for("game", "us-west-2", "", "id") == keys_for("game", "us-west-2"));
}

TEST_CASE_FIXTURE(SharedKeysFixture, "roles in five accounts stand on one load of the base keys") {
    std::vector<Provider> providers;
    for (int i = 0; i < 5; ++i) {
        const std::string account(12, static_cast<char>('1' + i));
        const std::string role_arn = "arn:aws:iam::" + account + ":role/monitor";
        providers.push_back(keys_for("game", "us-west-2", role_arn));
        transport.expect("POST", "/")
            .reply(200, assumed_role("AssumeRole", "ASIA" + account, "2026-01-01T01:00:00Z"));
    }
    const auto heard = ask(providers);
    CHECK(programs.runs.size() == 1);
    CHECK(std::set<std::string>(heard.begin(), heard.end()).size() == 5);
    CHECK(heard.front().starts_with("ASIA"));
}

TEST_CASE_FIXTURE(SharedKeysFixture, "one target's failure touches no other") {
    const std::vector<Provider> providers{keys_for("game", "us-west-2"),
                                          keys_for("gone", "us-west-2"),
                                          keys_for("game", "us-west-2", monitor)};
    transport.expect("POST", "/").reply(403, sts_error("AccessDenied", "not you"));
    const auto heard = ask(providers);
    CHECK(heard[0] == "AKIDVENDED");
    CHECK(heard[1].contains("profile [gone]"));
    CHECK(heard[2].starts_with("assuming the target's role_arn " + std::string{monitor}));
    CHECK(heard[2].contains("allow sts:AssumeRole on this role"));
}

TEST_CASE_FIXTURE(SharedKeysFixture, "keys that no target holds any more are forgotten") {
    auto provider = keys_for("game", "us-west-2");
    (void)ask({provider});
    provider.reset();
    (void)ask({keys_for("game", "us-west-2")});
    CHECK(programs.runs.size() == 2);
}

} // namespace
} // namespace gls::aws::test
