// A refused call as an Error: which kind it is, AWS's code and message, and what helps to go on.
// Reads restJson1 (GameLift Streams) and query protocol (STS) errors in every form they come in.
// Pure.
#pragma once

#include "aws/http_message.hpp"
#include "base/error.hpp"

#include <string>
#include <string_view>

namespace gls::aws {

enum class ErrorFormat { rest_json, query_xml };

// For any response that is not a success; the body may be missing, HTML or cut off. `message` is
// one line: bounded, without control characters.
[[nodiscard]] Error error_of(const HttpResponse& response, ErrorFormat format);

// What the caller does about AWS's `code` ("" = unknown) and the status. The code decides where it
// is known, because AWS throttles with many statuses; a bare 429 is throttling.
[[nodiscard]] ErrorKind kind_of(int status, std::string_view code) noexcept;

// "aws.protocoltests#FooError:http://..." -> "FooError"; "" where it does not look like a code.
[[nodiscard]] std::string error_code_of(std::string_view text);

// One line of at most `limit` bytes that is valid UTF-8 and holds no control characters.
[[nodiscard]] std::string one_line(std::string_view text, std::size_t limit = 300);

} // namespace gls::aws
