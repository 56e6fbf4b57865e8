// The way from YAML text to values that the settings and the web configuration file share: parse,
// fill, check, and every problem with its place. Pure.
#pragma once

#include "settings/check.hpp"
#include "settings/problem.hpp"
#include "settings/reader.hpp"

#include <functional>
#include <string_view>

namespace gls::settings {

// `fill` reads every known key; `check` is then asked for the rules between values, where all of
// the file could be read. `first_key` is what the advice names to somebody whose file has no keys
// at all. Returns the problems in the file's order; none: the values hold.
[[nodiscard]] Problems read_document(std::string_view text, std::string_view first_key,
                                     const std::function<void(Reader&)>& fill,
                                     const std::function<Findings()>& check);

} // namespace gls::settings
