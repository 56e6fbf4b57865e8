#include "metrics/deflate.hpp"

#include <zlib.h>

#include <stdexcept>

namespace gls::metrics {
namespace {

constexpr int raw_window = -15; // no zlib or gzip wrapper
constexpr int memory_level = 8; // zlib's own default

std::uint32_t crc_of(std::string_view text) {
    return static_cast<std::uint32_t>(
        crc32_z(0, reinterpret_cast<const Bytef*>(text.data()), text.size()));
}

void start(z_stream& stream, int level) {
    if (deflateInit2(&stream, level, Z_DEFLATED, raw_window, memory_level, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        throw std::bad_alloc{}; // its only cause with constant arguments
    }
}

// Appends all of `plain`, compressed; sized so that one call of deflate() does.
void run(z_stream& stream, std::string_view plain, int flush, std::string& out) {
    const auto before = out.size();
    constexpr std::size_t flush_bytes = 16; // an empty stored block at most
    out.resize(before + deflateBound(&stream, plain.size()) + flush_bytes);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream.avail_out = static_cast<uInt>(out.size() - before);
    deflate(&stream, flush);
    out.resize(out.size() - stream.avail_out);
}

// Of one text and `size` bytes of another behind it.
std::uint32_t joined_crc(std::uint32_t first, std::uint32_t second, std::uint64_t size) {
    return static_cast<std::uint32_t>(crc32_combine(first, second, static_cast<z_off_t>(size)));
}

void append_little_endian(std::string& out, std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8)
        out += static_cast<char>(value >> shift & 0xffU);
}

} // namespace

DeflatedPart deflated_part(std::string_view plain, Effort effort) {
    DeflatedPart part{{}, crc_of(plain), plain.size()};
    z_stream stream{};
    start(stream, effort == Effort::quick ? Z_BEST_SPEED : Z_DEFAULT_COMPRESSION);
    run(stream, plain, Z_SYNC_FLUSH, part.bytes);
    deflateEnd(&stream);
    part.bytes.shrink_to_fit();
    return part;
}

struct GzipEnding::Stream {
    z_stream z{};
};

void GzipEnding::Close::operator()(Stream* stream) const noexcept {
    deflateEnd(&stream->z);
    delete stream;
}

// The fastest level: this part is small and made for every scrape.
GzipEnding::GzipEnding() : stream_{new Stream} {
    start(stream_->z, Z_BEST_SPEED);
}

std::string GzipEnding::after(const DeflatedPart& first, const DeflatedPart& second,
                              std::string_view plain) {
    std::string out;
    deflateReset(&stream_->z);
    run(stream_->z, plain, Z_FINISH, out);
    const auto crc = joined_crc(first.crc, second.crc, second.plain_size);
    const auto size =
        first.plain_size + second.plain_size + plain.size(); // modulo 2^32, says 2.3.1
    append_little_endian(out, joined_crc(crc, crc_of(plain), plain.size()));
    append_little_endian(out, static_cast<std::uint32_t>(size));
    return out;
}

} // namespace gls::metrics
