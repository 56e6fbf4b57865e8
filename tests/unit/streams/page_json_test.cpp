#include "streams/page_json.hpp"
#include "support/sessions.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace gls;
using namespace gls::streams;
using gls::test::TestSession;

namespace {

constexpr const char* arn =
    "arn:aws:gameliftstreams:us-west-2:111122223333:streamsession/sg-1AB2C3De4/ABC123def4567";

std::string page_of(const std::string& members) {
    return R"({"Items":[{"Arn":")" + std::string{arn} + '"' + (members.empty() ? "" : ",") +
           members + "}]}";
}

// The one session of a page whose item has these members besides its Arn.
SessionView read_one(PageReader& reader, std::string& body) {
    const Result<Page> page = reader.read_page(body);
    REQUIRE_MESSAGE(page.has_value(), body);
    REQUIRE(page->sessions.size() == 1);
    return page->sessions[0];
}

std::optional<WallTime> created_at(const std::string& json) {
    PageReader reader;
    std::string body = page_of(R"("CreatedAt":)" + json + R"(,"Location":"after")");
    const SessionView session = read_one(reader, body);
    CHECK_MESSAGE(session.location == "after", json); // reading went on behind it
    return session.created_at;
}

std::string malformed(std::string body) {
    PageReader reader;
    const Result<Page> page = reader.read_page(body);
    if (page) return "";
    CHECK(page.error().kind == ErrorKind::malformed);
    return page.error().message;
}

bool has(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a page as AWS sends it") {
    PageReader reader;
    std::string body = R"({
      "Items": [
        {"ApplicationArn": "arn:aws:gameliftstreams:us-west-2:111122223333:application/a-9ZY8X7Wv6",
         "Arn": "arn:aws:gameliftstreams:us-west-2:111122223333:streamsession/sg-1AB2C3De4/ABC123def4567",
         "CreatedAt": 1.732445042123E9,
         "ExportFilesMetadata": {"OutputUri": "s3://b/k.zip", "Status": "PENDING", "StatusReason": "x"},
         "LastUpdatedAt": 1732445100, "Location": "us-west-2", "Protocol": "WebRTC",
         "RoleArn": "arn:aws:iam::111122223333:role/r", "Status": "TERMINATED",
         "StatusReason": "apiTerminated", "UserId": "someone"},
        {"Arn": "arn:aws:gameliftstreams:us-west-2:111122223333:streamsession/sg-2/Z"}],
      "NextToken": "AAE+/=%"})";
    const Result<Page> page = reader.read_page(body);
    REQUIRE(page.has_value());
    CHECK(page->next_token == "AAE+/=%");
    REQUIRE(page->sessions.size() == 2);
    const SessionView& first = page->sessions[0];
    CHECK(first.arn == arn);
    CHECK(first.key == key_of(arn));
    CHECK(first.account_id == "111122223333");
    CHECK(first.stream_group == "sg-1AB2C3De4");
    CHECK(first.session_id == "ABC123def4567");
    CHECK(first.application == "a-9ZY8X7Wv6");
    CHECK(first.location == "us-west-2");
    CHECK(first.status == Status::terminated);
    CHECK(first.status_text == "TERMINATED");
    CHECK(first.status_reason == "apiTerminated");
    CHECK(first.export_status == ExportStatus::pending);
    CHECK(first.created_at == WallTime{milliseconds{1732445042123}});
    CHECK(first.last_updated_at == WallTime{milliseconds{1732445100000}});
    const SessionView& second = page->sessions[1];
    CHECK(second.stream_group == "sg-2");
    CHECK(second.application == "unknown");
    CHECK(second.location == "unknown");
    CHECK(second.status == Status::unknown);
    CHECK(second.status_text.empty());
    CHECK(second.status_reason.empty());
    CHECK(second.export_status == ExportStatus::none);
    CHECK_FALSE(second.created_at.has_value());
    CHECK_FALSE(second.last_updated_at.has_value());
}

TEST_CASE("an empty page, with and without a token") {
    PageReader reader;
    for (const char* text :
         {R"({"Items":[]})", R"({"NextToken":null,"Items":[]})", R"({"Items":[],"NextToken":""})",
          R"( { "Items" : [ ] , "New" : {"a":[1,{}]} } )"}) {
        std::string body = text;
        const Result<Page> page = reader.read_page(body);
        REQUIRE(page.has_value());
        CHECK(page->sessions.empty());
        CHECK(page->next_token.empty());
    }
    std::string body = R"({"Items":[],"NextToken":"t"})";
    CHECK(reader.read_page(body)->next_token == "t");
}

