// The verifier against AWS's published signatures: each must pass, and none after any change.
#include "simulator/amz_date.hpp"
#include "simulator/signature.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace gls::simulator;

namespace {

constexpr std::string_view service = "service"; // of the published cases
const Millis signed_at = from_amz_date("20150830T123600Z").value();

KeyBook example_keys(std::string session_token = "") {
    KeyBook keys{1, 0};
    keys.add({"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", std::move(session_token),
              "111122223333", "arn:aws:iam::111122223333:user/example"});
    return keys;
}

// get-vanilla of the published cases.
Request example_request() {
    Request request;
    request.headers = {
        {"host", "example.amazonaws.com"},
        {"x-amz-date", "20150830T123600Z"},
        {"authorization",
         "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
         "SignedHeaders=host;x-amz-date, Signature="
         "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"}};
    return request;
}

void replace(Request& request, std::string_view name, std::string_view old, std::string_view text) {
    for (auto& [key, value] : request.headers)
        if (key == name) value.replace(value.find(old), old.size(), text);
}

std::optional<Refusal> verdict(const Request& request, const KeyBook& keys,
                               Millis now = signed_at) {
    SignatureCheck check{keys};
    const auto result = check.check(request, service, now);
    if (const auto* refused = std::get_if<Refused>(&result)) return refused->why;
    return std::nullopt;
}

std::string text_of_file(const std::filesystem::path& path) {
    const std::ifstream file{path};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// The raw request of a published case: header lines split at the first colon, folded lines
// continued.
Request parsed(const std::string& text) {
    Request request;
    std::istringstream lines{text};
    std::string line;
    std::getline(lines, line);
    request.method = line.substr(0, line.find(' '));
    request.target = line.substr(line.find(' ') + 1, line.rfind(' ') - line.find(' ') - 1);
    while (std::getline(lines, line) && !line.empty()) {
        if (line.starts_with(' ')) {
            request.headers.back().second += ' ' + line;
            continue;
        }
        auto name = line.substr(0, line.find(':'));
        std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
        request.headers.emplace_back(name, line.substr(line.find(':') + 1));
    }
    std::getline(lines, request.body, '\0');
    return request;
}

std::string token_in(const std::string& context) {
    const auto at = context.find("\"token\":");
    if (at == std::string::npos) return {};
    const auto begin = context.find('"', at + 8) + 1;
    return context.substr(begin, context.find('"', begin) - begin);
}

} // namespace

TEST_CASE("a published signature passes, and says who called from where") {
    const auto keys = example_keys();
    SignatureCheck check{keys};
    const auto result = check.check(example_request(), service, signed_at);
    REQUIRE(std::holds_alternative<Caller>(result));
    CHECK(std::get<Caller>(result).region == "us-east-1");
    CHECK(std::get<Caller>(result).account_id == "111122223333");
}

TEST_CASE("whatever is changed, the signature no longer fits") {
    const auto keys = example_keys();
    auto request = example_request();
    SUBCASE("method") {
        request.method = "POST";
    }
    SUBCASE("path") {
        request.target = "/a";
    }
    SUBCASE("query") {
        request.target = "/?a=b";
    }
    SUBCASE("body") {
        request.body = "x";
    }
    SUBCASE("a signed header") {
        request.headers[0].second = "example.invalid";
    }
    SUBCASE("an x-amz header that is not signed") {
        request.headers.emplace_back("x-amz-target", "a");
    }
    SUBCASE("a hash that is not the body's") {
        request.headers.emplace_back("x-amz-content-sha256", std::string(64, '0'));
    }
    SUBCASE("the signature") {
        replace(request, "authorization", "=5fa0", "=5fa1");
    }
    CHECK(verdict(request, keys) == Refusal::mismatch);
}

TEST_CASE("what is not of the form that SigV4 prescribes is refused by its name") {
    const auto keys = example_keys();
    auto request = example_request();
    auto expected = Refusal::incomplete;
    SUBCASE("no Authorization") {
        request.headers.pop_back();
        expected = Refusal::missing_authentication;
    }
    SUBCASE("another scheme") {
        replace(request, "authorization", "AWS4-HMAC-SHA256", "Basic");
    }
    SUBCASE("a short scope") {
        replace(request, "authorization", "/us-east-1", "");
    }
    SUBCASE("no signature") {
        replace(request, "authorization", ", Signature=", ", Unsigned=");
    }
    SUBCASE("no date") {
        request.headers.erase(request.headers.begin() + 1);
    }
    SUBCASE("a date that is none") {
        replace(request, "x-amz-date", "0830T", "0231T");
    }
    SUBCASE("another service") {
        replace(request, "authorization", "/service/", "/sts/");
        expected = Refusal::wrong_scope;
    }
    SUBCASE("another day") {
        replace(request, "authorization", "/20150830/", "/20150831/");
        expected = Refusal::wrong_scope;
    }
    SUBCASE("no region") {
        replace(request, "authorization", "/us-east-1/", "/nowhere/");
        expected = Refusal::wrong_scope;
    }
    SUBCASE("an unknown key") {
        replace(request, "authorization", "AKIDEXAMPLE", "AKIDNOBODY");
        expected = Refusal::unknown_key;
    }
    SUBCASE("a token that the key does not have") {
        request.headers.emplace_back("x-amz-security-token", "a");
        expected = Refusal::unknown_key;
    }
    CHECK(verdict(request, keys) == expected);
}

TEST_CASE("a signature is good for five minutes on either side, and a key to its end") {
    const auto keys = example_keys();
    constexpr Millis minutes = 60'000;
    CHECK_FALSE(verdict(example_request(), keys, signed_at + 5 * minutes).has_value());
    CHECK_FALSE(verdict(example_request(), keys, signed_at - 5 * minutes).has_value());
    CHECK(verdict(example_request(), keys, signed_at + 5 * minutes + 1) ==
          Refusal::expired_signature);
    CHECK(verdict(example_request(), keys, signed_at - 5 * minutes - 1) ==
          Refusal::expired_signature);
    auto dying = example_keys();
    auto key = *dying.find("AKIDEXAMPLE");
    key.expires = signed_at;
    dying.add(key);
    CHECK(verdict(example_request(), dying) == Refusal::expired_token);
    CHECK_FALSE(verdict(example_request(), dying, signed_at - 1).has_value());
}

TEST_CASE("every published case of the main suite passes") {
    const std::filesystem::path suite{GLS_SHARED_DIR "/aws/sigv4/aws-c-auth-v4"};
    if (!std::filesystem::exists(suite)) {
        MESSAGE("not run: the published cases are not beside this checkout");
        return;
    }
    int checked = 0;
    for (const auto& entry : std::filesystem::directory_iterator{suite}) {
        if (!entry.is_directory()) continue;
        const auto name = entry.path().filename().string();
        // Services other than S3 normalise paths; a token left out of the signature is not ours.
        if (name.ends_with("unnormalized") || name == "post-sts-header-after") continue;
        CAPTURE(name);
        const auto context = text_of_file(entry.path() / "context.json");
        const auto keys = example_keys(token_in(context));
        const auto request = parsed(text_of_file(entry.path() / "header-signed-request.txt"));
        CHECK_FALSE(verdict(request, keys).has_value());
        ++checked;
    }
    CHECK(checked >= 25);
}
