#include "app/aws_common.hpp"

#include "aws/credentials/from_imds.hpp"
#include "aws/transport/tls_transport.hpp"

#include <utility>

namespace gls::app {

namespace {

aws::Outside outside_of(const AwsSurroundings& around, aws::Transport& transport) {
    return {around.env, around.files, around.clock,    around.random,
            around.log, transport,    around.programs, around.version};
}

} // namespace

AwsReach::AwsReach(const AwsSurroundings& around, std::unique_ptr<aws::Transport> by)
    : transport{std::move(by)}, outside{outside_of(around, *transport)}, keys{outside} {}

Result<std::shared_ptr<AwsReach>> AwsCommon::reach(const aws::SharedConfig& config) {
    aws::TransportOptions options;
    options.ca_bundle = aws::configured_ca_bundle(around_.env, config);
    auto& kept = reaches_[options.ca_bundle];
    if (auto reach = kept.lock()) return reach;
    auto proxies = aws::proxy_settings(around_.env);
    if (!proxies) return std::unexpected{std::move(proxies.error())};
    options.proxies = *std::move(proxies);
    auto transport = aws::tls_transport(around_.executor, around_.clock, std::move(options));
    if (!transport) return std::unexpected{std::move(transport.error())};
    auto reach = std::make_shared<AwsReach>(around_, *std::move(transport));
    kept = reach;
    return reach;
}

void AwsCommon::ask_for_keys_anew() {
    for (const auto& [bundle, kept] : reaches_) {
        if (const auto reach = kept.lock()) reach->keys.ask_anew();
    }
}

Task<std::string> AwsCommon::region_of(std::string setting, std::string profile) {
    const auto config = aws::load_shared_config(around_.env, around_.files, profile);
    if (!config) co_return setting;
    auto region = aws::configured_region(setting, around_.env, *config);
    if (!region.empty()) co_return region;
    const auto way = reach(*config);
    if (!way) co_return region;
    const auto told = co_await aws::region_of_instance((*way)->outside, std::move(profile));
    if (told) region = *told;
    co_return region;
}

} // namespace gls::app
