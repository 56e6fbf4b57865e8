#include "base/iso8601.hpp"

#include <algorithm>
#include <array>

namespace gls {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::sys_days;

// Reads a text from left to right; the first thing that is not as expected ends it for good.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_{text} {}

    [[nodiscard]] int number(std::size_t digits) {
        if (rest_.size() < digits) return failed();
        int value = 0;
        for (const char c : rest_.substr(0, digits)) {
            if (c < '0' || c > '9') return failed();
            value = value * 10 + (c - '0');
        }
        rest_.remove_prefix(digits);
        return value;
    }
    void expect(std::string_view text) {
        if (!skip(text)) ok_ = false;
    }
    [[nodiscard]] bool skip(std::string_view text) {
        if (!rest_.starts_with(text)) return false;
        rest_.remove_prefix(text.size());
        return true;
    }
    // ".5" or ".123456789": milliseconds, cut rather than rounded so that no instant moves ahead.
    [[nodiscard]] milliseconds fraction() {
        if (!skip(".")) return milliseconds{0};
        int value = 0;
        std::size_t digits = 0;
        for (; digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9'; ++digits)
            if (digits < 3) value = value * 10 + (rest_[digits] - '0');
        if (digits == 0) ok_ = false;
        for (std::size_t i = digits; i < 3; ++i)
            value *= 10;
        rest_.remove_prefix(digits);
        return milliseconds{value};
    }
    template <std::size_t N>
    [[nodiscard]] unsigned one_of(const std::array<std::string_view, N>& names) {
        for (std::size_t i = 0; i < N; ++i)
            if (skip(names[i])) return static_cast<unsigned>(i);
        ok_ = false;
        return 0;
    }
    [[nodiscard]] bool finished() const { return ok_ && rest_.empty(); }

private:
    int failed() {
        ok_ = false;
        return 0;
    }

    std::string_view rest_;
    bool ok_{true};
};

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> short_days{"Sun", "Mon", "Tue", "Wed",
                                                     "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 7> long_days{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                    "Thursday", "Friday", "Saturday"};

struct TimeOfDay {
    int hour{0};
    int minute{0};
    int second{0};
};

TimeOfDay time_of_day(Reader& in) {
    TimeOfDay time;
    time.hour = in.number(2);
    in.expect(":");
    time.minute = in.number(2);
    in.expect(":");
    time.second = in.number(2);
    return time;
}

// Leap seconds do not exist in Unix time; neither AWS nor Prometheus writes them.
std::optional<WallTime> instant(int year, unsigned month, unsigned day, TimeOfDay time) {
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                           std::chrono::day{day}};
    if (!date.ok() || time.hour > 23 || time.minute > 59 || time.second > 59) return std::nullopt;
    return WallTime{sys_days{date}} + hours{time.hour} + minutes{time.minute} +
           seconds{time.second};
}

// Years have four digits: what lies outside them (only hostile input does) is clamped, so that the
// text keeps its shape.
struct Parts {
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<milliseconds> time;
};

Parts parts_of(WallTime time) {
    using namespace std::chrono_literals;
    static constexpr WallTime first{sys_days{0y / 1 / 1}};
    static constexpr WallTime last{sys_days{9999y / 12 / 31} + days{1} - milliseconds{1}};
    time = std::clamp(time, first, last);
    const auto midnight = std::chrono::floor<days>(time);
    return {std::chrono::year_month_day{midnight},
            std::chrono::hh_mm_ss<milliseconds>{time - midnight}};
}

void put(std::string& text, std::int64_t value, std::size_t digits) {
    const std::size_t begin = text.size();
    text.append(digits, '0');
    for (std::size_t i = begin + digits; i > begin; value /= 10)
        text[--i] = static_cast<char>('0' + value % 10);
}

void put_date(std::string& text, const Parts& parts, std::string_view separator) {
    put(text, static_cast<int>(parts.date.year()), 4);
    text += separator;
    put(text, static_cast<unsigned>(parts.date.month()), 2);
    text += separator;
    put(text, static_cast<unsigned>(parts.date.day()), 2);
    text += 'T';
}

void put_time(std::string& text, const Parts& parts, std::string_view separator) {
    put(text, parts.time.hours().count(), 2);
    text += separator;
    put(text, parts.time.minutes().count(), 2);
    text += separator;
    put(text, parts.time.seconds().count(), 2);
}

std::optional<WallTime> imf_fixdate(Reader in) { // Sun, 06 Nov 1994 08:49:37 GMT
    (void)in.one_of(short_days);
    in.expect(", ");
    const int day = in.number(2);
    in.expect(" ");
    const unsigned month = in.one_of(months) + 1;
    in.expect(" ");
    const int year = in.number(4);
    in.expect(" ");
    const TimeOfDay time = time_of_day(in);
    const milliseconds fraction = in.fraction(); // Smithy's http-date allows one
    in.expect(" GMT");
    if (!in.finished()) return std::nullopt;
    return instant(year, month, static_cast<unsigned>(day), time).transform([&](WallTime t) {
        return t + fraction;
    });
}

std::optional<WallTime> rfc850_date(Reader in) { // Sunday, 06-Nov-94 08:49:37 GMT
    (void)in.one_of(long_days);
    in.expect(", ");
    const int day = in.number(2);
    in.expect("-");
    const unsigned month = in.one_of(months) + 1;
    in.expect("-");
    const int year = in.number(2);
    in.expect(" ");
    const TimeOfDay time = time_of_day(in);
    in.expect(" GMT");
    if (!in.finished()) return std::nullopt;
    // No clock here: the century turns at 1970, before which no HTTP date can lie.
    return instant(year < 70 ? 2000 + year : 1900 + year, month, static_cast<unsigned>(day), time);
}

std::optional<WallTime> asctime_date(Reader in) { // Sun Nov  6 08:49:37 1994
    (void)in.one_of(short_days);
    in.expect(" ");
    const unsigned month = in.one_of(months) + 1;
    in.expect(" ");
    const int day = in.skip(" ") ? in.number(1) : in.number(2);
    in.expect(" ");
    const TimeOfDay time = time_of_day(in);
    in.expect(" ");
    const int year = in.number(4);
    if (!in.finished()) return std::nullopt;
    return instant(year, month, static_cast<unsigned>(day), time);
}

} // namespace

