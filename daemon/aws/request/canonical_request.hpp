// The first stage of Signature Version 4: a request in the one spelling that client and AWS both
// sign. Source: AWS IAM user guide, "Create a signed AWS API request", step 1. Pure.
#pragma once

#include "aws/http_message.hpp"

#include <string>
#include <string_view>

namespace gls::aws {

// What services other than S3 want is `normalized`: empty, "." and ".." segments are resolved.
enum class PathRule { normalized, as_is };

struct CanonicalRequest {
    std::string text;
    std::string signed_headers; // "host;x-amz-date", sorted
};

// `path` is as on the wire, so what is already percent-encoded is encoded a second time.
[[nodiscard]] std::string canonical_path(std::string_view path,
                                         PathRule rule = PathRule::normalized);
// `query` is as on the wire, without '?'; sorted by encoded name, then value.
[[nodiscard]] std::string canonical_query(std::string_view query);
// Headers that proxies and transports may change (User-Agent, Connection, ...) stay unsigned.
[[nodiscard]] bool is_signed_header(std::string_view lower_case_name) noexcept;

[[nodiscard]] CanonicalRequest canonical_request(const HttpRequest& request,
                                                 std::string_view payload_sha256_hex,
                                                 PathRule rule = PathRule::normalized);

} // namespace gls::aws