TEST_CASE("a body that is not one whole JSON object is malformed") {
    const std::string whole = test::page_json({TestSession{}, TestSession{}}, "token");
    CHECK(malformed(whole).empty());
    for (std::size_t size = 0; size < whole.size(); ++size)
        CHECK_MESSAGE(!malformed(whole.substr(0, size)).empty(), whole.substr(0, size));
    for (const char* tail : {"x", "{}", "]", "}", ",", "\"", "null", "{\"Items\":[]}"})
        CHECK_MESSAGE(!malformed(whole + tail).empty(), tail);
    CHECK(malformed(whole + " \r\n").empty());
    for (const char* body :
         {"", " ", "null", "[]", "5", "\"Items\"", "<html>", "{\"Items\":[]", "{Items:[]}",
          "{\"Items\":[]}}", "\xff", "{\"Items\":[],\"a\":\"\xff\"}"})
        CHECK_MESSAGE(!malformed(body).empty(), body);
}

TEST_CASE("Items has to be an array of objects that have an Arn") {
    CHECK(has(malformed("{}"), "no Items"));
    CHECK(has(malformed(R"({"items":[]})"), "no Items"));
    for (const char* items : {"null", "{}", "\"\"", "0", "true"})
        CHECK(has(malformed(std::string{"{\"Items\":"} + items + "}"), "not an array"));
    for (const char* item : {"null", "[]", "\"a\"", "1", "false"})
        CHECK(has(malformed(std::string{"{\"Items\":["} + item + "]}"), "item 0"));
    CHECK(has(malformed(R"({"Items":[{"Arn":"a"},{"Status":"ACTIVE"}]})"),
              "item 1 of the page has no Arn"));
    CHECK(has(malformed(R"({"Items":[{"Arn":""}]})"), "no Arn"));
    CHECK(has(malformed(R"({"Items":[{"Arn":7}]})"), "no Arn"));
    CHECK(has(malformed(R"({"Items":[{"Arn":")" + std::string(2000, 'a') + R"("}]})"), "too long"));
    CHECK(has(malformed(R"({"Items":[],"NextToken":7})"), "NextToken"));
    CHECK(has(malformed(R"({"Items":[],"NextToken":")" + std::string(20'000, 'a') + R"("}]})"),
              "too long"));
}

TEST_CASE("errors say where, and hold nothing of the content") {
    const std::string message = malformed(R"({"Items":[{"Arn":"a","UserId":"secret-user"]}]})");
    CHECK(has(message, "in item 0"));
    CHECK_FALSE(has(message, "secret-user"));
}

TEST_CASE("unknown members are passed over, wherever they are") {
    PageReader reader;
    std::string body =
        R"({"A":{"Items":[1,2,{"x":[[],{}]}]},"Items":[{"N":[{"Arn":"no"}],"Arn":"yes",
        "M":{"Status":"ERROR"},"Location":"l"}],"B":[[[["NextToken"]]]]})";
    const SessionView session = read_one(reader, body);
    CHECK(session.arn == "yes");
    CHECK(session.location == "l");
    CHECK(session.status == Status::unknown);
}

TEST_CASE("of a member given twice the last one counts") {
    PageReader reader;
    std::string body =
        page_of(R"("Status":"ACTIVE","Status":"ERROR","Location":"a","Location":null)");
    const SessionView session = read_one(reader, body);
    CHECK(session.status == Status::error);
    CHECK(session.location == "unknown");
    std::string twice = R"({"Items":[{"Arn":"a"}],"NextToken":"t","Items":[],"NextToken":null})";
    const Result<Page> page = reader.read_page(twice);
    REQUIRE(page.has_value());
    CHECK(page->sessions.empty());
    CHECK(page->next_token.empty());
}

TEST_CASE("null, and values of another type, count as missing") {
    PageReader reader;
    for (const char* value :
         {"null", "7", "[\"ACTIVE\"]", "{\"Status\":\"ACTIVE\"}", "true", "\"\""}) {
        std::string members;
        for (const char* name :
             {"Status", "StatusReason", "Location", "ApplicationArn", "CreatedAt"})
            members += std::string{members.empty() ? "\"" : ",\""} + name + "\":" + value;
        std::string body = page_of(members + R"(,"ExportFilesMetadata":null)");
        if (std::string_view{value} == "7") continue; // a time
        const SessionView session = read_one(reader, body);
        CHECK(session.status == Status::unknown);
        CHECK(session.status_reason.empty());
        CHECK(session.location == "unknown");
        CHECK(session.application == "unknown");
        CHECK_FALSE(session.created_at.has_value());
        CHECK(session.export_status == ExportStatus::none);
    }
}

