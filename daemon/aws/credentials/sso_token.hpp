// The access token of IAM Identity Center as `aws sso login` keeps it in a file below
// ~/.aws/sso/cache, and its renewal. Pure.
// Source: AWS SDKs and Tools guide, "IAM Identity Center credential provider".
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace gls::aws {

struct SsoToken {
    Secret access_token;
    WallTime expires_at{};
    Secret refresh_token; // empty: it cannot be renewed
    std::string client_id;
    Secret client_secret;
    std::optional<WallTime> registration_expires_at;
};

// The cache file's name: SHA-1 of the session's name, or of the start URL where there is no
// session.
[[nodiscard]] std::string sso_cache_file_name(std::string_view session_or_start_url);

// Errors: malformed, naming the member.
[[nodiscard]] Result<SsoToken> parse_sso_token(std::string_view json);

// Whether the cache holds all that a renewal needs, and the client's registration still stands.
[[nodiscard]] bool is_renewable(const SsoToken& token, WallTime now) noexcept;

// The body of CreateToken, and its answer on top of the token that was sent.
[[nodiscard]] std::string renewal_request(const SsoToken& token);
[[nodiscard]] Result<SsoToken> parse_renewed_token(std::string_view json, SsoToken before,
                                                   WallTime now);

// The cache file with the token's new values in it and every other member as it was.
[[nodiscard]] Result<std::string> with_token(std::string_view cache_json, const SsoToken& token);

} // namespace gls::aws
