// Inflates a gzip body (RFC 1952, all its members) as it comes in, and stops at a limit, so that a
// few kilobytes cannot become gigabytes.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace gls::aws {

class Gunzip {
public:
    enum class Step { more, malformed, too_large };

    Gunzip();
    ~Gunzip();
    Gunzip(Gunzip&&) noexcept;
    Gunzip& operator=(Gunzip&&) noexcept;

    // Appends what these bytes inflate to; `out` never grows past `limit` bytes.
    [[nodiscard]] Step put(std::string_view bytes, std::string& out, std::size_t limit);
    // Whether the last member was whole; nothing at all counts as whole.
    [[nodiscard]] bool complete() const noexcept;

private:
    struct Stream;
    std::unique_ptr<Stream> stream_;
};

} // namespace gls::aws
