#include "simulator/amz_date.hpp"

#include <array>
#include <charconv>
#include <chrono>

namespace gls::simulator {

namespace {

constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Parts {
    std::string year, month, day, hour, minute, second;
    std::string_view weekday, month_name;
};

std::string two(unsigned number) {
    return {static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)};
}

Parts parts_of(Millis time) {
    const std::chrono::sys_time<std::chrono::milliseconds> instant{std::chrono::milliseconds{time}};
    const auto midnight = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date{midnight};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(instant - midnight)};
    const auto month = static_cast<unsigned>(date.month());
    return {std::to_string(static_cast<int>(date.year())),
            two(month),
            two(static_cast<unsigned>(date.day())),
            two(static_cast<unsigned>(clock.hours().count())),
            two(static_cast<unsigned>(clock.minutes().count())),
            two(static_cast<unsigned>(clock.seconds().count())),
            days[std::chrono::weekday{midnight}.c_encoding()],
            months[month - 1]};
}

std::optional<int> number_in(std::string_view text, std::size_t at, std::size_t length) {
    int number = 0;
    const auto* begin = text.data() + at;
    const auto [end, error] = std::from_chars(begin, begin + length, number);
    if (error != std::errc{} || end != begin + length || number < 0) return std::nullopt;
    return number;
}

} // namespace

std::string amz_date_of(Millis time) {
    const auto parts = parts_of(time);
    return parts.year + parts.month + parts.day + 'T' + parts.hour + parts.minute + parts.second +
           'Z';
}

std::string iso_of(Millis time) {
    const auto parts = parts_of(time);
    return parts.year + '-' + parts.month + '-' + parts.day + 'T' + parts.hour + ':' +
           parts.minute + ':' + parts.second + 'Z';
}

std::string http_date_of(Millis time) {
    const auto parts = parts_of(time);
    return std::string{parts.weekday} + ", " + parts.day + ' ' + std::string{parts.month_name} +
           ' ' + parts.year + ' ' + parts.hour + ':' + parts.minute + ':' + parts.second + " GMT";
}

std::optional<Millis> from_amz_date(std::string_view text) {
    if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
    const auto year = number_in(text, 0, 4);
    const auto month = number_in(text, 4, 2);
    const auto day = number_in(text, 6, 2);
    const auto hour = number_in(text, 9, 2);
    const auto minute = number_in(text, 11, 2);
    const auto second = number_in(text, 13, 2);
    if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
    if (*hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    const auto days_since = std::chrono::sys_days{date}.time_since_epoch().count();
    return ((days_since * 24L + *hour) * 60 + *minute) * 60'000L + *second * 1000L;
}

} // namespace gls::simulator
