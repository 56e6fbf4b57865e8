// --config.check: both files that an operator writes are read as a start would read them, and every
// mistake of both is told at once; without one, what the settings will cost.
#pragma once

#include "app/arguments/arguments.hpp"
#include "base/files.hpp"
#include "base/result.hpp"

#include <string>

namespace gls::app {

// The text to print. Error: invalid_input; one line a mistake, with file:line:column where it has a
// place. The certificates that the web configuration names are read as well.
[[nodiscard]] Result<std::string> check_config(const Arguments& arguments, const Files& files);

} // namespace gls::app
