// A command line taken apart into arguments as a POSIX shell would, without one: blanks separate,
// quotes and backslashes keep together, and nothing is expanded, piped or redirected. Pure.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace gls::aws {

// Errors: invalid_input (a quote without its end, no program), without any of the text.
[[nodiscard]] Result<std::vector<std::string>> split_command_line(std::string_view text);

} // namespace gls::aws
