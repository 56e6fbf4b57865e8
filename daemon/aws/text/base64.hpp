// RFC 4648 4, with padding. Pure.
#pragma once

#include <string>
#include <string_view>

namespace gls::aws {

[[nodiscard]] std::string base64(std::string_view bytes);

} // namespace gls::aws
