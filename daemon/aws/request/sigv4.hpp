// Signature Version 4 in the Authorization header, for any service and region; the specification's
// stages are exposed one by one. Source: AWS IAM user guide, "Create a signed AWS API request".
// Pure.
#pragma once

#include "aws/credentials_value.hpp"
#include "aws/http_message.hpp"
#include "aws/request/canonical_request.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

#include <array>
#include <string>
#include <string_view>

namespace gls::aws {

using Sha256 = std::array<unsigned char, 32>;

[[nodiscard]] Sha256 sha256(std::string_view data);
[[nodiscard]] Sha256 hmac_sha256(std::string_view key, std::string_view data);
[[nodiscard]] std::string hex(const Sha256& bytes); // lower case

// 20150830/us-east-1/service/aws4_request, for the day of `amz_date` (20150830T123600Z).
[[nodiscard]] std::string credential_scope(std::string_view amz_date, std::string_view region,
                                           std::string_view service);
[[nodiscard]] std::string string_to_sign(std::string_view amz_date, std::string_view scope,
                                         std::string_view canonical_request_text);
[[nodiscard]] Sha256 signing_key(const Secret& secret_access_key, std::string_view day,
                                 std::string_view region, std::string_view service);

// Signs requests of one service in one region. Deriving the key takes four HMACs and holds for a
// UTC day, so the last one is kept; it is wiped when it is replaced. Not for concurrent use.
class Signer {
public:
    Signer(std::string region, std::string service, PathRule rule = PathRule::normalized);
    ~Signer();
    Signer(const Signer&) = delete;
    Signer& operator=(const Signer&) = delete;

    // Sets Host, X-Amz-Date, X-Amz-Security-Token (where there is one) and Authorization, replacing
    // those of an earlier attempt. Signs every header but those of is_signed_header.
    void sign(HttpRequest& request, const Credentials& keys, WallTime now);

private:
    [[nodiscard]] const Sha256& key_of(const Secret& secret_access_key, std::string_view day);

    std::string region_;
    std::string service_;
    PathRule rule_;
    std::string kept_day_;
    Secret kept_secret_; // what the key was derived from, as the credentials hold it as well
    Sha256 kept_key_{};
};

} // namespace gls::aws
