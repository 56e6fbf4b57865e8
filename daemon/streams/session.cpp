#include "streams/session.hpp"

#include <algorithm>
#include <cstring>

namespace gls::streams {
namespace {

constexpr std::array<std::string_view, status_count> status_texts{
    "ACTIVATING",   "ACTIVE",      "CONNECTED",  "PENDING_CLIENT_RECONNECTION",
    "RECONNECTING", "TERMINATING", "TERMINATED", "ERROR",
    "UNKNOWN"};
constexpr std::array<std::string_view, export_status_count> export_status_texts{
    "NONE", "PENDING", "SUCCEEDED", "FAILED", "UNKNOWN"};

// Among the texts from `first` to before `last`, which are AWS's own. From the back: nearly all
// that is listed has ended.
template <class Enum, std::size_t N>
Enum find_in(const std::array<std::string_view, N>& texts, std::size_t first, std::size_t last,
             std::string_view text) noexcept {
    for (std::size_t i = last; i-- > first;) {
        if (texts[i] == text) return static_cast<Enum>(i);
    }
    return Enum::unknown;
}

// Both halves of a 128-bit product folded into one: every bit of either factor reaches every bit.
std::uint64_t fold(std::uint64_t a, std::uint64_t b) noexcept {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product >> 64U) ^ static_cast<std::uint64_t>(product);
}

// Odd numbers without structure: the fractions of the square roots of 2, 3, 5 and 7.
constexpr std::uint64_t root_2 = 0x6a09e667f3bcc909;
constexpr std::uint64_t root_3 = 0xbb67ae8584caa73b;
constexpr std::uint64_t root_5 = 0x3c6ef372fe94f82b;
constexpr std::uint64_t root_7 = 0xa54ff53a5f1d36f1;

} // namespace

std::string_view text_of(Status status) noexcept {
    return status_texts[static_cast<std::size_t>(status)];
}

Status status_of(std::string_view text) noexcept {
    return find_in<Status>(status_texts, 0, known_status_count, text);
}

std::string_view text_of(ExportStatus status) noexcept {
    return export_status_texts[static_cast<std::size_t>(status)];
}

ExportStatus export_status_of(std::string_view text) noexcept {
    return find_in<ExportStatus>(export_status_texts, 1, export_status_count - 1, text);
}

bool is_known_status_reason(std::string_view text) noexcept {
    return std::ranges::find(known_end_reasons, text, [](const auto& known) {
               return known.second;
           }) != known_end_reasons.end();
}

// Two independent lanes over words of eight bytes; the length is mixed in, so that zero bytes at
// the end count. The state file holds these numbers: changing them needs a migration.
SessionKey key_of(std::string_view arn) noexcept {
    std::uint64_t high = root_2 ^ arn.size();
    std::uint64_t low = root_3 + arn.size();
    const auto take = [&](std::uint64_t word) {
        high = fold(high ^ word, root_5);
        low = fold(low + word, root_7) + word;
    };
    std::uint64_t word = 0; // little-endian, as every platform that we build for
    const std::size_t odd = arn.size() % sizeof word;
    const char* const end = arn.data() + arn.size();
    for (const char* at = arn.data(); at != end - odd; at += sizeof word) {
        std::memcpy(&word, at, sizeof word);
        take(word);
    }
    if (odd != 0) {
        word = 0;
        if (arn.size() < sizeof word) {
            std::memcpy(&word, arn.data(), odd);
        } else { // all eight at the end, less those that were taken: no loop over single bytes
            std::memcpy(&word, end - sizeof word, sizeof word);
            word >>= 8 * (sizeof word - odd);
        }
        take(word);
    }
    return {fold(high ^ root_7, low | 1U), fold(low ^ root_5, high | 1U)};
}

} // namespace gls::streams
