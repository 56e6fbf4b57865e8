// The text of named elements in a small XML document, which is all that STS's answers need. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gls::aws {

// The text of the first element reached by `path` ("ErrorResponse/Error/Code"; namespaces prefixes
// are ignored), entities decoded, blanks kept. nullopt: no such element, the element has children,
// or the document is not well-formed up to there, too deep (16) or has a DOCTYPE.
[[nodiscard]] std::optional<std::string> xml_text(std::string_view document, std::string_view path);

} // namespace gls::aws
