#include "metrics/deflate.hpp"

#include <zlib.h>

#include <algorithm>
#include <new>

namespace gls::metrics {
namespace {

constexpr int raw_window = -15;                // no zlib or gzip wrapper
constexpr int memory_level = 8;                // zlib's own default
constexpr std::size_t longest_stored = 65'535; // bytes in one stored block

std::uint32_t crc_of(std::string_view text) {
    return static_cast<std::uint32_t>(
        crc32_z(0, reinterpret_cast<const Bytef*>(text.data()), text.size()));
}

// All of `plain`, compressed; sized so that one call of deflate() does.
void run(z_stream& stream, std::string_view plain, std::string& out) {
    constexpr std::size_t flush_bytes = 16; // an empty stored block at most
    out.resize(deflateBound(&stream, plain.size()) + flush_bytes);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_SYNC_FLUSH);
    out.resize(out.size() - stream.avail_out);
}

// Of one text and `size` bytes of another behind it.
std::uint32_t joined_crc(std::uint32_t first, std::uint32_t second, std::uint64_t size) {
    return static_cast<std::uint32_t>(crc32_combine(first, second, static_cast<z_off_t>(size)));
}

void append_little_endian(std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>(value >> (8 * i) & 0xffU);
}

// RFC 1951 3.2.4, beginning at a byte boundary.
void append_stored(std::string& out, std::string_view text, bool last) {
    const auto length = static_cast<std::uint32_t>(text.size());
    out += last ? '\1' : '\0';
    append_little_endian(out, length, 2);
    append_little_endian(out, ~length, 2);
    out.append(text);
}

} // namespace

DeflatedPart deflated_part(std::string_view plain, Effort effort) {
    DeflatedPart part{{}, crc_of(plain), plain.size()};
    z_stream stream{};
    const int level = effort == Effort::quick ? Z_BEST_SPEED : Z_DEFAULT_COMPRESSION;
    if (deflateInit2(&stream, level, Z_DEFLATED, raw_window, memory_level, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        throw std::bad_alloc{}; // its only cause with these arguments
    }
    run(stream, plain, part.bytes);
    deflateEnd(&stream);
    part.bytes.shrink_to_fit();
    return part;
}

std::string gzip_ending(const DeflatedPart& first, const DeflatedPart& second,
                        std::string_view plain) {
    const auto crc = joined_crc(joined_crc(first.crc, second.crc, second.plain_size), crc_of(plain),
                                plain.size());
    const auto size = first.plain_size + second.plain_size + plain.size();
    std::string out;
    out.reserve(plain.size() + 32);
    bool last = false;
    while (!last) {
        last = plain.size() <= longest_stored;
        append_stored(out, plain.substr(0, longest_stored), last);
        plain.remove_prefix(std::min(plain.size(), longest_stored));
    }
    append_little_endian(out, crc, 4);
    append_little_endian(out, static_cast<std::uint32_t>(size), 4); // modulo 2^32, says 2.3.1
    return out;
}

} // namespace gls::metrics
