#include "app/aws_target.hpp"

#include "aws/call/signed_api.hpp"
#include "aws/credentials/sts.hpp"
#include "aws/request/configured_endpoint.hpp"
#include "aws/request/user_agent.hpp"
#include "aws/retry/retry_settings.hpp"

#include <utility>

namespace gls::app {

namespace {

constexpr const char* service = "GameLiftStreams"; // as AWS_ENDPOINT_URL_GAMELIFTSTREAMS spells it

} // namespace

struct AwsTarget::Connected {
    std::shared_ptr<AwsReach> reach; // first: the others stand on it
    std::shared_ptr<aws::CredentialsProvider> credentials;
    std::unique_ptr<aws::Api> api;
    aws::Sts sts;
};

AwsTarget::AwsTarget(AwsCommon& common, settings::Target target, settings::Api api,
                     aws::CallGate& gate, aws::CallObserver& observer)
    : common_{common}, target_{std::move(target)}, api_{api}, gate_{gate}, observer_{observer} {}

AwsTarget::~AwsTarget() = default;

Task<Result<aws::Answer>> AwsTarget::call(aws::Operation operation) {
    if (!connected_) {
        auto connected = connect();
        if (!connected) co_return std::unexpected{std::move(connected.error())};
    }
    const auto connected = connected_;
    co_return co_await connected->api->call(std::move(operation));
}

void AwsTarget::configure(settings::Api api) {
    if (api_ == api) return;
    api_ = api;
    connected_.reset();
}

Result<> AwsTarget::connect() {
    const auto& around = common_.around();
    const auto& env = around.env;
    auto config = aws::load_shared_config(env, around.files, target_.profile);
    if (!config) return std::unexpected{std::move(config.error())};
    auto reach = common_.reach(*config);
    if (!reach) return std::unexpected{std::move(reach.error())};
    const auto& region = target_.region; // its labels have the same
    if (region.empty()) {
        return fail(ErrorKind::invalid_input, "no region is set: give the target a region, or "
                                              "set AWS_REGION or the profile's region");
    }
    auto question =
        aws::endpoint_question(service, region, target_.endpoint_url, env, config->endpoints());
    if (!question) return std::unexpected{std::move(question.error())};
    auto endpoint = aws::gamelift_streams_endpoint(*question);
    if (!endpoint) return std::unexpected{std::move(endpoint.error())};
    const auto retries = aws::retry_settings(api_.max_attempts, env, config->values());
    if (!retries) return std::unexpected{retries.error()};

    auto credentials = (*reach)->keys.keys_for(target_, region);
    aws::CallSettings call;
    call.endpoint = *std::move(endpoint);
    call.limits.max_attempts = retries->max_attempts;
    call.mode = retries->mode;
    call.deadlines.connect = api_.connect_timeout;
    call.deadlines.request = api_.request_timeout;
    call.user_agent = aws::user_agent(around.version, service, retries->mode);
    const aws::CallParts parts{*(*reach)->transport, around.clock, around.random, around.log,
                               credentials.get(),    &gate_,       &observer_};
    auto api = aws::signed_api(std::move(call), parts);
    around.log.info("target_connected", {{"target", target_.name}, {"region", region}});
    aws::Sts sts{(*reach)->outside, target_.profile, region};
    connected_ = std::make_shared<Connected>(
        Connected{*std::move(reach), std::move(credentials), std::move(api), std::move(sts)});
    return {};
}

void AwsTarget::tell(poll::TargetStatus& status) {
    const auto current = connected_ ? connected_->credentials->current() : nullptr;
    if (!current) return;
    status.credentials_source = current->source;
    status.credentials_expire_at = current->expires_at;
}

Task<Result<std::string>> AwsTarget::account_id() {
    const auto connected = connected_;
    if (!connected) co_return fail(ErrorKind::not_configured, "no call has been made yet");
    const auto current = connected->credentials->current();
    if (current && !current->account_id.empty()) co_return current->account_id;
    co_return co_await connected->sts.account_of_caller(*connected->credentials);
}

} // namespace gls::app
