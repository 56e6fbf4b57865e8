// Accept and Accept-Encoding: any bytes must give a format and an encoding.
#include "web/accept.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    (void)gls::web::format_for(text);
    (void)gls::web::encoding_for(text);
    return 0;
}
