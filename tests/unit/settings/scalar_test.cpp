#include "settings/scalar.hpp"

#include <doctest/doctest.h>

using namespace gls::settings;

TEST_CASE("numbers are written as in JSON") {
    CHECK(parse_number("0") == 0.0);
    CHECK(parse_number("10") == 10.0);
    CHECK(parse_number("-1") == -1.0);
    CHECK(parse_number("0.5") == 0.5);
    CHECK(parse_number("1e3") == 1000.0);
    CHECK(parse_number("1.5E-1") == 0.15);
    for (const char* text :
         {"",      "-",  "+1", "01",  "-01",  "0x10", "0o7", ".5",  "5.",    "1.e3", "1e", "1e+",
          "1_000", "1 ", " 1", "ten", ".inf", ".nan", "inf", "nan", "1e999", "1,5",  "1m"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_number(text));
    }
}

TEST_CASE("booleans are true and false") {
    CHECK(parse_boolean("true") == true);
    CHECK(parse_boolean("false") == false);
    for (const char* text : {"", "True", "TRUE", "yes", "no", "on", "off", "1", "0", "y"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_boolean(text));
    }
}

TEST_CASE("what YAML does not take for text") {
    for (const char* text : {"true", "False", "0", "-1", "+1", "010", "0x1F", "0o17", ".5", "5.",
                             "1e3", "-.inf", ".NaN"}) {
        CAPTURE(text);
        CHECK(is_not_text(text));
    }
    for (const char* text : {"", "us-west-2", "1m", "yes", "0x", "0o8", "1_000", "-", "+", ".",
                             "e3", "1e", "1.2.3", "a"}) {
        CAPTURE(text);
        CHECK_FALSE(is_not_text(text));
    }
}
