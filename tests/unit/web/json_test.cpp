#include "web/json.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace gls::web {
namespace {

TEST_CASE("objects, arrays, and every kind of value") {
    Json json;
    json.object().key("a").value(1).key("b").array().value("x").value(2.5).value(true).null();
    json.object().end_object().array().end_array().end_array();
    json.key("c").value(std::optional<std::string>{}).key("d").value(std::optional{3U});
    json.key("e").value(std::numeric_limits<double>::infinity()).end_object();
    CHECK(json.take() == R"({"a":1,"b":["x",2.5,true,null,{},[]],"c":null,"d":3,"e":null})");
}

TEST_CASE("text is escaped and UTF-8 left alone") {
    Json json;
    json.object().key("a\"b").value(std::string_view{"\\ \n \x01 \0 ü", 10}).end_object();
    CHECK(json.take() == "{\"a\\\"b\":\"\\\\ \\u000a \\u0001 \\u0000 ü\"}");
}

} // namespace
} // namespace gls::web
