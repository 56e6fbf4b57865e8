#include "simulator/sts.hpp"

#include "simulator/amz_date.hpp"

#include <algorithm>
#include <charconv>

namespace gls::simulator {

namespace {

constexpr int default_seconds =
    3600; // API reference of AssumeRole: 900 to 43200, one hour by default
constexpr int shortest_seconds = 900;
constexpr int longest_seconds = 43200;

struct Role {
    std::string account;
    std::string name; // without its path
};

// arn:aws:iam::ACCOUNT:role/PATH/NAME
std::optional<Role> role_of(std::string_view arn) {
    if (!arn.starts_with("arn:aws") || arn.size() < 20 || arn.size() > 2048) return std::nullopt;
    const auto mark = arn.find(":iam::");
    const auto role = arn.find(":role/");
    if (mark == std::string_view::npos || role != mark + 18) return std::nullopt;
    const auto account = arn.substr(mark + 6, 12);
    const auto name = arn.substr(arn.rfind('/') + 1);
    const auto digits = std::ranges::all_of(account, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || name.empty()) return std::nullopt;
    return Role{std::string{account}, std::string{name}};
}

bool is_session_name(std::string_view name) {
    return name.size() >= 2 && name.size() <= 64 && std::ranges::all_of(name, [](char letter) {
               return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                      (letter >= '0' && letter <= '9') ||
                      std::string_view{"_+=,.@-"}.find(letter) != std::string_view::npos;
           });
}

Failure wrong(std::string message) {
    return {400, "ValidationError", std::move(message)};
}

std::string answer_of(std::string_view action, const std::string& result,
                      std::string_view request_id) {
    const std::string name{action};
    return "<" + name + "Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n  <" +
           name + "Result>\n" + result + "  </" + name +
           "Result>\n  <ResponseMetadata>\n    <RequestId>" + std::string{request_id} +
           "</RequestId>\n  </ResponseMetadata>\n</" + name + "Response>\n";
}

} // namespace

std::expected<std::string, Failure> StsService::answer(Operation operation, std::string_view form,
                                                       const Caller* caller, Millis now,
                                                       std::string_view request_id) {
    if (parameter(form, "Version") != "2011-06-15")
        return std::unexpected(Failure{400, "InvalidAction", "No such version of this action."});
    if (operation != Operation::get_caller_identity)
        return assume(operation, form, now, request_id);
    return answer_of(text_of(operation),
                     "    <Arn>" + escaped_xml(caller->arn) + "</Arn>\n    <UserId>" +
                         escaped_xml(caller->access_key_id) + "</UserId>\n    <Account>" +
                         caller->account_id + "</Account>\n",
                     request_id);
}

std::expected<std::string, Failure> StsService::assume(Operation operation, std::string_view form,
                                                       Millis now, std::string_view request_id) {
    const auto arn = parameter(form, "RoleArn").value_or("");
    const auto role = role_of(arn);
    if (!role) return std::unexpected(wrong("RoleArn is not the ARN of a role."));
    const auto name = parameter(form, "RoleSessionName").value_or("");
    if (!is_session_name(name))
        return std::unexpected(wrong("RoleSessionName must have 2 to 64 of A-Za-z0-9_+=,.@-"));
    int seconds = default_seconds;
    if (const auto text = parameter(form, "DurationSeconds")) {
        const auto* end = text->data() + text->size();
        const auto [stop, error] = std::from_chars(text->data(), end, seconds);
        if (error != std::errc{} || stop != end || seconds < shortest_seconds ||
            seconds > longest_seconds)
            return std::unexpected(wrong("DurationSeconds must be from 900 to 43200."));
    }
    if (operation == Operation::assume_role_with_web_identity) {
        if (parameter(form, "WebIdentityToken") != web_identity_token_)
            return std::unexpected(
                Failure{400, "InvalidIdentityToken", "The web identity token is not valid."});
    } else if (!external_id_.empty() && parameter(form, "ExternalId") != external_id_) {
        return std::unexpected(
            Failure{403, "AccessDenied", "Not authorized to perform: sts:AssumeRole on " + arn});
    }
    const auto assumed =
        "arn:aws:sts::" + role->account + ":assumed-role/" + role->name + '/' + name;
    const auto& key = keys_.issue(role->account, assumed, now, seconds);
    const auto result =
        "    <Credentials>\n      <AccessKeyId>" + key.access_key_id +
        "</AccessKeyId>\n      <SecretAccessKey>" + escaped_xml(key.secret) +
        "</SecretAccessKey>\n      <SessionToken>" + escaped_xml(key.session_token) +
        "</SessionToken>\n      <Expiration>" + iso_of(key.expires) +
        "</Expiration>\n    </Credentials>\n    <AssumedRoleUser>\n      <AssumedRoleId>" +
        "AROASIMULATOR:" + escaped_xml(name) + "</AssumedRoleId>\n      <Arn>" +
        escaped_xml(assumed) + "</Arn>\n    </AssumedRoleUser>\n";
    return answer_of(text_of(operation), result, request_id);
}

} // namespace gls::simulator
