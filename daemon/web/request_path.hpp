// The path that a request target names: absolute form and query removed, percent-encoding undone.
// Pure. Rules: RFC 9112 3.2 and RFC 3986 2.1.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gls::web {

// None: not a target of the origin or absolute form, or a broken escape.
[[nodiscard]] std::optional<std::string> request_path(std::string_view target);

} // namespace gls::web
