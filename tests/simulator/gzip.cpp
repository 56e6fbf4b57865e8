#include "simulator/gzip.hpp"

#include <zlib.h>

namespace gls::simulator {

std::string gzipped(std::string_view bytes) {
    z_stream stream{};
    constexpr int gzip_window = 15 + 16; // zlib's manual: 16 more asks for the gzip format
    deflateInit2(&stream, 1, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    // zlib takes its input by a pointer to non-const, but only reads it.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

} // namespace gls::simulator
