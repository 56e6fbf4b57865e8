// The three published SigV4 suites, stage by stage, and our own cases in the same form.
#include "aws/request/sigv4.hpp"
#include "base/ascii.hpp"
#include "base/iso8601.hpp"
#include "shared_data.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace gls::aws {

namespace {

using namespace test;

struct Case {
    HttpRequest request;
    Credentials keys;
    std::string timestamp; // ISO 8601
    std::string region;
    std::string service;
    PathRule path_rule{PathRule::normalized};
    std::string canonical_request;
    std::string string_to_sign; // "" = not given
    std::string signature;
};

// Raw text with LF line ends; the target may hold blanks, and a line that starts with one goes on
// with the header above.
HttpRequest request_of(std::string_view raw) {
    const auto line = [&raw] {
        const std::string_view next = raw.substr(0, raw.find('\n'));
        raw.remove_prefix(std::min(raw.size(), next.size() + 1));
        return next;
    };
    HttpRequest request;
    std::string_view first = line();
    request.method = first.substr(0, first.find(' '));
    first.remove_prefix(request.method.size() + 1);
    request.target = first.substr(0, first.rfind(" HTTP/"));
    while (!raw.empty()) {
        const std::string_view header = line();
        if (header.empty()) break;
        if (is_blank(header.front())) {
            request.headers.back().value += '\n' + std::string{header};
            continue;
        }
        const std::size_t colon = header.find(':');
        request.headers.push_back(
            Header{std::string{header.substr(0, colon)}, std::string{header.substr(colon + 1)}});
    }
    request.body = raw;
    return request;
}

void check(const std::string& name, const Case& given) {
    INFO(name);
    const auto now = parse_iso8601(given.timestamp);
    REQUIRE(now);
    const std::string date = amz_date(*now);
    HttpRequest request = given.request;
    Signer signer{given.region, given.service, given.path_rule};
    signer.sign(request, given.keys, *now);

    const CanonicalRequest canonical =
        canonical_request(request, hex(sha256(request.body)), given.path_rule);
    CHECK(canonical.text == given.canonical_request);
    if (!given.string_to_sign.empty()) {
        CHECK(string_to_sign(date, credential_scope(date, given.region, given.service),
                             canonical.text) == given.string_to_sign);
    }
    CHECK(request.header("Authorization") ==
          "AWS4-HMAC-SHA256 Credential=" + given.keys.access_key_id + "/" +
              credential_scope(date, given.region, given.service) +
              ", SignedHeaders=" + canonical.signed_headers + ", Signature=" + given.signature);
    // Signing again, with the key kept, replaces what the first time added.
    HttpRequest again = request;
    signer.sign(again, given.keys, *now);
    CHECK(again.headers == request.headers);
}

Credentials example_keys() {
    Credentials keys;
    keys.access_key_id = "AKIDEXAMPLE";
    keys.secret_access_key = Secret{"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"};
    return keys;
}

// After `mark`, up to the line's end.
std::string after(std::string_view text, std::string_view mark) {
    const std::size_t at = text.find(mark);
    REQUIRE(at != std::string_view::npos);
    text.remove_prefix(at + mark.size());
    return std::string{trimmed(text.substr(0, text.find('\n')))};
}

Case newest_suite_case(const fs::path& folder) {
    const JsonFile context{folder / "context.json"};
    const auto& root = context.root();
    Case given;
    given.request = request_of(text_of(folder / "request.txt"));
    given.keys.access_key_id = text(root["credentials"]["access_key_id"]);
    given.keys.secret_access_key = Secret{text(root["credentials"]["secret_access_key"])};
    // "omit": the token is added to the request after signing, so the signature knows nothing of
    // it.
    if (!flag(root["omit_session_token"]))
        given.keys.session_token = Secret{text(root["credentials"]["token"])};
    given.timestamp = text(root["timestamp"]);
    given.region = text(root["region"]);
    given.service = text(root["service"]);
    if (!flag(root["normalize"])) given.path_rule = PathRule::as_is;
    if (flag(root["sign_body"])) {
        given.request.set_header("X-Amz-Content-Sha256", hex(sha256(given.request.body)));
    }
    given.canonical_request = text_of(folder / "header-canonical-request.txt");
    given.string_to_sign = text_of(folder / "header-string-to-sign.txt");
    given.signature = text_of(folder / "header-signature.txt");
    return given;
}

Case older_suite_case(const fs::path& request_file) {
    const auto part = [&](const char* extension) {
        fs::path path = request_file;
        return text_of(path.replace_extension(extension));
    };
    Case given;
    given.request = request_of(text_of(request_file));
    given.keys = example_keys();
    given.timestamp = "2015-08-30T12:36:00Z";
    given.region = "us-east-1";
    given.service = "service";
    given.canonical_request = part(".creq");
    std::erase(given.canonical_request, '\r');
    given.string_to_sign = part(".sts");
    std::erase(given.string_to_sign, '\r');
    given.signature = after(part(".authz"), "Signature=");
    if (given.canonical_request.contains("\nx-amz-security-token:")) {
        given.keys.session_token =
            Secret{after(given.canonical_request, "\nx-amz-security-token:")};
    }
    return given;
}

} // namespace

