// What the command line asks for, to its end.
#pragma once

#include "app/arguments/arguments.hpp"

namespace gls::app {

[[nodiscard]] int run(Arguments arguments); // the exit code

} // namespace gls::app
