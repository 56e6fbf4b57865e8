// Keeps every event, at every level, as the data it was logged with and as the line a person would
// read. Credential and privacy tests search the lines for what must never be in them.
#pragma once

#include "base/log.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gls::test {

class LogCapture final : public Log {
public:
    struct Event {
        LogLevel level;
        std::string name;
        std::vector<Field> fields;
        std::string line; // logfmt, with ts at the epoch

        // The value logged under this key; "" where there is none.
        [[nodiscard]] std::string_view operator[](std::string_view key) const;
    };

    void write(LogLevel level, std::string_view event, std::span<const Field> fields) override;
    [[nodiscard]] bool enabled(LogLevel) const override { return true; }

    [[nodiscard]] const std::vector<Event>& events() const { return events_; }
    [[nodiscard]] std::size_t count(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const { return count(name) > 0; }
    // The last event of this name; fails the test if there is none.
    [[nodiscard]] const Event& last(std::string_view name) const;
    // Anywhere in any line, raw or escaped.
    [[nodiscard]] bool contains(std::string_view text) const;
    void clear() { events_.clear(); }

private:
    std::vector<Event> events_;
};

} // namespace gls::test
