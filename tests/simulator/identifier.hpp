// An Identifier of the API model: an id, or an ARN of this service. Pure.
#pragma once

#include "simulator/failure.hpp"

#include <expected>
#include <string>
#include <string_view>

namespace gls::simulator {

// The id that `text` names for this caller: the text itself, or the last part of its ARN when that
// is of this kind ("streamgroup/", "application/", "streamsession/GROUP/"), account and region.
// Text that the model's pattern does not allow is a ValidationException; somebody else's ARN is not
// found.
[[nodiscard]] std::expected<std::string, Failure>
id_of(std::string_view text, std::string_view kind, const Caller& caller);

} // namespace gls::simulator
