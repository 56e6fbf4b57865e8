// The tables of the state file, by version. `target` is targets.id; numbers of labels, cells and
// series are those of the target's table. Pure.
#pragma once

#include <array>
#include <cstdint>

namespace gls::state::file {

inline constexpr std::int64_t application_id = 0x474C5353; // "GLSS", so that file(1) can tell

// migrations[n] makes version n + 1 of version n; version 0 is an empty file.
extern const std::array<const char*, 1> migrations;
inline constexpr std::int64_t schema_version = 1;

} // namespace gls::state::file
