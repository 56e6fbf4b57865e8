#include "base/duration.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string_view>

using gls::duration_text;
using gls::milliseconds;
using gls::parse_duration;

TEST_CASE("durations are read as Prometheus reads them") {
    struct Case {
        std::string_view text;
        std::int64_t ms;
    };
    const Case cases[] = {
        {"0", 0},
        {"0s", 0},
        {"1ms", 1},
        {"90s", 90'000},
        {"5m", 300'000},
        {"1h30m", 5'400'000},
        {"1d", 86'400'000},
        {"2w", 1'209'600'000},
        {"1y", 31'536'000'000},
        {"1y2w3d4h5m6s7ms",
         31'536'000'000 + 1'209'600'000 + 259'200'000 + 14'400'000 + 300'000 + 6'000 + 7},
        {"007s", 7'000},
        {"1m1ms", 60'001},
    };
    for (const Case& c : cases) {
        CAPTURE(c.text);
        CHECK(parse_duration(c.text) == milliseconds{c.ms});
    }
}

TEST_CASE("anything else is no duration") {
    for (const std::string_view text : {"",
                                        "1",
                                        "s",
                                        "-1s",
                                        "+1s",
                                        "1.5h",
                                        "1 m",
                                        " 1m",
                                        "1m ",
                                        "1M",
                                        "1m1h",
                                        "1m1m",
                                        "1ms1s",
                                        "10",
                                        "00",
                                        "1h30",
                                        "h1",
                                        "0x1s",
                                        "1us",
                                        "300y",
                                        "106751991167301s",
                                        "99999999999999999999s"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_duration(text).has_value());
    }
    CHECK(parse_duration("292y").has_value()); // the most that 64 bits of nanoseconds hold
}

TEST_CASE("durations are written in their shortest form") {
    CHECK(duration_text(milliseconds{0}) == "0s");
    CHECK(duration_text(milliseconds{90'000}) == "1m30s");
    CHECK(duration_text(milliseconds{3'600'000}) == "1h");
    CHECK(duration_text(milliseconds{90LL * 86'400'000}) == "90d");
    CHECK(duration_text(milliseconds{14LL * 86'400'000}) == "2w");
    CHECK(duration_text(milliseconds{31'536'000'000}) == "1y");
    CHECK(duration_text(milliseconds{1'001}) == "1s1ms");
    CHECK(duration_text(milliseconds{-60'000}) == "-1m");
}

TEST_CASE("what is written is read back as the same") {
    std::uint64_t state = 1;
    for (int i = 0; i < 10'000; ++i) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        const milliseconds duration{static_cast<std::int64_t>(state >> (20 + state % 40))};
        const auto read = parse_duration(duration_text(duration));
        if (duration.count() > 9'223'372'036'854) continue; // past 292 years
        REQUIRE(read == duration);
    }
}