std::optional<WallTime> parse_iso8601(std::string_view text) {
    Reader in{text};
    const int year = in.number(4);
    in.expect("-");
    const int month = in.number(2);
    in.expect("-");
    const int day = in.number(2);
    in.expect("T");
    const TimeOfDay time = time_of_day(in);
    const milliseconds fraction = in.fraction();
    minutes offset{0};
    if (!in.skip("Z")) {
        const bool behind = in.skip("-");
        if (!behind) in.expect("+");
        const int offset_hours = in.number(2);
        in.expect(":");
        const int offset_minutes = in.number(2);
        if (offset_hours > 23 || offset_minutes > 59) return std::nullopt;
        offset = hours{offset_hours} + minutes{offset_minutes};
        if (behind) offset = -offset;
    }
    if (!in.finished()) return std::nullopt;
    return instant(year, static_cast<unsigned>(month), static_cast<unsigned>(day), time)
        .transform([&](WallTime t) { return t + fraction - offset; });
}

std::string iso8601(WallTime time) {
    const Parts parts = parts_of(time);
    std::string text;
    put_date(text, parts, "-");
    put_time(text, parts, ":");
    text += '.';
    put(text, parts.time.subseconds().count(), 3);
    text += 'Z';
    return text;
}

std::string amz_date(WallTime time) {
    const Parts parts = parts_of(time);
    std::string text;
    put_date(text, parts, "");
    put_time(text, parts, "");
    text += 'Z';
    return text;
}

std::optional<WallTime> parse_http_date(std::string_view text) {
    if (const auto time = imf_fixdate(Reader{text})) return time;
    if (const auto time = rfc850_date(Reader{text})) return time;
    return asctime_date(Reader{text});
}

} // namespace gls
