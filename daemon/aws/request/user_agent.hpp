// Who we say we are in User-Agent and x-amz-user-agent, in the form that AWS's own tools use. Pure.
#pragma once

#include "aws/retry/retry_settings.hpp"

#include <string>
#include <string_view>

namespace gls::aws {

// "gamelift_streams_exporter/1.2.0 ua/2.1 api/gameliftstreams os/linux lang/c++ m/..."; each part
// is reduced to the characters that AWS allows in it.
[[nodiscard]] std::string user_agent(std::string_view version, std::string_view service_id,
                                     RetryMode mode);

} // namespace gls::aws
