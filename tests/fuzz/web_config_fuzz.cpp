// Any bytes as a web configuration file: values that keep every rule, or problems that a terminal
// and a log line can show.
#include "web/config/check_web_config.hpp"
#include "web/config/read_web_config.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto config = gls::web::read_web_config(text);
    if (config) {
        require(gls::web::check(*config).empty());
        return 0;
    }
    require(!config.error().empty());
    for (const auto& problem : config.error()) {
        for (const char c : gls::settings::text_of(problem, "file"))
            require(static_cast<unsigned char>(c) >= 0x20);
    }
    return 0;
}
