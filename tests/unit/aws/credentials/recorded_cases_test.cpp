// Whole ways to keys as the SDKs recorded them: environment, files and HTTP traffic in, keys out.
// And in no case a secret in the log or in an error's words.
#include "aws/from_profile.hpp"
#include "aws/target_credentials.hpp"
#include "support/fake_env.hpp"
#include "support/fake_files.hpp"
#include "support/fixed_random.hpp"
#include "support/log_capture.hpp"
#include "support/manual_clock.hpp"
#include "support/run_coroutine.hpp"
#include "unit/aws/credentials/recorded_transport.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <memory>
#include <string>

namespace gls::aws::test {
namespace {

using namespace gls::test;
using simdjson::dom::element;

// The recorded command lines are pipes, which a shell has to run; the daemon itself uses none.
class ShellPrograms final : public Programs {
public:
    Task<Result<ProgramOutput>> run(std::vector<std::string> arguments,
                                    ProgramLimits /*limits*/) override {
        std::string line;
        for (const auto& argument : arguments)
            line += argument + ' ';
        ProgramOutput output;
        const auto close = [&](std::FILE* pipe) {
            const int status = ::pclose(pipe);
            output.exit_code = status == 0 ? 0 : 1;
        };
        {
            const std::unique_ptr<std::FILE, decltype(close)> pipe{::popen(line.c_str(), "r"),
                                                                   close};
            std::array<char, 512> chunk{};
            for (std::size_t size = 0;
                 (size = std::fread(chunk.data(), 1, chunk.size(), pipe.get())) > 0;) {
                output.standard_output.append(chunk.data(), size);
            }
        }
        co_return output;
    }
};

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

void check_no_secret(const LogCapture& log, const Result<Credentials>& loaded) {
    std::vector<std::string> secrets{"secretkeycorrect", "tokencorrect", "correct_secret",
                                     "SECRETTEST", "TESTSECRET"};
    if (loaded) {
        secrets.push_back(loaded->secret_access_key.reveal());
        if (!loaded->session_token.empty()) secrets.push_back(loaded->session_token.reveal());
    }
    for (const auto& secret : secrets) {
        if (secret.size() < 6) continue; // "bar" is in many a word
        CHECK_FALSE(log.contains(secret));
        if (!loaded) CHECK(loaded.error().message.find(secret) == std::string::npos);
    }
}

void run_case(const fs::path& folder, bool whole_chain) {
    const std::string name = folder.filename().string();
    CAPTURE(name);
    const JsonFile test_case{folder / "test-case.json"};
    const FakeEnv env = env_of(folder);
    FakeFiles files = files_of(folder / "fs");
    RecordedTransport transport{folder / "http-traffic.json"};
    ManualClock clock{WallTime{seconds{1577836800}}}; // 2020, before every expiry of the records
    FixedRandom random{0.5};
    LogCapture log;
    ShellPrograms programs;
    const Outside outside{env, files, clock, random, log, transport, programs, "0"};

    std::unique_ptr<CredentialsSource> source = std::make_unique<FromProfile>(outside, "", "");
    if (whole_chain) source = default_chain(outside, "", "");
    boost::asio::io_context context;
    const auto loaded = run_coroutine(context, clock, source->load());

    check_no_secret(log, loaded);
    const element result = test_case.root()["result"];
    if (has(result["Ok"])) {
        REQUIRE_MESSAGE(loaded, (loaded ? "" : loaded.error().message));
        check_keys(*loaded, result["Ok"]);
    } else {
        REQUIRE_FALSE(loaded);
        CHECK_FALSE(loaded.error().message.empty());
    }
    CHECK_MESSAGE(transport.used_up(), "the record goes on");
}

void run_folder(const char* relative, bool whole_chain) {
    const auto root = shared(relative);
    if (!root) return;
    int count = 0;
    for (const auto& entry : fs::directory_iterator{*root}) {
        run_case(entry.path(), whole_chain);
        ++count;
    }
    MESSAGE(count << " recorded cases of " << relative);
}

TEST_CASE("the SDKs' recorded chains") {
    run_folder("credentials/default-credential-provider-chain", true);
}

TEST_CASE("the SDKs' recorded profiles") {
    run_folder("credentials/profile-provider", false);
}

TEST_CASE("our own recorded chains") {
    for (const auto& entry : fs::directory_iterator{own("credentials/recorded")})
        run_case(entry.path(), true);
}

} // namespace
} // namespace gls::aws::test
