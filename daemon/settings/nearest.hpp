// The known word that a mistyped one most likely meant. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gls::settings {

// None where no word is near: at most a third of the letters may differ.
[[nodiscard]] std::optional<std::string> nearest(std::string_view word,
                                                 std::span<const std::string> known);

} // namespace gls::settings