TEST_CASE("sigv4: the newest suite (aws-c-auth)") {
    const auto suite = shared("sigv4/aws-c-auth-v4");
    if (!suite) return;
    int count = 0;
    for (const auto& entry : fs::directory_iterator{*suite}) {
        if (!entry.is_directory()) continue;
        check(entry.path().filename().string(), newest_suite_case(entry.path()));
        ++count;
    }
    CHECK(count == 38);
    left_out("sigv4/aws-c-auth-v4/*/query-*.txt",
             "presigned URLs, which the exporter does not make");
}

TEST_CASE("sigv4: the older suite (botocore)") {
    const auto suite = shared("sigv4/botocore-aws4-testsuite");
    if (!suite) return;
    int count = 0;
    for (const auto& entry : fs::recursive_directory_iterator{*suite}) {
        if (entry.path().extension() != ".req") continue;
        check(entry.path().filename().string(), older_suite_case(entry.path()));
        ++count;
    }
    CHECK(count == 34);
}

TEST_CASE("sigv4: what is encoded in the path is encoded again (smithy-rs)") {
    const auto suite = shared("sigv4/smithy-rs-extra");
    if (!suite) return;
    const fs::path folder = *suite / "double-url-encode";
    Case given;
    given.request = request_of(text_of(folder / "request.txt"));
    given.keys = example_keys();
    given.timestamp = "2021-05-11T15:40:45Z";
    given.region = "us-east-2";
    given.service = "lambda";
    given.canonical_request = text_of(folder / "header-canonical-request.txt");
    given.string_to_sign = text_of(folder / "header-string-to-sign.txt");
    while (given.string_to_sign.ends_with('\n'))
        given.string_to_sign.pop_back();
    given.signature = after(text_of(folder / "header-signed-request.txt"), "Signature=");
    check("double-url-encode", given);

    const HttpRequest request = request_of(text_of(*suite / "double-encode-path" / "request.txt"));
    const std::string expected =
        text_of(*suite / "double-encode-path" / "header-canonical-request.txt");
    CHECK(expected.starts_with("POST\n" + canonical_path(request.target) + "\n"));
    left_out("sigv4/smithy-rs-extra/double-encode-path",
             "signature and date: its files disagree on the date; its path is checked");
}

TEST_CASE("sigv4: own cases") {
    const JsonFile file{own("sigv4/cases.json")};
    int count = 0;
    for (const auto one : file.root().get_array()) {
        Case given;
        given.request = request_of(text(one["request"]));
        given.keys.access_key_id = text(one["access_key_id"]);
        given.keys.secret_access_key = Secret{text(one["secret_access_key"])};
        given.keys.session_token = Secret{text(one["session_token"])};
        given.timestamp = text(one["timestamp"]);
        given.region = text(one["region"]);
        given.service = text(one["service"]);
        given.canonical_request = text(one["canonical_request"]);
        given.string_to_sign = text(one["string_to_sign"]);
        given.signature = text(one["signature"]);
        check(text(one["name"]), given);
        ++count;
    }
    CHECK(count >= 5);
}

} // namespace gls::aws
