// Any text as a listen address: refused, or one that writes back to itself.
#include "web/listen_address.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto address = gls::web::parse_listen_address(text);
    if (!address)
        return address.error().kind == gls::ErrorKind::invalid_input ? 0 : (std::abort(), 0);
    const auto again = gls::web::parse_listen_address(gls::web::address_text(*address));
    if (!again || *again != *address) std::abort();
    return 0;
}
