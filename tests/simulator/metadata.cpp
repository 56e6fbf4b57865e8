#include "simulator/metadata.hpp"

#include "simulator/amz_date.hpp"
#include "simulator/json_writer.hpp"

#include <charconv>

namespace gls::simulator {

namespace {

constexpr double key_seconds = 6 * 3600;
constexpr std::string_view token_ttl = "x-aws-ec2-metadata-token-ttl-seconds";

Reply plain(int status, std::string text) {
    return {.status = status, .headers = {{"Content-Type", "text/plain"}}, .body = std::move(text)};
}

Reply json(std::string body, int status = 200) {
    return {.status = status,
            .headers = {{"Content-Type", "application/json"}},
            .body = std::move(body)};
}

} // namespace

Reply Metadata::answer(const Request& request, const Destination& destination, Millis now) {
    if (destination.operation == Operation::container_credentials) return container(request, now);
    if (destination.operation == Operation::imds_token) return new_token(request, now);
    const auto token = tokens_.find(request.header("x-aws-ec2-metadata-token"));
    if (token == tokens_.end() || token->second <= now) return plain(401, "401 - Unauthorized");
    return instance(destination, now);
}

Reply Metadata::new_token(const Request& request, Millis now) {
    if (request.has("x-forwarded-for")) return plain(403, "403 - Forbidden");
    const auto text = request.header(token_ttl);
    int seconds = 0;
    const auto* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, seconds);
    if (error != std::errc{} || stop != end || seconds < 1 || seconds > 21600)
        return plain(400, "400 - Bad Request");
    std::erase_if(tokens_, [&](const auto& entry) { return entry.second <= now; });
    auto token = "SECRET-MARKER-imds-" + letters_of(chance_.next(), 36) + "==";
    tokens_[token] = now + Millis{1000} * seconds;
    auto reply = plain(200, std::move(token));
    reply.headers.emplace_back(token_ttl, text);
    return reply;
}

// The same key until half of its life is over, as the real services do roughly.
const Key& Metadata::current(std::string& kept, const std::string& role, Millis now) {
    const auto* known = keys_.find(kept);
    if (known != nullptr && known->expires - now > keys_.life(key_seconds) / 2) return *known;
    const auto arn =
        "arn:aws:sts::" + settings_.account_id + ":assumed-role/" + role + "/i-simulator";
    const auto& key = keys_.issue(settings_.account_id, arn, now, key_seconds);
    kept = key.access_key_id;
    return key;
}

Reply Metadata::instance(const Destination& destination, Millis now) {
    if (destination.operation == Operation::imds_document) {
        std::string body;
        JsonWriter writer{body};
        writer.begin_object().member("accountId", settings_.account_id);
        writer.member("region", settings_.region).member("instanceId", "i-0123456789abcdef0");
        writer.member("availabilityZone", settings_.region + "a").end_object();
        return json(std::move(body));
    }
    if (settings_.instance_role.empty()) return plain(404, "404 - Not Found");
    if (destination.operation == Operation::imds_role) return plain(200, settings_.instance_role);
    if (destination.identifier != settings_.instance_role) return plain(404, "404 - Not Found");
    const auto& key = current(instance_key_, settings_.instance_role, now);
    std::string body;
    JsonWriter writer{body};
    writer.begin_object().member("Code", "Success").member("LastUpdated", iso_of(now));
    writer.member("Type", "AWS-HMAC").member("AccessKeyId", key.access_key_id);
    writer.member("SecretAccessKey", key.secret).member("Token", key.session_token);
    writer.member("Expiration", iso_of(key.expires)).end_object();
    return json(std::move(body));
}

Reply Metadata::container(const Request& request, Millis now) {
    std::string body;
    JsonWriter writer{body};
    if (request.header("authorization") != settings_.container_token) {
        writer.begin_object()
            .member("code", "AccessDenied")
            .member("message", "Wrong token")
            .end_object();
        return json(std::move(body), 401);
    }
    const auto& key = current(container_key_, "simulator-task-role", now);
    writer.begin_object().member("AccessKeyId", key.access_key_id);
    writer.member("SecretAccessKey", key.secret).member("Token", key.session_token);
    writer.member("Expiration", iso_of(key.expires)).end_object();
    return json(std::move(body));
}

} // namespace gls::simulator
