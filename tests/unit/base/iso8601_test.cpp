#include "base/iso8601.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string_view>

using gls::amz_date;
using gls::iso8601;
using gls::milliseconds;
using gls::parse_http_date;
using gls::parse_iso8601;
using gls::WallTime;

namespace {

WallTime at(std::int64_t ms) {
    return WallTime{milliseconds{ms}};
}

} // namespace

TEST_CASE("ISO 8601 timestamps are read") {
    CHECK(parse_iso8601("1970-01-01T00:00:00Z") == at(0));
    CHECK(parse_iso8601("2026-11-24T10:44:00Z") == at(1'795'517'040'000));
    CHECK(parse_iso8601("2026-11-24T10:44:00.5Z") == at(1'795'517'040'500));
    CHECK(parse_iso8601("2026-11-24T10:44:00.123456789Z") == at(1'795'517'040'123));
    CHECK(parse_iso8601("2026-11-24T10:44:00.9999Z") == at(1'795'517'040'999)); // never ahead
    CHECK(parse_iso8601("2026-11-24T12:44:00+02:00") == at(1'795'517'040'000));
    CHECK(parse_iso8601("2026-11-24T05:14:00.250-05:30") == at(1'795'517'040'250));
    CHECK(parse_iso8601("2024-02-29T23:59:59Z") == at(1'709'251'199'000));
    CHECK(parse_iso8601("1969-12-31T23:59:59.999Z") == at(-1));
}

TEST_CASE("anything else is no timestamp") {
    for (const std::string_view text : {"",
                                        "2026",
                                        "2026-11-24",
                                        "2026-11-24T10:44:00",
                                        "2026-11-24 10:44:00Z",
                                        "2026-11-24t10:44:00z",
                                        "2026-11-24T10:44Z",
                                        "2026-13-01T00:00:00Z",
                                        "2026-00-01T00:00:00Z",
                                        "2026-02-29T00:00:00Z",
                                        "2026-11-31T00:00:00Z",
                                        "2026-11-24T24:00:00Z",
                                        "2026-11-24T10:60:00Z",
                                        "2026-11-24T10:44:60Z",
                                        "2026-11-24T10:44:00.Z",
                                        "2026-11-24T10:44:00,5Z",
                                        "2026-11-24T10:44:00+0200",
                                        "2026-11-24T10:44:00+02",
                                        "2026-11-24T10:44:00+24:00",
                                        "2026-11-24T10:44:00+02:60",
                                        "2026-11-24T10:44:00ZZ",
                                        " 2026-11-24T10:44:00Z",
                                        "2026-11-24T10:44:00Z ",
                                        "20261124T104400Z",
                                        "+026-11-24T10:44:00Z",
                                        "2026-1-24T10:44:00Z",
                                        "2026-11-24T10:44:00-",
                                        "12026-11-24T10:44:00Z"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_iso8601(text).has_value());
    }
}

TEST_CASE("instants are written in both of AWS's forms") {
    CHECK(iso8601(at(1'795'517'040'007)) == "2026-11-24T10:44:00.007Z");
    CHECK(iso8601(at(-1)) == "1969-12-31T23:59:59.999Z");
    CHECK(amz_date(at(1'795'517'040'999)) == "20261124T104400Z");
}

TEST_CASE("an instant outside four-digit years keeps the text's shape") {
    CHECK(iso8601(at(std::numeric_limits<std::int64_t>::max())) == "9999-12-31T23:59:59.999Z");
    CHECK(iso8601(at(std::numeric_limits<std::int64_t>::min())) == "0000-01-01T00:00:00.000Z");
}

TEST_CASE("what is written is read back as the same, over eight thousand years") {
    for (std::int64_t ms = -60'000'000'000'000; ms < 250'000'000'000'000; ms += 7'654'321'987'653)
        REQUIRE(parse_iso8601(iso8601(at(ms))) == at(ms));
}

TEST_CASE("HTTP dates are read in the three forms of RFC 9110") {
    const WallTime expected = at(784'111'777'000);
    CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT") == expected);
    CHECK(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT") == expected);
    CHECK(parse_http_date("Sun Nov  6 08:49:37 1994") == expected);
    CHECK(parse_http_date("Sun, 16 Nov 1994 08:49:37 GMT") == at(784'975'777'000));
    CHECK(parse_http_date("Wed Nov 16 08:49:37 1994") == at(784'975'777'000));
    CHECK(parse_http_date("Sun, 02 Jan 2000 20:34:56.456 GMT") == at(946'845'296'456));
    CHECK(parse_http_date("Tuesday, 24-Nov-26 10:44:00 GMT") == at(1'795'517'040'000));
}

TEST_CASE("anything else is no HTTP date") {
    for (const std::string_view text :
         {"", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
          "Sun, 31 Nov 1994 08:49:37 GMT", "Xyz, 06 Nov 1994 08:49:37 GMT",
          "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
          "Sun, 06 Nov 1994 25:49:37 GMT", "Sun Nov 6 08:49:37 1994", "1994-11-06T08:49:37Z",
          "Sun, 06 Nov 1994 08:49:37 GMT\n", "784111777"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_http_date(text).has_value());
    }
}
