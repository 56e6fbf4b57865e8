// The two kinds of sweep (DESIGN, "Words").
#pragma once

#include <cstdint>

namespace gls::state {

enum class SweepKind : std::uint8_t {
    live, // the six statuses that a session can still leave, and pending exports
    full, // everything listed
};
[[nodiscard]] constexpr const char* text_of(SweepKind kind) noexcept {
    return kind == SweepKind::live ? "live" : "full";
}

} // namespace gls::state
