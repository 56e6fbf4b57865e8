// One session as the fleet keeps it: 40 bytes, no text. Ids and ARNs are made from the serial
// number when a page is written, so that a million sessions fit into some 70 MiB, indexes included.
#pragma once

#include "simulator/vocabulary.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace gls::simulator {

using Millis = std::int64_t; // since 1970, UTC
inline constexpr Millis never = std::numeric_limits<Millis>::max();

struct Session {
    Millis created{0};
    Millis updated{0};
    Millis next{never}; // when something happens to it
    std::uint32_t serial{0};
    std::uint16_t group{0};
    std::uint16_t application{0};
    std::uint8_t location{0};
    Status status{Status::activating};
    Reason reason{Reason::none}; // decided on the way out; AWS shows it once the session has ended
    ExportStatus export_status{ExportStatus::none};
    bool wants_export{false};

    [[nodiscard]] Reason shown_reason() const { return is_live(status) ? Reason::none : reason; }
};

// Serial number → id of eleven letters and digits without visible order, and back.
class SessionIds {
public:
    explicit SessionIds(std::uint64_t seed);
    void append(std::string& text, std::uint32_t serial) const;
    [[nodiscard]] std::string text_of(std::uint32_t serial) const;
    [[nodiscard]] std::optional<std::uint32_t> serial_of(std::string_view id) const;

private:
    std::uint64_t keys_[4];
    std::uint32_t salt_;
};

// `length` letters and digits drawn from `number`.
[[nodiscard]] std::string letters_of(std::uint64_t number, std::size_t length);

} // namespace gls::simulator
