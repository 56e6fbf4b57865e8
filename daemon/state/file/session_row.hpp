// A session's entry as the columns of its row, and back. Pure.
#pragma once

#include "state/entry.hpp"
#include "state/file/database.hpp"

#include <cstdint>

namespace gls::state::file {

[[nodiscard]] Blob key_column(const streams::SessionKey& key) noexcept;
[[nodiscard]] streams::SessionKey key_of(const Blob& column) noexcept;

[[nodiscard]] std::uint64_t flags_column(const Entry& entry) noexcept;
// False where they are not flags.
[[nodiscard]] bool set_flags(Entry& entry, std::uint64_t flags) noexcept;

} // namespace gls::state::file
