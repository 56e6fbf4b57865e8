// Percent-encoding as AWS signs it: every byte outside A-Z a-z 0-9 - . _ ~ becomes %XX with
// upper-case digits (SigV4's UriEncode). Pure.
#pragma once

#include <string>
#include <string_view>

namespace gls::aws {

enum class Slash { encode, keep };

void append_percent_encoded(std::string& out, std::string_view text, Slash slash = Slash::encode);
[[nodiscard]] std::string percent_encoded(std::string_view text, Slash slash = Slash::encode);
// Decodes valid %XX and leaves the rest ('+' too) as it is.
[[nodiscard]] std::string percent_decoded(std::string_view text);

} // namespace gls::aws
