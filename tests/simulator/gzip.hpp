// Compresses an answer as a fast server would (zlib, level 1).
#pragma once

#include <string>
#include <string_view>

namespace gls::simulator {

[[nodiscard]] std::string gzipped(std::string_view bytes);

} // namespace gls::simulator
