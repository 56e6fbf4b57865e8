#include "base/log.hpp"
#include "support/log_capture.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

using gls::Field;
using gls::LogFormat;
using gls::LogLevel;

namespace {

constexpr std::int64_t now = 1'795'517'040'007;

std::string line(LogFormat format, std::string_view event, std::vector<Field> fields = {}) {
    return gls::log_line(format, now, LogLevel::info, event, fields);
}

std::string value_in(LogFormat format, std::string_view value) {
    const std::string whole = line(format, "e", {{"k", value}});
    const std::string_view before = format == LogFormat::json ? "\"k\":" : "k=";
    std::string rest = whole.substr(whole.find(before) + before.size());
    if (format == LogFormat::json) rest.pop_back();
    return rest;
}

// What a line reader, however it splits, must never find inside a line.
bool is_one_line(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == '\x7F') return false;
    for (const std::string_view separator : {"\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"})
        if (text.find(separator) != std::string_view::npos) return false;
    return true;
}

} // namespace

TEST_CASE("a logfmt line has time, level, event, then the data in order") {
    CHECK(line(LogFormat::logfmt, "sweep_finished",
               {{"target", "prod us"}, {"pages", 12}, {"ratio", 0.5}, {"ok", true}}) ==
          "ts=2026-11-24T10:44:00.007Z level=info msg=sweep_finished target=\"prod us\" pages=12 "
          "ratio=0.5 ok=true");
}

TEST_CASE("a JSON line is the same with bare numbers and booleans") {
    CHECK(line(LogFormat::json, "sweep_finished",
               {{"target", "prod us"}, {"pages", 12}, {"ratio", 0.5}, {"ok", false}}) ==
          R"({"ts":"2026-11-24T10:44:00.007Z","level":"info","msg":"sweep_finished",)"
          R"("target":"prod us","pages":12,"ratio":0.5,"ok":false})");
}

TEST_CASE("levels have the contract's names") {
    const std::vector<Field> none;
    for (const auto& [level, name] : {std::pair{LogLevel::debug, "debug"},
                                      {LogLevel::info, "info"},
                                      {LogLevel::warn, "warn"},
                                      {LogLevel::error, "error"}}) {
        const std::string text = gls::log_line(LogFormat::logfmt, 0, level, "e", none);
        CHECK(text == std::string{"ts=1970-01-01T00:00:00.000Z level="} + name + " msg=e");
    }
}