TEST_CASE("strings are unescaped, in values and in names") {
    PageReader reader;
    std::string body = page_of(R"("Loc\u0061tion":"us\u002dwest\/2","Status":"ACTI\u0056E")");
    const SessionView session = read_one(reader, body);
    CHECK(session.location == "us-west/2");
    CHECK(session.status == Status::active);
    std::string half = page_of(R"("Location":"\ud800","StatusReason":"\q","Status":"ACTIVE")");
    const SessionView odd = read_one(reader, half);
    CHECK(odd.location == "unknown");
    CHECK(odd.status_reason.empty());
    CHECK(odd.status == Status::active);
}

TEST_CASE("labels are cut where a character begins") {
    PageReader reader;
    std::string body = page_of(R"("Location":")" + std::string(127, 'a') + "\u00e9\u00e9" + R"(")");
    CHECK(read_one(reader, body).location == std::string(127, 'a'));
    std::string fits = page_of(R"("Location":")" + std::string(126, 'a') + "\u00e9" + R"(")");
    CHECK(read_one(reader, fits).location == std::string(126, 'a') + "\u00e9");
}

TEST_CASE("times are epoch numbers or ISO 8601, anything else is missing") {
    const WallTime time{milliseconds{1732445042500}};
    CHECK(created_at("1732445042.5") == time);
    CHECK(created_at("1.7324450425e9") == time);
    CHECK(created_at("17324450425E-1") == time);
    CHECK(created_at("\"2024-11-24T10:44:02.5Z\"") == time);
    CHECK(created_at("0") == WallTime{});
    CHECK(created_at("1732445042.0004") == WallTime{milliseconds{1732445042000}});
    for (const char* none :
         {"null", "\"\"", "\"1732445042\"", "\"soon\"", "-1", "1e300", "1e400", "-1e400",
          "32503680000", "99999999999999999999999", "[1732445042]", "{}", "true",
          "\"1969-12-31T23:59:59Z\"", "\"3000-01-01T00:00:00Z\"", "1732445042x", "01"})
        CHECK_MESSAGE(!created_at(none).has_value(), none);
    CHECK(created_at("32503679999") == WallTime{milliseconds{32503679999000}});
}

TEST_CASE("statuses and exports that this version does not know keep their text") {
    PageReader reader;
    std::string body = page_of(R"("Status":"PAUSED","ExportFilesMetadata":{"Status":"RETRYING"})");
    const SessionView session = read_one(reader, body);
    CHECK(session.status == Status::unknown);
    CHECK(session.status_text == "PAUSED");
    CHECK(session.export_status == ExportStatus::unknown);
    for (const char* none : {"{}", "[]", "\"PENDING\"", "{\"Status\":null}", "{\"Status\":\"\"}"}) {
        std::string without = page_of(std::string{R"("ExportFilesMetadata":)"} + none);
        CHECK(read_one(reader, without).export_status == ExportStatus::none);
    }
}

TEST_CASE("an ARN of another form makes its labels unknown and its key no less exact") {
    PageReader reader;
    for (const char* odd : {"x", "arn:aws:gameliftstreams:r:1:streamsession",
                            "arn:aws:g:r:1:streamsession/only", "arn:aws:g:r:1:application/a/b"}) {
        std::string body = std::string{R"({"Items":[{"Arn":")"} + odd + R"("}]})";
        const SessionView session = read_one(reader, body);
        CHECK(session.key == key_of(odd));
        CHECK(session.stream_group == "unknown");
        CHECK(session.account_id == "unknown");
        CHECK(session.session_id.empty());
    }
}

TEST_CASE("one session, as GetStreamSession sends it") {
    PageReader reader;
    std::string body =
        R"({"AdditionalEnvironmentVariables":{"Status":"no"},"Arn":")" + std::string{arn} +
        R"(","ConnectionTimeoutSeconds":120,"Status":"CONNECTED","StreamGroupId":"sg-1AB2C3De4",
                       "SignalRequest":"{\"Status\":\"no\"}","Location":"eu-west-1"})";
    const Result<SessionView> session = reader.read_session(body);
    REQUIRE(session.has_value());
    CHECK(session->status == Status::connected);
    CHECK(session->location == "eu-west-1");
    for (const char* bad :
         {"{}", "[]", "", "{\"Arn\":null}", "{\"Arn\":\"a\"}x", "{\"Arn\":\"a\""}) {
        std::string text = bad;
        CHECK_MESSAGE(!reader.read_session(text).has_value(), bad);
    }
}

TEST_CASE("a reader goes on after a malformed page, and reads pages of any size") {
    PageReader reader;
    std::string bad = "{\"Items\":[{";
    CHECK_FALSE(reader.read_page(bad).has_value());
    for (const std::size_t size : {1U, 100U, 3U, 2000U, 0U}) {
        std::string body = test::page_json(std::vector<TestSession>(size));
        const Result<Page> page = reader.read_page(body);
        REQUIRE(page.has_value());
        CHECK(page->sessions.size() == size);
    }
}
