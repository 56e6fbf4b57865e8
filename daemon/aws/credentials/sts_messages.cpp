#include "aws/credentials/sts_messages.hpp"

#include "aws/text/query_form.hpp"
#include "aws/text/xml_text.hpp"
#include "base/ascii.hpp"
#include "base/iso8601.hpp"

#include <algorithm>
#include <utility>

namespace gls::aws {
namespace {

constexpr std::string_view api_version = "2011-06-15";

std::string_view session_name_or_ours(const std::string& name) {
    return name.empty() ? default_session_name : std::string_view{name};
}

} // namespace

std::string assume_role_form(const RoleStep& role) {
    QueryForm form{"AssumeRole", api_version};
    form.add("RoleArn", role.role_arn)
        .add("RoleSessionName", session_name_or_ours(role.session_name));
    if (!role.external_id.empty()) form.add("ExternalId", role.external_id);
    if (role.duration) form.add("DurationSeconds", std::to_string(role.duration->count()));
    return form.finish();
}

std::string web_identity_form(const WebIdentity& identity, const Secret& token) {
    QueryForm form{"AssumeRoleWithWebIdentity", api_version};
    form.add("RoleArn", identity.role_arn)
        .add("RoleSessionName", session_name_or_ours(identity.session_name))
        .add("WebIdentityToken", token.reveal());
    return form.finish();
}

std::string caller_identity_form() {
    return QueryForm{"GetCallerIdentity", api_version}.finish();
}

Result<Credentials> parse_assumed_role(std::string_view xml, std::string_view action) {
    const std::string result = std::string{action} + "Response/" + std::string{action} + "Result/";
    const auto text = [&](std::string_view element) {
        return std::string{trimmed(xml_text(xml, result + std::string{element}).value_or(""))};
    };
    Credentials credentials;
    credentials.access_key_id = text("Credentials/AccessKeyId");
    credentials.secret_access_key = Secret{text("Credentials/SecretAccessKey")};
    credentials.session_token = Secret{text("Credentials/SessionToken")};
    credentials.expires_at = parse_iso8601(text("Credentials/Expiration"));
    credentials.account_id = account_in_arn(text("AssumedRoleUser/Arn"));
    const auto missing = [&](std::string_view element) {
        return fail(ErrorKind::malformed,
                    "answer of " + std::string{action} + " without " + std::string{element});
    };
    if (credentials.access_key_id.empty()) return missing("AccessKeyId");
    if (credentials.secret_access_key.empty()) return missing("SecretAccessKey");
    if (credentials.session_token.empty()) return missing("SessionToken");
    if (!credentials.expires_at) return missing("a readable Expiration");
    return credentials;
}

Result<std::string> parse_caller_account(std::string_view xml) {
    const auto text = xml_text(xml, "GetCallerIdentityResponse/GetCallerIdentityResult/Account");
    const std::string_view account = trimmed(text ? std::string_view{*text} : std::string_view{});
    if (account.empty() || !std::ranges::all_of(account, is_digit)) {
        return fail(ErrorKind::malformed, "answer of GetCallerIdentity without an account");
    }
    return std::string{account};
}

// arn:partition:service:region:account:resource
std::string account_in_arn(std::string_view arn) {
    if (!arn.starts_with("arn:")) return {};
    for (int field = 0; field < 4; ++field) {
        const auto colon = arn.find(':');
        if (colon == std::string_view::npos) return {};
        arn.remove_prefix(colon + 1);
    }
    const std::string_view account = arn.substr(0, arn.find(':'));
    return std::ranges::all_of(account, is_digit) ? std::string{account} : std::string{};
}

} // namespace gls::aws
