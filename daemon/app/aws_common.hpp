// What the targets have in common where their settings are equal: a transport with its connections
// for each store of trusted certificates, and behind it the keys. Polling thread only.
#pragma once

#include "aws/credentials/outside.hpp"
#include "aws/credentials/target_credentials.hpp"
#include "aws/profile/shared_config.hpp"
#include "base/result.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <map>
#include <memory>
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

// One way out of the machine. Held by whoever uses it or keys that came through it.
struct AwsReach {
    AwsReach(const AwsSurroundings& around, std::unique_ptr<aws::Transport> by);

    const std::unique_ptr<aws::Transport> transport;
    const aws::Outside outside;
    aws::CredentialsPool keys;
};

class AwsCommon {
public:
    explicit AwsCommon(AwsSurroundings around) : around_{std::move(around)} {}
    AwsCommon(const AwsCommon&) = delete;
    AwsCommon& operator=(const AwsCommon&) = delete;
    ~AwsCommon() = default;

    [[nodiscard]] const AwsSurroundings& around() const noexcept { return around_; }
    // Errors: invalid_input (the proxy's address, AWS_CA_BUNDLE).
    [[nodiscard]] Result<std::shared_ptr<AwsReach>> reach(const aws::SharedConfig& config);
    void ask_for_keys_anew(); // a reload
    // "" where neither settings, environment and files nor the instance's metadata tell it.
    [[nodiscard]] Task<std::string> region_of(std::string setting, std::string profile);

private:
    AwsSurroundings around_;
    std::map<std::string, std::weak_ptr<AwsReach>> reaches_; // by the certificates' file
};

} // namespace gls::app
