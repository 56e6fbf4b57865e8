// A gzip member (RFC 1952) put together from parts: large ones, compressed once and shared, and a
// small last one, compressed for each answer. Pure.
#pragma once

#include <cstdint>
#include <memory>
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

// Compresses last parts, one after another, with memory that it keeps.
class GzipEnding {
public:
    GzipEnding();
    // What completes gzip_header and the bytes of both parts: the plain text deflated, and the
    // trailer over all three.
    [[nodiscard]] std::string after(const DeflatedPart& first, const DeflatedPart& second,
                                    std::string_view plain);

private:
    struct Stream;
    struct Close {
        void operator()(Stream* stream) const noexcept;
    };
    std::unique_ptr<Stream, Close> stream_;
};

} // namespace gls::metrics
