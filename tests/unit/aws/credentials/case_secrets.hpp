// Everything in a recorded case that must never be shown, and whether a text shows it.
#pragma once

#include "unit/aws/shared_data.hpp"

#include <set>
#include <string>
#include <string_view>

namespace gls::aws::test {

// Secret keys, session and access tokens, client secrets and the tokens of token files, wherever
// the case holds them: environment, files, HTTP traffic, a program's output, the keys expected.
[[nodiscard]] std::set<std::string> secrets_of_case(const fs::path& folder);

// A short secret, such as the "bar" of some records, counts only as a word of its own.
[[nodiscard]] bool shows(std::string_view text, std::string_view secret);

} // namespace gls::aws::test
