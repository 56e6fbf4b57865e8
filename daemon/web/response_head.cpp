#include "web/response_head.hpp"

#include <array>

namespace gls::web {
namespace {

// RFC 9110 15; what our routes and refusals use.
std::string_view reason_phrase(unsigned status) {
    switch (status) {
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 417:
        return "Expectation Failed";
    case 431:
        return "Request Header Fields Too Large";
    case 429:
        return "Too Many Requests";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    default:
        return "";
    }
}

void append_field(std::string& head, std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
}

void append_two_digits(std::string& text, unsigned number) {
    text += static_cast<char>('0' + number / 10 % 10);
    text += static_cast<char>('0' + number % 10);
}

} // namespace

std::string http_date(WallTime time) {
    using namespace std::chrono;
    constexpr std::string_view days{"SunMonTueWedThuFriSat"};
    constexpr std::string_view months{"JanFebMarAprMayJunJulAugSepOctNovDec"};
    const auto day = floor<std::chrono::days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{floor<seconds>(time) - day};

    std::string text{days.substr(std::size_t{weekday{day}.c_encoding()} * 3, 3)};
    text += ", ";
    append_two_digits(text, static_cast<unsigned>(date.day()));
    text.append(" ").append(
        months.substr((std::size_t{static_cast<unsigned>(date.month())} - 1) * 3, 3));
    text.append(" ").append(std::to_string(static_cast<int>(date.year()))).append(" ");
    append_two_digits(text, static_cast<unsigned>(clock.hours().count()));
    text += ':';
    append_two_digits(text, static_cast<unsigned>(clock.minutes().count()));
    text += ':';
    append_two_digits(text, static_cast<unsigned>(clock.seconds().count()));
    return text += " GMT";
}

std::string response_head(const Answer& answer, bool keep_alive, WallTime now) {
    std::string head;
    head.reserve(384);
    head.append("HTTP/1.1 ").append(std::to_string(answer.status)).append(" ");
    head.append(reason_phrase(answer.status)).append("\r\n");
    append_field(head, "Date", http_date(now));
    append_field(head, "Content-Type", answer.content_type);
    append_field(head, "Content-Length", std::to_string(answer.content.size()));
    append_field(head, "X-Content-Type-Options", "nosniff");
    for (const auto& [name, value] : answer.headers)
        append_field(head, name, value);
    append_field(head, "Connection", keep_alive ? "keep-alive" : "close");
    return head += "\r\n";
}

} // namespace gls::web
