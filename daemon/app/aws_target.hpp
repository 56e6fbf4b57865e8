// The AWS half of one target: endpoint, credentials and transport, found out at the first call and
// again until that succeeds. So the daemon starts and serves whatever is missing, and
// picks it up as soon as it is there.
#pragma once

#include "app/aws_common.hpp"
#include "aws/call.hpp"
#include "aws/credentials.hpp"
#include "poll/poller.hpp"
#include "settings/settings.hpp"

#include <memory>
#include <optional>
#include <string>

namespace gls::app {

class AwsTarget final : public aws::Api, public poll::TargetFacts {
public:
    // `common` is App's; `gate` and `observer` belong to the target. All outlive it.
    // `target` has the region in force; "": every call fails and says so.
    AwsTarget(AwsCommon& common, settings::Target target, settings::Api api, aws::CallGate& gate,
              aws::CallObserver& observer);
    ~AwsTarget() override;

    Task<Result<aws::Answer>> call(aws::Operation operation) override;
    void tell(poll::TargetStatus& status) override;
    Task<Result<std::string>> account_id() override;
    void configure(settings::Api api); // for calls to come

private:
    struct Connected; // everything that needs a region

    [[nodiscard]] Result<> connect();

    AwsCommon& common_;
    settings::Target target_;
    settings::Api api_;
    aws::CallGate& gate_;
    aws::CallObserver& observer_;
    std::shared_ptr<Connected> connected_; // held by calls under way as well
};

} // namespace gls::app
