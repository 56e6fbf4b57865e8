// How an event becomes one line: logfmt as Go's loggers write it, or a JSON object (RFC 8259).
// Whatever a value holds, the line stays one line of valid UTF-8: controls and line separators are
// escaped, bytes that are no UTF-8 become U+FFFD.
#include "base/iso8601.hpp"
#include "base/log.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace gls {
namespace {

constexpr std::array<std::string_view, 4> level_names{"debug", "info", "warn", "error"};

struct Rune {
    std::uint32_t code;
    std::size_t bytes;
};
constexpr std::uint32_t replacement = 0xFFFD;

unsigned byte_at(std::string_view text, std::size_t i) {
    return static_cast<unsigned char>(text[i]);
}

// The first character of a text that is not empty (RFC 3629: shortest forms only, no surrogates).
Rune first_rune(std::string_view text) {
    const unsigned lead = byte_at(text, 0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {replacement, 1};
    std::uint32_t code = lead & (0xFFU >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((byte_at(text, i) & 0xC0U) != 0x80) return {replacement, 1};
        code = code << 6U | (byte_at(text, i) & 0x3FU);
    }
    static constexpr std::array<std::uint32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code < smallest[bytes] || code > 0x10FFFF || surrogate) return {replacement, 1};
    return {code, bytes};
}

// Controls (C0, DEL, C1) and Unicode's own line ends, which some readers break lines at.
bool breaks_lines(std::uint32_t code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029;
}

void put_escaped(std::string& line, std::uint32_t code) {
    switch (code) {
    case '"':
        line += "\\\"";
        return;
    case '\\':
        line += "\\\\";
        return;
    case '\n':
        line += "\\n";
        return;
    case '\r':
        line += "\\r";
        return;
    case '\t':
        line += "\\t";
        return;
    default:
        break;
    }
    static constexpr std::string_view digits = "0123456789abcdef";
    line += "\\u";
    for (unsigned shift = 16; shift > 0;) {
        shift -= 4;
        line += digits[code >> shift & 0xFU];
    }
}

void put_quoted(std::string& line, std::string_view text) {
    line += '"';
    while (!text.empty()) {
        const Rune rune = first_rune(text);
        const bool broken = rune.code == replacement && rune.bytes == 1;
        if (rune.code == '"' || rune.code == '\\' || breaks_lines(rune.code) || broken)
            put_escaped(line, rune.code);
        else
            line += text.substr(0, rune.bytes);
        text.remove_prefix(rune.bytes);
    }
    line += '"';
}

bool is_plain(std::string_view text) {
    if (text.empty()) return false;
    for (const char c : text)
        if (c <= ' ' || c >= '\x7F' || c == '=' || c == '"' || c == '\\') return false;
    return true;
}

// Keys are names in the source; a stray character in one must still not break the line.
void put_key(std::string& line, std::string_view key) {
    if (key.empty()) line += '_';
    for (const char c : key) {
        const bool name = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
        line += name ? c : '_';
    }
}

void put_logfmt(std::string& line, std::string_view key, std::string_view value) {
    if (!line.empty()) line += ' ';
    put_key(line, key);
    line += '=';
    if (is_plain(value))
        line += value;
    else
        put_quoted(line, value);
}

void put_json(std::string& line, std::string_view key, std::string_view value, bool quoted) {
    line += line.empty() ? "{\"" : ",\"";
    put_key(line, key);
    line += "\":";
    if (quoted)
        put_quoted(line, value);
    else
        line += value;
}

} // namespace

Field::Field(std::string_view k, double v) : key{k}, quoted{!std::isfinite(v)} {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), v).ptr;
    value.assign(text.data(), end); // nan and inf are quoted: JSON has no such numbers
}

std::string log_line(LogFormat format, std::int64_t now_unix_ms, LogLevel level,
                     std::string_view event, std::span<const Field> fields) {
    const std::string time = iso8601(WallTime{milliseconds{now_unix_ms}});
    const std::string_view level_name = level_names[static_cast<std::size_t>(level)];
    std::string line;
    line.reserve(256);
    const auto put = [&](std::string_view key, std::string_view value, bool quoted) {
        if (format == LogFormat::json)
            put_json(line, key, value, quoted);
        else
            put_logfmt(line, key, value);
    };
    put("ts", time, true);
    put("level", level_name, true);
    put("msg", event, true);
    for (const Field& field : fields)
        put(field.key, field.value, field.quoted);
    if (format == LogFormat::json) line += '}';
    return line;
}

} // namespace gls
