// Keys of the role attached to the EC2 instance. When IMDS falters, or hands out keys that have run
// out, the last keys stay in use and are asked for again minutes later ("static stability": AWS
// goes on accepting them during an outage of its own). Source: EC2 user guide, "Retrieve security
// credentials from instance metadata".
#pragma once

#include "aws/credentials.hpp"
#include "aws/credentials/imds_client.hpp"
#include "aws/credentials/outside.hpp"

#include <optional>
#include <string>

namespace gls::aws {

class FromImds final : public CredentialsSource {
public:
    FromImds(const Outside& outside, std::string profile)
        : outside_{outside}, imds_{outside, std::move(profile)} {}
    // Errors: not_configured (turned off, not EC2, no role attached); credentials; timeout,
    // connection, server_error, throttled.
    [[nodiscard]] Task<Result<Credentials>> load() override;

private:
    [[nodiscard]] Task<Result<Credentials>> fetch();
    [[nodiscard]] Credentials extended(Credentials credentials, std::string_view why);

    Outside outside_;
    ImdsClient imds_;
    std::optional<Credentials> last_;
    bool is_extended_{false};
};

// The region that the instance runs in: the last resort for a target without one. Errors as get().
[[nodiscard]] Task<Result<std::string>> region_of_instance(Outside outside, std::string profile);

} // namespace gls::aws
