#include "aws/call/attempts.hpp"

#include <algorithm>
#include <utility>

namespace gls::aws {

namespace {

constexpr std::string_view hidden = "<secret>";
constexpr std::size_t shortest_secret = 8; // less is none, and hiding it would shred the sentence

void hide(std::string& text, std::string_view secret) {
    if (secret.size() < shortest_secret) return;
    for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at)) {
        text.replace(at, secret.size(), hidden);
        at += hidden.size();
    }
}

// A long message is cut (one_line), perhaps in the middle of a secret.
void hide_at_cut(std::string& text, std::string_view secret) {
    constexpr std::string_view cut = "...";
    if (!text.ends_with(cut)) return;
    const std::string_view told = std::string_view{text}.substr(0, text.size() - cut.size());
    for (std::size_t length = std::min(told.size(), secret.size()); length >= shortest_secret;
         --length) {
        if (!told.ends_with(secret.substr(0, length))) continue;
        text.replace(told.size() - length, length, hidden);
        return;
    }
}

std::string without_secrets(std::string text, const std::vector<Secret>& secrets) {
    for (const Secret& secret : secrets)
        hide(text, secret.reveal());
    for (const Secret& secret : secrets) // once no whole one is left that begins like another
        hide_at_cut(text, secret.reveal());
    return text;
}

// What is wrong with an unsigned call is wrong with the token in it, however AWS names that.
std::string advice_for_unsigned(const Error& error, const Attempt& attempt) {
    const bool refused = error.kind == ErrorKind::denied ||
                         error.kind == ErrorKind::expired_credentials ||
                         error.kind == ErrorKind::invalid_request;
    return refused && !attempt.advice.empty() ? "; " + attempt.advice : "";
}

std::string advice_for(const Error& error, const Attempt& attempt) {
    if (error.kind == ErrorKind::clock_skew) return "; check this machine's clock";
    if (error.kind == ErrorKind::expired_credentials)
        return "; renew the keys where they come from";
    if (error.kind != ErrorKind::denied) return "";
    if (error.code.starts_with("AccessDenied")) {
        if (!attempt.advice.empty()) return "; " + attempt.advice;
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
    std::vector<Secret> secrets = attempt.secrets;
    if (keys != nullptr) {
        secrets.push_back(keys->secret_access_key);
        secrets.push_back(keys->session_token);
    }
    const std::string told = without_secrets(std::move(error.message), secrets);
    std::string text = attempt.operation + ": " + told;
    text += keys != nullptr ? advice_for(error, attempt) : advice_for_unsigned(error, attempt);
    if (error.http_status != 0 && !told.starts_with("HTTP ")) {
        text += " (HTTP " + std::to_string(error.http_status);
        if (!error.request_id.empty()) text += ", request id " + error.request_id;
        text += ")";
    }
    error.message = std::move(text);
    return error;
}

} // namespace gls::aws
