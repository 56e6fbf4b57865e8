// Request targets: a path comes out that is no longer than what went in, or none.
#include "web/request_path.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto path = gls::web::request_path(text);
    const bool grown = path && path->size() > size + 1; // "/" may stand for no path
    if (grown || (path && !text.starts_with('/') && text.find("://") == text.npos)) std::abort();
    return 0;
}
