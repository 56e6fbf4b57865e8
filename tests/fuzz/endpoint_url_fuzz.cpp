// Any text as an endpoint URL: refused, or an endpoint whose own spelling reads back as the same.
#include "aws/request/endpoint.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gls::aws;
    const auto parsed = parse_endpoint_url({reinterpret_cast<const char*>(data), size});
    if (!parsed) return 0;
    const auto again = parse_endpoint_url(url_of(*parsed));
    if (!again || !(*again == *parsed)) __builtin_trap();
    return 0;
}
