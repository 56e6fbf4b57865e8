// Which format and encoding a client asks for, by the weights of Accept and Accept-Encoding.
// Clients that ask for nothing we have get the text format, uncompressed. Pure. Rules: RFC
// 9110 12.5.1 and 12.5.3; content types as Prometheus 3 demands them.
#pragma once

#include "metrics/scrape.hpp"

#include <string_view>

namespace gls::web {

// Equal weights: whichever is named first; where one range names both, text.
[[nodiscard]] metrics::Format format_for(std::string_view accept);
[[nodiscard]] metrics::Encoding encoding_for(std::string_view accept_encoding);
[[nodiscard]] std::string_view content_type_of(metrics::Format format) noexcept;

} // namespace gls::web
