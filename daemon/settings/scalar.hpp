// What an unquoted YAML value is, by YAML 1.2's core rules made narrower: a number is written as in
// JSON (no 0x, 0o, leading zeros, underscores or +), a boolean is true or false. Older YAML reads
// 010 as eight and `yes` as true; here neither is guessed at, both are refused. Pure.
#pragma once

#include <optional>
#include <string_view>

namespace gls::settings {

[[nodiscard]] std::optional<bool> parse_boolean(std::string_view text);
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

// Whether YAML (1.2's core rules) takes the unquoted text for a number or boolean rather than text.
[[nodiscard]] bool is_not_text(std::string_view text);

} // namespace gls::settings
