// One event per line: a name in snake_case and data as key=value. Real: spdlog to standard error in
// logfmt or JSON, keys `ts level msg ...`; in tests: LogCapture. Secrets have no Field constructor.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace gls {

enum class LogLevel { debug, info, warn, error };
enum class LogFormat { logfmt, json };

struct Field {
    std::string key;
    std::string value;
    bool quoted{true}; // false for numbers and booleans: JSON writes them bare

    Field(std::string_view k, std::string_view v) : key{k}, value{v} {}
    Field(std::string_view k, const char* v) : key{k}, value{v} {}
    Field(std::string_view k, bool v) : key{k}, value{v ? "true" : "false"}, quoted{false} {}
    template <std::integral N>
        requires(!std::same_as<N, bool>)
    Field(std::string_view k, N v) : key{k}, value{std::to_string(v)}, quoted{false} {}
    Field(std::string_view k, double v);
};

class Log {
public:
    virtual ~Log() = default;
    virtual void write(LogLevel level, std::string_view event, std::span<const Field> fields) = 0;
    [[nodiscard]] virtual bool enabled(LogLevel level) const = 0;

    // Never call these inside an expression that holds co_await (see EXAMPLES' compiler traps).
    using Fields = std::initializer_list<Field>;
    void debug(std::string_view event, Fields f = {}) { put(LogLevel::debug, event, f); }
    void info(std::string_view event, Fields f = {}) { put(LogLevel::info, event, f); }
    void warn(std::string_view event, Fields f = {}) { put(LogLevel::warn, event, f); }
    void error(std::string_view event, Fields f = {}) { put(LogLevel::error, event, f); }

private:
    void put(LogLevel level, std::string_view event, Fields f) {
        if (enabled(level)) write(level, event, {f.begin(), f.size()});
    }
};

// Thread-safe; writes each event with one write(2).
[[nodiscard]] std::unique_ptr<Log> standard_error_log(LogLevel level, LogFormat format);

// The line without its line end, as standard_error_log writes it; `now_unix_ms` becomes `ts`.
[[nodiscard]] std::string log_line(LogFormat format, std::int64_t now_unix_ms, LogLevel level,
                                   std::string_view event, std::span<const Field> fields);

} // namespace gls
