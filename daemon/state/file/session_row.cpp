#include "state/file/session_row.hpp"

namespace gls::state::file {

namespace {

// In files: never renumber.
constexpr unsigned removed = 0;
constexpr unsigned hidden = 1;
constexpr unsigned end_counted = 2;
constexpr unsigned export_counted = 3;
constexpr unsigned activation_counted = 4;
constexpr unsigned missed_by_full = 5; // two bits
constexpr unsigned all = 7;

constexpr bool has(std::uint64_t flags, unsigned at) noexcept {
    return (flags >> at & 1U) != 0;
}

} // namespace

// The highest byte first: in the order of bytes as in that of numbers.
Blob key_column(const streams::SessionKey& key) noexcept {
    Blob column;
    for (std::size_t i = 0; i < 8; ++i) {
        column[i] = static_cast<std::byte>(key.high >> (56 - 8 * i));
        column[8 + i] = static_cast<std::byte>(key.low >> (56 - 8 * i));
    }
    return column;
}

streams::SessionKey key_of(const Blob& column) noexcept {
    streams::SessionKey key;
    for (std::size_t i = 0; i < 8; ++i) {
        key.high = key.high << 8U | static_cast<std::uint64_t>(column[i]);
        key.low = key.low << 8U | static_cast<std::uint64_t>(column[8 + i]);
    }
    return key;
}

std::uint64_t flags_column(const Entry& entry) noexcept {
    return std::uint64_t{entry.removed} << removed | std::uint64_t{entry.hidden} << hidden |
           std::uint64_t{entry.end_counted} << end_counted |
           std::uint64_t{entry.export_counted} << export_counted |
           std::uint64_t{entry.activation_counted} << activation_counted |
           std::uint64_t{entry.missed_by_full} << missed_by_full;
}

bool set_flags(Entry& entry, std::uint64_t flags) noexcept {
    if (flags >> all != 0) return false;
    entry.removed = has(flags, removed) ? 1 : 0;
    entry.hidden = has(flags, hidden) ? 1 : 0;
    entry.end_counted = has(flags, end_counted) ? 1 : 0;
    entry.export_counted = has(flags, export_counted) ? 1 : 0;
    entry.activation_counted = has(flags, activation_counted) ? 1 : 0;
    entry.missed_by_full = flags >> missed_by_full & 3U;
    return true;
}

} // namespace gls::state::file
