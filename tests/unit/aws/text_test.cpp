// The small text rules under signing and errors: percent-encoding, canonical spelling, XML, one
// line.
#include "aws/http_message.hpp"
#include "aws/request/canonical_request.hpp"
#include "aws/retry/error_response.hpp"
#include "aws/text/percent.hpp"
#include "aws/text/xml_text.hpp"

#include <doctest/doctest.h>

#include <string>

namespace gls::aws {
namespace {

TEST_CASE("percent-encoding keeps the unreserved, and comes back") {
    std::string every_byte;
    for (int byte = 0; byte < 256; ++byte)
        every_byte += static_cast<char>(byte);
    const std::string encoded = percent_encoded(every_byte);
    CHECK(encoded.starts_with("%00%01"));
    CHECK(encoded.ends_with("%FE%FF"));
    CHECK(encoded.contains("-.%2F0123456789%3A"));
    CHECK(percent_decoded(encoded) == every_byte);
    CHECK(percent_encoded("") == "");
    CHECK(percent_encoded("a/b c", Slash::keep) == "a/b%20c");
}

TEST_CASE("what is no valid escape is left as it is") {
    CHECK(percent_decoded("%") == "%");
    CHECK(percent_decoded("a%4") == "a%4");
    CHECK(percent_decoded("%zz%41%") == "%zzA%");
    CHECK(percent_decoded("%%41+") == "%A+");
    CHECK(percent_decoded("%c3%A9") == "\xC3\xA9");
}

TEST_CASE("a query signs alike however it is spelled") {
    CHECK(canonical_query("b=2&a=%7e&a=+") == "a=%2B&a=~&b=2");
    CHECK(canonical_query("key") == "key=");
    CHECK(canonical_query("&&a=1&") == "a=1");
    CHECK(canonical_query("a=b=c") == "a=b%3Dc");
    CHECK(canonical_query("").empty());
}

TEST_CASE("dots and empty segments of a path") {
    CHECK(canonical_path("") == "/");
    CHECK(canonical_path("/..") == "/");
    CHECK(canonical_path("/a/..//./b") == "/b");
    CHECK(canonical_path("/a/b/.") == "/a/b/");
    CHECK(canonical_path("//a/", PathRule::as_is) == "//a/");
}

TEST_CASE("headers are found without regard to case, and set in place") {
    HttpRequest request;
    request.set_header("X-Amz-Date", "1");
    request.set_header("x-amz-date", "2");
    CHECK(request.headers.size() == 1);
    CHECK(request.header("X-AMZ-DATE") == "2");
    CHECK_FALSE(request.header("X-Amz"));
}

TEST_CASE("the Host header") {
    CHECK(host_header({"https", "h", 443, ""}) == "h");
    CHECK(host_header({"http", "h", 443, ""}) == "h:443");
    CHECK(host_header({"http", "h", 80, "/p"}) == "h");
    CHECK(host_header({"http", "::1", 8080, ""}) == "[::1]:8080");
}

TEST_CASE("XML: the text of one element") {
    const std::string document =
        "<?xml version=\"1.0\"?><!-- <a>no</a> --><r xmlns='u>v'><e/><n:a b=\"</a>\">x "
        "&amp;&#65;&#x20AC;<![CDATA[<&>]]></n:a><a>second</a></r>";
    CHECK(xml_text(document, "r/a") == "x &A\xE2\x82\xAC<&>");
    CHECK(xml_text(document, "r/e") == "");
    CHECK_FALSE(xml_text(document, "a"));   // the path starts at the root
    CHECK_FALSE(xml_text(document, "r"));   // has children
    CHECK_FALSE(xml_text(document, "r/z")); // is not there
    CHECK_FALSE(xml_text(document, ""));
    CHECK(xml_text("<r><x><a>deep</a></x><a>right</a></r>", "r/a") == "right");
}

TEST_CASE("XML that is not well-formed, or not for us, has no text") {
    CHECK_FALSE(xml_text("<r><a>x</r>", "r/a"));
    CHECK_FALSE(xml_text("<r><a>x", "r/a"));
    CHECK_FALSE(xml_text("<r><a>x</b></r>", "r/a"));
    CHECK_FALSE(xml_text("<r><a>&unknown;</a></r>", "r/a"));
    CHECK_FALSE(xml_text("<r><a>&#xD800;</a></r>", "r/a"));
    CHECK_FALSE(xml_text("<r><a>&#0;</a></r>", "r/a"));
    CHECK_FALSE(xml_text("<!DOCTYPE r [<!ENTITY e \"x\">]><r><a>&e;</a></r>", "r/a"));
    CHECK_FALSE(xml_text("<html><body>oops", "r/a"));
    std::string deep;
    for (int i = 0; i < 17; ++i)
        deep += "<d>";
    CHECK_FALSE(xml_text(deep + "<a>x</a>", "d/a"));
}

TEST_CASE("an error code is what stands between namespace and URL") {
    CHECK(error_code_of("a.b#FooError:http://x/#y") == "FooError");
    CHECK(error_code_of(" FooError ") == "FooError");
    CHECK(error_code_of("Sender.Throttling-1_2") == "Sender.Throttling-1_2");
    CHECK(error_code_of("two words").empty());
    CHECK(error_code_of("a\nb").empty());
    CHECK(error_code_of(std::string(65, 'x')).empty());
}

TEST_CASE("one line: bounded, valid UTF-8, nothing that moves a terminal's cursor") {
    CHECK(one_line("  a\r\n\tb\x1B[2Jc ") == "a b [2Jc");
    CHECK(one_line("caf\xC3\xA9 \xC2\x9B!") == "caf\xC3\xA9 !"); // C1, as UTF-8 writes it
    CHECK(one_line("a\xFF\xC3") == "a??");
    CHECK(one_line("\xED\xA0\x80") == "???"); // half of a surrogate pair
    CHECK(one_line("\xF0\x9F\x8E\xAE", 4) == "\xF0\x9F\x8E\xAE");
    CHECK(one_line("abc\xC3\xA9", 4) == "abc..."); // never half a character
}

} // namespace
} // namespace gls::aws
