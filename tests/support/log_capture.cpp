#include "support/log_capture.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace gls::test {

std::string_view LogCapture::Event::operator[](std::string_view key) const {
    for (const Field& field : fields)
        if (field.key == key) return field.value;
    return {};
}

void LogCapture::write(LogLevel level, std::string_view event, std::span<const Field> fields) {
    events_.push_back({level,
                       std::string{event},
                       {fields.begin(), fields.end()},
                       log_line(LogFormat::logfmt, 0, level, event, fields)});
}

std::size_t LogCapture::count(std::string_view name) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(events_, [&](const Event& event) { return event.name == name; }));
}

const LogCapture::Event& LogCapture::last(std::string_view name) const {
    for (auto event = events_.rbegin(); event != events_.rend(); ++event)
        if (event->name == name) return *event;
    FAIL("no event named " << name << " was logged");
    return events_.front(); // not reached: FAIL throws
}

bool LogCapture::contains(std::string_view text) const {
    const auto holds = [&](std::string_view whole) {
        return whole.find(text) != std::string_view::npos;
    };
    return std::ranges::any_of(events_, [&](const Event& event) {
        return holds(event.line) || std::ranges::any_of(event.fields, [&](const Field& field) {
                   return holds(field.key) || holds(field.value);
               });
    });
}

} // namespace gls::test
