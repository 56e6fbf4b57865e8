// The shared files against the SDKs' own cases: syntax (65), locations (9), and what chain of keys
// and roles a profile means (28).
#include "aws/profile/profile_file.hpp"
#include "aws/profile/profile_plan.hpp"
#include "aws/profile/shared_config.hpp"
#include "support/fake_env.hpp"
#include "unit/aws/shared_data.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>

namespace gls::aws::test {
namespace {

using gls::test::FakeEnv;
using simdjson::dom::element;
using Texts = std::map<std::string, std::string>;
using Named = std::map<std::string, Texts>;

Texts texts_of(element object) {
    Texts texts;
    for (const auto [key, value] : simdjson::dom::object{object}) {
        texts.emplace(std::string{key}, std::string{std::string_view{value}});
    }
    return texts;
}

Named named(simdjson::simdjson_result<element> object) {
    Named result;
    element value;
    if (object.get(value) != simdjson::SUCCESS) return result;
    for (const auto [name, properties] : simdjson::dom::object{value}) {
        result.emplace(std::string{name}, texts_of(properties));
    }
    return result;
}

Named named(const Sections& sections) {
    Named result;
    for (const auto& [name, section] : sections) {
        auto& properties = result[name];
        for (const auto& [key, property] : section)
            properties.emplace(key, property.value);
    }
    return result;
}

Result<ProfileFile> parse_both(element input) {
    auto config = parse_profile_file(text(input["configFile"]), ProfileFileKind::config, "config");
    if (!config) return config;
    auto credentials = parse_profile_file(text(input["credentialsFile"]),
                                          ProfileFileKind::credentials, "credentials");
    if (!credentials) return credentials;
    return merged(std::move(*config), std::move(*credentials));
}

void run_parser_cases(const fs::path& path) {
    const JsonFile file{path};
    int count = 0;
    for (const element one : simdjson::dom::array{file.root()["tests"]}) {
        CAPTURE(text(one["name"]));
        ++count;
        const auto parsed = parse_both(one["input"]);
        if (has(one["output"]["errorContaining"])) {
            CHECK_FALSE(parsed);
            continue;
        }
        REQUIRE_MESSAGE(parsed, (parsed ? "" : parsed.error().message));
        CHECK(named(parsed->profiles) == named(one["output"]["config"]["profiles"]));
        CHECK(named(parsed->sso_sessions) == named(one["output"]["config"]["sso_sessions"]));
    }
    MESSAGE(count << " cases of " << path.filename().string());
}

TEST_CASE("the SDKs' profile syntax cases") {
    if (const auto path = shared("config/profile-parser-tests.json")) run_parser_cases(*path);
}

TEST_CASE("our own profile syntax cases") {
    run_parser_cases(own("credentials/profile-syntax.json"));
}

TEST_CASE("the SDKs' file location cases") {
    const auto path = shared("config/file-location-tests.json");
    if (!path) return;
    const JsonFile file{*path};
    for (const element one : simdjson::dom::array{file.root()["tests"]}) {
        const std::string name = text(one["name"]);
        if (text(one["platform"]) == "windows") {
            left_out(name, "the daemon does not run on Windows");
            continue;
        }
        CAPTURE(name);
        FakeEnv env;
        for (const auto& [key, value] : texts_of(one["environment"]))
            env.set(key, value);
        const auto found = file_locations(env);
        CHECK(found.config == text(one["configLocation"]));
        CHECK(found.credentials == text(one["credentialsLocation"]));
    }
}

Sections sections_of(simdjson::simdjson_result<element> object) {
    Sections sections;
    for (const auto& [name, properties] : named(object)) {
        auto& section = sections[name];
        for (const auto& [key, value] : properties)
            section[key].value = value;
    }
    return sections;
}

Texts described(const PlanBase& base) {
    Texts result;
    const auto put = [&](const char* key, const std::string& value) {
        if (!value.empty()) result[key] = value;
    };
    if (const auto* keys = std::get_if<StaticKeys>(&base)) {
        result["kind"] = "AccessKey";
        put("access_key_id", keys->access_key_id);
        put("secret_access_key", keys->secret_access_key.reveal());
        put("session_token", keys->session_token.reveal());
        put("account_id", keys->account_id);
    } else if (const auto* identity = std::get_if<WebIdentity>(&base)) {
        result["kind"] = "WebIdentityToken";
        put("role_arn", identity->role_arn);
        put("web_identity_token_file", identity->token_file);
        put("role_session_name", identity->session_name);
    } else if (const auto* login = std::get_if<SsoLogin>(&base)) {
        result["kind"] = "Sso";
        put("sso_session", login->session);
        put("sso_region", login->region);
        put("sso_start_url", login->start_url);
        put("sso_account_id", login->account_id);
        put("sso_role_name", login->role_name);
    } else if (const auto* named_source = std::get_if<NamedSource>(&base)) {
        result["kind"] = "NamedSource";
        put("name", *named_source == NamedSource::instance_metadata ? "Ec2InstanceMetadata"
                    : *named_source == NamedSource::container       ? "EcsContainer"
                                                                    : "Environment");
    }
    return result;
}

Texts described(const RoleStep& role) {
    Texts result{{"kind", "AssumeRole"}, {"role_arn", role.role_arn}};
    if (!role.external_id.empty()) result["external_id"] = role.external_id;
    if (!role.session_name.empty()) result["role_session_name"] = role.session_name;
    return result;
}

// {"AccessKey": {...}} as a flat list of texts.
Texts expected_step(element step) {
    for (const auto [kind, value] : simdjson::dom::object{step}) {
        Texts result;
        if (value.is_string()) {
            result["name"] = std::string{std::string_view{value}};
        } else {
            result = texts_of(value);
        }
        result["kind"] = std::string{kind};
        return result;
    }
    return {};
}

void run_plan_cases(const fs::path& path) {
    const JsonFile file{path};
    simdjson::dom::array cases;
    if (file.root().get(cases) != simdjson::SUCCESS)
        cases = simdjson::dom::array{file.root()["tests"]};
    int count = 0;
    for (const element one : cases) {
        CAPTURE(text(one["docs"]));
        ++count;
        SharedConfig config;
        config.files.profiles = sections_of(one["input"]["profiles"]);
        config.files.sso_sessions = sections_of(one["input"]["sso_sessions"]);
        config.profile = text(one["input"]["selected_profile"]);
        config.chosen_by = "AWS_PROFILE";
        const auto plan = plan_of(config);
        if (has(one["output"]["Error"])) {
            CHECK_FALSE(plan);
            continue;
        }
        REQUIRE_MESSAGE(plan, (plan ? "" : plan.error().message));
        std::vector<Texts> steps{described(plan->base)};
        for (const auto& role : plan->roles)
            steps.push_back(described(role));
        std::vector<Texts> expected;
        for (const element step : simdjson::dom::array{one["output"]["ProfileChain"]}) {
            expected.push_back(expected_step(step));
        }
        CHECK(steps == expected);
    }
    MESSAGE(count << " cases of " << path.filename().string());
}

TEST_CASE("the SDKs' chains of roles") {
    if (const auto path = shared("credentials/assume-role-tests.json")) run_plan_cases(*path);
}

TEST_CASE("our own chains of roles") {
    run_plan_cases(own("credentials/role-chains.json"));
}

TEST_CASE("a profile that wants a person's second factor is refused in words") {
    SharedConfig config;
    config.profile = "A";
    config.files.profiles["A"]["role_arn"].value = "arn:aws:iam::111122223333:role/A";
    config.files.profiles["A"]["source_profile"].value = "B";
    config.files.profiles["A"]["mfa_serial"].value = "arn:aws:iam::111122223333:mfa/me";
    config.files.profiles["B"]["aws_access_key_id"].value = "AKIDOWN";
    config.files.profiles["B"]["aws_secret_access_key"].value = "own-secret";
    const auto plan = plan_of(config);
    REQUIRE_FALSE(plan);
    CHECK(plan.error().kind == ErrorKind::credentials);
    CHECK(plan.error().message.find("mfa_serial") != std::string::npos);
    CHECK(plan.error().message.find("own-secret") == std::string::npos);
}

} // namespace
} // namespace gls::aws::test
