#include "aws/attempts.hpp"

#include <utility>

namespace gls::aws {

namespace {

void hide(std::string& text, const std::string& secret) {
    constexpr std::string_view hidden = "<secret>";
    if (secret.size() < 8) return; // too short to be one, and it would shred the sentence
    for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at)) {
        text.replace(at, secret.size(), hidden);
        at += hidden.size();
    }
}

std::string advice_for(const Error& error, const Attempt& attempt) {
    if (error.kind == ErrorKind::clock_skew) return "; check this machine's clock";
    if (error.kind != ErrorKind::denied) return "";
    if (error.code.starts_with("AccessDenied")) {
        const std::string_view service =
            attempt.format == ErrorFormat::query_xml ? "sts" : "gameliftstreams";
        return "; allow " + std::string{service} + ":" + attempt.operation +
               " in the caller's IAM policy";
    }
    if (error.code == "UnrecognizedClientException" || error.code == "InvalidClientTokenId") {
        return "; check that the access key exists, is active and belongs to this partition";
    }
    return "; check the secret access key, the region and this machine's clock";
}

} // namespace

Error explained(Error error, const Attempt& attempt, const Credentials* keys) {
    std::string text = attempt.operation + ": " + error.message + advice_for(error, attempt);
    if (error.http_status != 0 && !error.message.starts_with("HTTP ")) {
        text += " (HTTP " + std::to_string(error.http_status);
        if (!error.request_id.empty()) text += ", request id " + error.request_id;
        text += ")";
    }
    if (keys != nullptr) {
        hide(text, keys->secret_access_key.reveal());
        hide(text, keys->session_token.reveal());
    }
    error.message = std::move(text);
    return error;
}

} // namespace gls::aws
