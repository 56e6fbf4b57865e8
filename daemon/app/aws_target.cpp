#include "app/aws_target.hpp"

#include "aws/configured_endpoint.hpp"
#include "aws/from_imds.hpp"
#include "aws/retry_settings.hpp"
#include "aws/signed_api.hpp"
#include "aws/sts.hpp"
#include "aws/target_credentials.hpp"
#include "aws/tls_transport.hpp"
#include "aws/user_agent.hpp"

#include <utility>

namespace gls::app {

namespace {

constexpr const char* service = "GameLiftStreams"; // as AWS_ENDPOINT_URL_GAMELIFTSTREAMS spells it

} // namespace

struct AwsTarget::Connected {
    std::unique_ptr<aws::CredentialsProvider> credentials;
    std::unique_ptr<aws::Api> api;
    aws::Sts sts;
};

AwsTarget::AwsTarget(AwsSurroundings around, settings::Target target, settings::Api api,
                     aws::CallGate& gate, aws::CallObserver& observer)
    : around_{std::move(around)}, target_{std::move(target)}, api_{api}, gate_{gate},
      observer_{observer} {}

AwsTarget::~AwsTarget() = default;

Task<Result<aws::Answer>> AwsTarget::call(aws::Operation operation) {
    if (!connected_) {
        auto connected = co_await connect();
        if (!connected) co_return std::unexpected{std::move(connected.error())};
    }
    co_return co_await connected_->api->call(std::move(operation));
}

Task<Result<std::string>> AwsTarget::region_of(aws::SharedConfig config, aws::Outside outside) {
    std::string region = aws::configured_region(target_.region, around_.env, config);
    if (region.empty()) {
        auto told = co_await aws::region_of_instance(std::move(outside), target_.profile);
        if (told) region = *std::move(told);
    }
    if (region.empty()) {
        co_return fail(ErrorKind::invalid_input, "no region is set: give the target a region, or "
                                                 "set AWS_REGION or the profile's region");
    }
    co_return region;
}

Task<Result<>> AwsTarget::connect() {
    const auto& env = around_.env;
    auto config = aws::load_shared_config(env, around_.files, target_.profile);
    if (!config) co_return std::unexpected{std::move(config.error())};
    if (!transport_) {
        aws::TransportOptions options;
        options.ca_bundle = aws::configured_ca_bundle(env, *config);
        auto proxies = aws::proxy_settings(env);
        if (!proxies) co_return std::unexpected{std::move(proxies.error())};
        options.proxies = *std::move(proxies);
        auto transport = aws::tls_transport(around_.executor, around_.clock, std::move(options));
        if (!transport) co_return std::unexpected{std::move(transport.error())};
        transport_ = *std::move(transport);
    }
    const aws::Outside outside{env,         around_.files, around_.clock,    around_.random,
                               around_.log, *transport_,   around_.programs, around_.version};
    auto region = co_await region_of(*config, outside);
    if (!region) co_return std::unexpected{std::move(region.error())};
    if (connected_) co_return Result<>{}; // by the other lane, meanwhile

    auto question =
        aws::endpoint_question(service, *region, target_.endpoint_url, env, config->endpoints());
    if (!question) co_return std::unexpected{std::move(question.error())};
    auto endpoint = aws::gamelift_streams_endpoint(*question);
    if (!endpoint) co_return std::unexpected{std::move(endpoint.error())};
    const auto retries = aws::retry_settings(api_.max_attempts, env, config->values());
    if (!retries) co_return std::unexpected{retries.error()};

    auto credentials = aws::target_credentials(outside, target_, *region);
    aws::CallSettings call;
    call.endpoint = *std::move(endpoint);
    call.limits.max_attempts = retries->max_attempts;
    call.mode = retries->mode;
    call.deadlines.connect = api_.connect_timeout;
    call.deadlines.request = api_.request_timeout;
    call.user_agent = aws::user_agent(around_.version, service, retries->mode);
    const aws::CallParts parts{*transport_,       around_.clock, around_.random, around_.log,
                               credentials.get(), &gate_,        &observer_};
    auto api = aws::signed_api(std::move(call), parts);
    around_.log.info("target_connected", {{"target", target_.name}, {"region", *region}});
    connected_ = std::make_unique<Connected>(Connected{
        std::move(credentials), std::move(api), aws::Sts{outside, target_.profile, *region}});
    co_return Result<>{};
}

void AwsTarget::tell(poll::TargetIdentity& /*identity*/, poll::TargetStatus& status) {
    const auto current = connected_ ? connected_->credentials->current() : nullptr;
    if (!current) return;
    status.credentials_source = current->source;
    status.credentials_expire_at = current->expires_at;
}

Task<std::optional<std::string>> AwsTarget::account_id() {
    if (!connected_) co_return std::nullopt;
    const auto current = connected_->credentials->current();
    if (current && !current->account_id.empty()) co_return current->account_id;
    auto told = co_await connected_->sts.account_of_caller(*connected_->credentials);
    if (!told) co_return std::nullopt;
    co_return *std::move(told);
}

std::string region_at_hand(const settings::Target& target, const Env& env, const Files& files) {
    const auto config = aws::load_shared_config(env, files, target.profile);
    return config ? aws::configured_region(target.region, env, *config) : target.region;
}

} // namespace gls::app
