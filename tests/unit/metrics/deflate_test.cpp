#include "metrics/deflate.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

#include <random>

namespace gls::metrics {
namespace {

// Unpacks exactly one gzip member that takes up all bytes; zlib checks the crc and the length.
std::string unpacked(std::string_view bytes) {
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 16 + MAX_WBITS) == Z_OK);
    std::string out(1U << 22U, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    CHECK(stream.avail_in == 0);
    out.resize(out.size() - stream.avail_out);
    inflateEnd(&stream);
    return out;
}

std::string text_of_length(std::size_t length, bool noise) {
    std::string text;
    std::minstd_rand chance{1}; // a fixed sequence
    while (text.size() < length) {
        text +=
            noise ? static_cast<char>(chance()) : "family{label=\"value\"} 1\n"[text.size() % 24];
    }
    return text;
}

TEST_CASE("shared parts and an ending make one gzip member of all") {
    for (const bool noise : {false, true}) {
        for (const std::size_t first : {0U, 1U, 100U, 65'536U, 1'500'000U}) {
            for (const std::size_t last : {0U, 1U, 20'000U, 65'535U, 65'536U, 200'000U}) {
                const auto a = text_of_length(first, noise);
                const auto b = text_of_length(first / 3 + last / 2, false);
                const auto c = text_of_length(last, !noise);
                const auto one = deflated_part(a, Effort::thorough);
                const auto two = deflated_part(b, Effort::quick);
                std::string member{gzip_header};
                member.append(one.bytes).append(two.bytes).append(gzip_ending(one, two, c));
                std::string whole = a;
                whole.append(b).append(c);
                CHECK(unpacked(member) == whole);
            }
        }
    }
}

} // namespace
} // namespace gls::metrics
