#include "aws/transport/gunzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>

namespace gls::aws {

struct Gunzip::Stream {
    Stream() {
        // 15 window bits, 16 for "gzip only" (zlib.h). It fails for want of memory alone.
        if (::inflateInit2(&z, 15 + 16) != Z_OK) throw std::bad_alloc{};
    }
    ~Stream() { ::inflateEnd(&z); }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    z_stream z{};
    bool between_members{true};
};

Gunzip::Gunzip() : stream_{std::make_unique<Stream>()} {}
Gunzip::~Gunzip() = default;
Gunzip::Gunzip(Gunzip&&) noexcept = default;
Gunzip& Gunzip::operator=(Gunzip&&) noexcept = default;

bool Gunzip::complete() const noexcept {
    return stream_->between_members;
}

Gunzip::Step Gunzip::put(std::string_view bytes, std::string& out, std::size_t limit) {
    z_stream& z = stream_->z;
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data())); // zlib only reads it
    z.avail_in = static_cast<uInt>(bytes.size());
    std::array<char, 16U << 10U> piece; // NOLINT(*-member-init): zlib fills it
    for (;;) {
        if (stream_->between_members) {
            if (z.avail_in == 0) return Step::more;
            stream_->between_members = false;
            if (::inflateReset(&z) != Z_OK) return Step::malformed;
        }
        z.next_out = reinterpret_cast<Bytef*>(piece.data());
        z.avail_out = static_cast<uInt>(piece.size());
        const int result = ::inflate(&z, Z_NO_FLUSH);
        const std::size_t made = piece.size() - z.avail_out;
        if (made > limit - std::min(limit, out.size())) return Step::too_large;
        out.append(piece.data(), made);
        if (result == Z_STREAM_END)
            stream_->between_members = true;
        else if (result == Z_BUF_ERROR) // nothing left to do with what has come
            return Step::more;
        else if (result != Z_OK)
            return Step::malformed;
    }
}

} // namespace gls::aws
