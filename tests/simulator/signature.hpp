// Signature Version 4, verified from the server's side. Written from the specification ("Create a
// signed AWS API request", AWS General Reference / IAM User Guide) and deliberately without a line
// of the daemon's signer: a mistake shared by both would pass unseen. Pure: keys and time come in.
#pragma once

#include "simulator/credentials.hpp"
#include "simulator/http.hpp"

#include <map>
#include <string>
#include <variant>

namespace gls::simulator {

// What is wrong with a signature; each protocol has its own names for these (error_names.hpp).
enum class Refusal : std::uint8_t {
    missing_authentication, // no Authorization header
    incomplete,             // not of the form that SigV4 prescribes, or without X-Amz-Date
    unknown_key,            // key id or session token unknown
    expired_token,
    expired_signature, // signed more than five minutes before or after the service's time
    wrong_scope,       // not for this service, region form or day
    mismatch,
};

struct Refused {
    Refusal why;
    std::string message;
};

struct Caller {
    std::string access_key_id;
    std::string account_id;
    std::string arn;
    std::string region; // of the signature's scope
};

class SignatureCheck {
public:
    explicit SignatureCheck(const KeyBook& keys) : keys_(keys) {}

    [[nodiscard]] std::variant<Caller, Refused> check(const Request& request,
                                                      std::string_view service, Millis now);

private:
    const std::string& signing_key(const Key& key, std::string_view date, std::string_view region,
                                   std::string_view service);
    const KeyBook& keys_;
    std::map<std::string, std::string> signing_keys_; // by scope, key id and secret
};

// For tests: the canonical request of `request` with these signed headers ("a;b;c").
[[nodiscard]] std::string canonical_request_of(const Request& request,
                                               std::string_view signed_headers);

} // namespace gls::simulator
