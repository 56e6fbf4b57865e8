// Whole ways to keys as the SDKs recorded them: environment, files and HTTP traffic in, keys out.
// And in no case is a secret of the case in the log or in an error's words.
#include "aws/credentials/cached.hpp"
#include "aws/credentials/from_profile.hpp"
#include "aws/credentials/target_credentials.hpp"
#include "support/fake_env.hpp"
#include "support/fake_files.hpp"
#include "support/fixed_random.hpp"
#include "support/log_capture.hpp"
#include "support/manual_clock.hpp"
#include "support/run_coroutine.hpp"
#include "unit/aws/credentials/case_secrets.hpp"
#include "unit/aws/credentials/recorded_programs.hpp"
#include "unit/aws/credentials/recorded_transport.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>

namespace gls::aws::test {
namespace {

using namespace gls::test;
using simdjson::dom::element;

FakeEnv env_of(const fs::path& folder) {
    FakeEnv env;
    const JsonFile file{folder / "env.json"};
    for (const auto [name, value] : simdjson::dom::object{file.root()}) {
        env.set(std::string{name}, std::string{std::string_view{value}});
    }
    return env;
}

FakeFiles files_of(const fs::path& root) {
    FakeFiles files;
    if (!fs::exists(root)) return files;
    for (const auto& entry : fs::recursive_directory_iterator{root}) {
        if (!entry.is_regular_file()) continue;
        const std::string relative = fs::relative(entry.path(), root).string();
        files.set('/' + relative, text_of(entry.path()));
        files.set(relative, text_of(entry.path())); // some cases name their files without the slash
    }
    return files;
}

void check_keys(const Credentials& got, element expected) {
    CHECK(got.access_key_id == text(expected["access_key_id"]));
    CHECK(got.secret_access_key.reveal() == text(expected["secret_access_key"]));
    CHECK(got.session_token.reveal() == text(expected["session_token"]));
    if (has(expected["account_id"])) CHECK(got.account_id == text(expected["account_id"]));
    if (has(expected["expiry"])) {
        REQUIRE(got.expires_at);
        CHECK(std::chrono::floor<seconds>(*got.expires_at).time_since_epoch().count() ==
              static_cast<std::int64_t>(number(expected["expiry"])));
    }
}

// All that anybody could read of it: the log at every level, and what went wrong.
std::string said(const LogCapture& log, const Result<Credentials>& loaded) {
    std::string all;
    for (const auto& event : log.events()) {
        all += event.line + '\n';
        for (const Field& field : event.fields) // before it was quoted for the line
            all += std::string{field.value} + '\n';
    }
    if (loaded) return all + loaded->source + '\n' + loaded->account_id;
    const Error& error = loaded.error();
    return all + error.message + '\n' + error.code + '\n' + error.request_id;
}

void check_written(const FakeFiles& files, simdjson::simdjson_result<element> written) {
    if (!has(written)) return;
    for (const auto [path, parts] : simdjson::dom::object{written.value()}) {
        const std::string& content = files.contents().at(std::string{path});
        for (const element part : simdjson::dom::array{parts})
            CHECK_MESSAGE(content.contains(std::string_view{part}), std::string_view{part});
    }
}

struct Counted {
    int cases{0};
    std::size_t secrets{0};
};

// `own`: our cases say in our words what the failure must be told as; the SDKs' words are theirs.
void run_case(const fs::path& folder, bool whole_chain, bool own, Counted& counted) {
    const std::string name = folder.filename().string();
    CAPTURE(name);
    const JsonFile test_case{folder / "test-case.json"};
    const FakeEnv env = env_of(folder);
    FakeFiles files = files_of(folder / "fs");
    RecordedTransport transport{folder / "http-traffic.json"};
    ManualClock clock{WallTime{seconds{1577836800}}}; // 2020, before every expiry of the records
    FixedRandom random{0.5};
    LogCapture log;
    const auto programs = programs_of_case(folder);
    const Outside outside{env, files, clock, random, log, transport, *programs, "0"};

    std::unique_ptr<CredentialsSource> source = std::make_unique<FromProfile>(outside, "", "");
    if (whole_chain) source = default_chain(outside, "", "");
    CachedCredentials cache{std::move(source), clock, random, log}; // as the daemon holds it
    boost::asio::io_context context;
    const auto held = run_coroutine(context, clock, cache.get());
    const Result<Credentials> loaded =
        held ? Result<Credentials>{**held} : std::unexpected{held.error()};

    const element result = test_case.root()["result"];
    if (has(result["Ok"])) {
        REQUIRE_MESSAGE(loaded, (loaded ? "" : loaded.error().message));
        check_keys(*loaded, result["Ok"]);
    } else {
        REQUIRE_FALSE(loaded);
        CHECK_FALSE(loaded.error().message.empty());
        if (own) {
            CAPTURE(loaded.error().message);
            CHECK(loaded.error().message.contains(text(result["ErrorContains"])));
        }
    }
    check_written(files, test_case.root()["written"]);
    CHECK_MESSAGE(transport.used_up(), "the record goes on");

    const auto secrets = secrets_of_case(folder);
    const std::string all = said(log, loaded);
    for (const auto& secret : secrets)
        CHECK_MESSAGE(!shows(all, secret), "shown: " << secret << " in " << all);
    if (loaded) {
        CHECK(secrets.contains(loaded->secret_access_key.reveal()));
        if (!loaded->session_token.empty()) CHECK(secrets.contains(loaded->session_token.reveal()));
        CHECK(log.has("credentials_loaded"));
    }
    ++counted.cases;
    counted.secrets += secrets.size();
}

void run_all(const fs::path& root, bool whole_chain, bool own) {
    Counted counted;
    for (const auto& entry : fs::directory_iterator{root})
        run_case(entry.path(), whole_chain, own, counted);
    CHECK(counted.cases > 0);
    CHECK(counted.secrets > 0);
    MESSAGE(counted.cases << " recorded cases of " << root.filename().string() << ", searched for "
                          << counted.secrets << " secrets");
}

TEST_CASE("the SDKs' recorded chains") {
    if (const auto root = shared("credentials/default-credential-provider-chain"))
        run_all(*root, true, false);
}

TEST_CASE("the SDKs' recorded profiles") {
    if (const auto root = shared("credentials/profile-provider")) run_all(*root, false, false);
}

TEST_CASE("our own recorded chains") {
    run_all(own("credentials/recorded"), true, true);
}

TEST_CASE("the search for secrets finds them") {
    const auto found = secrets_of_case(own("credentials/recorded/sso_renewed"));
    for (const char* secret : {"own-access-token", "own-refresh-token", "own-client-secret",
                               "own-second-access-token", "own-secret-key", "own-session-token"})
        CHECK_MESSAGE(found.contains(secret), secret);
    CHECK(secrets_of_case(own("credentials/recorded/container")).contains("own-container-token"));
    CHECK(secrets_of_case(own("credentials/recorded/web_identity")).contains("own.web.identity"));
    CHECK(secrets_of_case(own("credentials/recorded/imds")).contains("own-imds-token=="));
    CHECK(secrets_of_case(own("credentials/recorded/process")).contains("own-vault-pin"));
    CHECK(secrets_of_case(own("credentials/recorded/source_profile_chain"))
              .contains("own-base-secret"));
    CHECK(shows("error=\"xown-secret-keyx\"", "own-secret-key"));
    CHECK(shows("a bar.", "bar"));
    CHECK_FALSE(shows("a barrel", "bar"));
}

} // namespace
} // namespace gls::aws::test
