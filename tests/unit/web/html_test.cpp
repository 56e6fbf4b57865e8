#include "web/html.hpp"

#include <doctest/doctest.h>

namespace gls::web {
namespace {

TEST_CASE("nothing foreign becomes markup") {
    CHECK(escaped("<a href=\"x\" title='&'>") ==
          "&lt;a href=&quot;x&quot; title=&#39;&amp;&#39;&gt;");
}

TEST_CASE("numbers keep their value for machines and groups for people") {
    CHECK(number_html(0) == "<data value=\"0\">0</data>");
    CHECK(number_html(999) == "<data value=\"999\">999</data>");
    CHECK(number_html(1'234'567) == "<data value=\"1234567\">1\u202f234\u202f567</data>");
}

TEST_CASE("ages are never negative") {
    const WallTime then{seconds{60}};
    CHECK(age_html(then, WallTime{seconds{72}}) ==
          "<time class=\"age\" datetime=\"1970-01-01T00:01:00.000Z\">12 s ago</time>");
    CHECK(age_html(then, WallTime{}).ends_with(">0 ms ago</time>"));
    CHECK(time_html(then) ==
          "<time datetime=\"1970-01-01T00:01:00.000Z\">1970-01-01 00:01:00 UTC</time>");
}

TEST_CASE("a table's columns carry their class, a row's first cell heads it") {
    CHECK(table_html({{"A", "B"}, {"", "number"}, {{"x", "1"}}}) ==
          "<table class=\"\">\n<thead><tr><th scope=\"col\">A</th><th scope=\"col\" "
          "class=\"number\">B</th>"
          "</tr></thead>\n<tbody>\n<tr><th scope=\"row\">x</th><td class=\"number\">1</td></tr>\n"
          "</tbody>\n</table>");
}

TEST_CASE("a card's cells know their headings") {
    const auto html = table_html({{"A", "B"}, {"", "number"}, {{"x", "1"}}, "cards"});
    CHECK(html.starts_with("<table class=\"cards\">"));
    CHECK(html.find(R"(<td class="number" data-head="B">1</td>)") != std::string::npos);
}

TEST_CASE("what is put into a template is not taken for one") {
    CHECK(filled("<{{a}}|{{b}}|{{none}}|{{a}}>", {{"a", "{{b}}"}, {"b", "2"}}) ==
          "<{{b}}|2||{{b}}>");
    CHECK(filled("no end {{a", {{"a", "x"}}) == "no end {{a");
}

} // namespace
} // namespace gls::web