TEST_CASE("values are escaped as each format asks") {
    struct Case {
        std::string_view value;
        std::string_view logfmt;
        std::string_view json;
    };
    const Case cases[] = {
        {"plain", "plain", "\"plain\""},
        {"", "\"\"", "\"\""},
        {"a=b", "\"a=b\"", "\"a=b\""},
        {"say \"hi\"", R"("say \"hi\"")", R"("say \"hi\"")"},
        {"back\\slash", R"("back\\slash")", R"("back\\slash")"},
        {"two\nlines\r\n", R"("two\nlines\r\n")", R"("two\nlines\r\n")"},
        {"tab\there", R"("tab\there")", R"("tab\there")"},
        {std::string_view{"nul\0!", 5}, R"("nul\u0000!")", R"("nul\u0000!")"},
        {"\x1B[31mred", R"("\u001b[31mred")", R"("\u001b[31mred")"},
        {"del\x7F", R"("del\u007f")", R"("del\u007f")"},
        {"next\xC2\x85line", R"("next\u0085line")", R"("next\u0085line")"},
        {"sep\xE2\x80\xA8 par\xE2\x80\xA9", R"("sep\u2028 par\u2029")", R"("sep\u2028 par\u2029")"},
        {"Z\xC3\xBCrich \xF0\x9F\x8E\xAE", "\"Z\xC3\xBCrich \xF0\x9F\x8E\xAE\"",
         "\"Z\xC3\xBCrich \xF0\x9F\x8E\xAE\""},
        {"bad\xFF\xFE", R"("bad\ufffd\ufffd")", R"("bad\ufffd\ufffd")"},
        {"overlong\xC0\xAF", R"("overlong\ufffd\ufffd")", R"("overlong\ufffd\ufffd")"},
        {"surrogate\xED\xA0\x80", R"("surrogate\ufffd\ufffd\ufffd")",
         R"("surrogate\ufffd\ufffd\ufffd")"},
        {"cut\xE2\x80", R"("cut\ufffd\ufffd")", R"("cut\ufffd\ufffd")"},
        {"real\xEF\xBF\xBD", "\"real\xEF\xBF\xBD\"", "\"real\xEF\xBF\xBD\""},
    };
    for (const Case& c : cases) {
        CAPTURE(c.value);
        CHECK(value_in(LogFormat::logfmt, c.value) == c.logfmt);
        CHECK(value_in(LogFormat::json, c.value) == c.json);
    }
}

TEST_CASE("numbers that JSON does not have become text") {
    CHECK(value_in(LogFormat::json, "x") == "\"x\"");
    const double infinite = std::numeric_limits<double>::infinity();
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(line(LogFormat::json, "e", {{"a", infinite}, {"b", nan}})
              .ends_with(R"("a":"inf","b":"nan"})"));
    CHECK(
        line(LogFormat::json, "e", {{"a", -0.1}, {"b", 1e21}}).ends_with(R"("a":-0.1,"b":1e+21})"));
    CHECK(line(LogFormat::json, "e", {{"a", std::uint64_t{18446744073709551615U}}})
              .ends_with(R"("a":18446744073709551615})"));
}

TEST_CASE("a stray character in a key does not break the line") {
    CHECK(line(LogFormat::logfmt, "e", {{"a b=\n", "v"}}).ends_with(" a_b__=v"));
    CHECK(
        line(LogFormat::json, "e", {{"a\"b", "v"}, {"", "w"}}).ends_with(R"("a_b":"v","_":"w"})"));
}

TEST_CASE("whatever the bytes, an event is one line") {
    std::uint64_t state = 42;
    const auto next = [&state] {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<unsigned>(state >> 33U);
    };
    const std::string_view nasty[] = {"\n", "\r", "\xC2\x85", "\xE2\x80\xA8", "\xE2", "\"", "\\",
                                      "=",  " ",  "\x7F",     "\xF0\x9F",     "x",    "{",  "}"};
    for (int round = 0; round < 20'000; ++round) {
        std::string texts[3];
        for (std::string& text : texts)
            for (unsigned i = next() % 12; i > 0; --i) {
                if (next() % 2 == 0)
                    text += nasty[next() % std::size(nasty)];
                else
                    text += static_cast<char>(next() % 256);
            }
        for (const LogFormat format : {LogFormat::logfmt, LogFormat::json})
            REQUIRE(is_one_line(line(format, texts[0], {{texts[1], texts[2]}, {"n", round}})));
    }
}

TEST_CASE("the log writes whole lines to standard error, from its level up") {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const int saved = ::dup(2);
    REQUIRE(saved >= 0);
    REQUIRE(::dup2(ends[1], 2) == 2);
    {
        const auto log = gls::standard_error_log(LogLevel::warn, LogFormat::logfmt);
        CHECK_FALSE(log->enabled(LogLevel::info));
        CHECK(log->enabled(LogLevel::error));
        log->info("hidden");
        log->warn("shown", {{"braces", "{} {0} %v"}});
        log->error("shown_too");
    }
    ::dup2(saved, 2);
    ::close(saved);
    ::close(ends[1]);
    std::string text(4096, '\0');
    const ssize_t n = ::read(ends[0], text.data(), text.size());
    ::close(ends[0]);
    REQUIRE(n > 0);
    text.resize(static_cast<std::size_t>(n));
    CAPTURE(text);
    CHECK(text.starts_with("ts=2"));
    CHECK(text.find(" level=warn msg=shown braces=\"{} {0} %v\"\nts=") != std::string::npos);
    CHECK(text.ends_with(" level=error msg=shown_too\n"));
    CHECK(text.find("hidden") == std::string::npos);
}

TEST_CASE("LogCapture keeps events as data and finds what is in them") {
    gls::test::LogCapture log;
    log.debug("call_failed", {{"code", "Denied"}, {"secret", "wJalr\nXUtn"}});
    log.info("call_failed", {{"code", "Other"}});
    CHECK(log.count("call_failed") == 2);
    CHECK(log.has("call_failed"));
    CHECK_FALSE(log.has("call"));
    CHECK(log.last("call_failed")["code"] == "Other");
    CHECK(log.last("call_failed")["nothing"] == "");
    CHECK(log.contains("wJalr"));
    CHECK(log.contains("wJalr\nXUtn"));    // raw
    CHECK(log.contains(R"(wJalr\nXUtn)")); // as written
    CHECK_FALSE(log.contains("AKIA"));
}
