// A gzip member (RFC 1952) put together from parts: large ones, compressed once and shared, and a
// small last one that is new in each answer. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gls::metrics {

// Raw deflate (RFC 1951) flushed to a byte boundary and left open, so that another part may follow.
struct DeflatedPart {
    std::string bytes;
    std::uint32_t crc{0}; // of the plain text
    std::uint64_t plain_size{0};
};
enum class Effort : std::uint8_t { quick, thorough };
[[nodiscard]] DeflatedPart deflated_part(std::string_view plain, Effort effort);

inline constexpr std::string_view gzip_header{"\x1f\x8b\x08\0\0\0\0\0\0\xff", 10};

// What completes gzip_header and the bytes of both parts: the last part as it is, in stored blocks,
// and the trailer over all three. To compress these two kilobytes took a quarter of a scrape.
[[nodiscard]] std::string gzip_ending(const DeflatedPart& first, const DeflatedPart& second,
                                      std::string_view plain);

} // namespace gls::metrics
