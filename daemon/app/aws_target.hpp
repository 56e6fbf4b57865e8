// The AWS half of one target: region, endpoint, credentials and transport, found out at the first
// call and again until that succeeds. So the daemon starts and serves whatever is missing, and
// picks it up as soon as it is there.
#pragma once

#include "aws/call.hpp"
#include "aws/credentials.hpp"
#include "aws/outside.hpp"
#include "aws/shared_config.hpp"
#include "poll/poller.hpp"
#include "settings/settings.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <optional>
#include <string>

namespace gls::app {

// App's; on the polling thread.
struct AwsSurroundings {
    boost::asio::any_io_executor executor;
    const Env& env;
    Files& files;
    Clock& clock;
    Random& random;
    Log& log;
    aws::Programs& programs;
    std::string version;
};

class AwsTarget final : public aws::Api, public poll::TargetFacts {
public:
    // `gate` and `observer` belong to the target and outlive it.
    AwsTarget(AwsSurroundings around, settings::Target target, settings::Api api,
              aws::CallGate& gate, aws::CallObserver& observer);
    ~AwsTarget() override;

    Task<Result<aws::Answer>> call(aws::Operation operation) override;
    void tell(poll::TargetIdentity& identity, poll::TargetStatus& status) override;
    Task<std::optional<std::string>> account_id() override;

private:
    struct Connected; // everything that needs a region

    [[nodiscard]] Task<Result<>> connect();
    [[nodiscard]] Task<Result<std::string>> region_of(aws::SharedConfig config,
                                                      aws::Outside outside);

    AwsSurroundings around_;
    settings::Target target_;
    settings::Api api_;
    aws::CallGate& gate_;
    aws::CallObserver& observer_;
    std::unique_ptr<aws::Transport> transport_;
    std::unique_ptr<Connected> connected_;
};

// The target's region as far as settings, environment and files tell it; "" where only the machine
// could.
[[nodiscard]] std::string region_at_hand(const settings::Target& target, const Env& env,
                                         const Files& files);

} // namespace gls::app
