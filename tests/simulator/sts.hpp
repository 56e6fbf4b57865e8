// AWS STS in the query protocol: AssumeRole, AssumeRoleWithWebIdentity, GetCallerIdentity, with the
// checks that trip people up (role ARN, session name, duration, external id, token). Pure.
#pragma once

#include "simulator/credentials.hpp"
#include "simulator/failure.hpp"
#include "simulator/operation.hpp"

#include <expected>
#include <string>
#include <string_view>

namespace gls::simulator {

class StsService {
public:
    StsService(KeyBook& keys, std::string external_id, std::string web_identity_token)
        : keys_(keys), external_id_(std::move(external_id)),
          web_identity_token_(std::move(web_identity_token)) {}

    // The XML of a 200. `caller` is null for AssumeRoleWithWebIdentity, which is not signed.
    [[nodiscard]] std::expected<std::string, Failure> answer(Operation operation,
                                                             std::string_view form,
                                                             const Caller* caller, Millis now,
                                                             std::string_view request_id);

private:
    [[nodiscard]] std::expected<std::string, Failure>
    assume(Operation operation, std::string_view form, Millis now, std::string_view request_id);

    KeyBook& keys_;
    std::string external_id_;
    std::string web_identity_token_;
};

} // namespace gls::simulator
