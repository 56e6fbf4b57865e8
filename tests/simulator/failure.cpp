#include "simulator/failure.hpp"

#include "simulator/json_writer.hpp"

namespace gls::simulator {

namespace {

// Names as GameLift Streams' front end spells them; STS leaves out "Exception" and has two of its
// own.
std::string_view name_of(Refusal why) {
    switch (why) {
    case Refusal::missing_authentication:
        return "MissingAuthenticationTokenException";
    case Refusal::incomplete:
        return "IncompleteSignatureException";
    case Refusal::unknown_key:
        return "UnrecognizedClientException";
    case Refusal::expired_token:
        return "ExpiredTokenException";
    case Refusal::expired_signature:
    case Refusal::wrong_scope:
    case Refusal::mismatch:
        break;
    }
    return "InvalidSignatureException";
}

std::string_view sts_name_of(Refusal why) {
    switch (why) {
    case Refusal::missing_authentication:
        return "MissingAuthenticationToken";
    case Refusal::incomplete:
        return "IncompleteSignature";
    case Refusal::unknown_key:
        return "InvalidClientTokenId";
    case Refusal::expired_token:
        return "ExpiredToken";
    case Refusal::expired_signature:
    case Refusal::wrong_scope:
    case Refusal::mismatch:
        break;
    }
    return "SignatureDoesNotMatch";
}

} // namespace

Failure validation(std::string message) {
    return {400, "ValidationException", std::move(message)};
}
Failure not_found(std::string_view what, std::string_view identifier) {
    return {404, "ResourceNotFoundException",
            std::string{what} + ' ' + std::string{identifier} + " does not exist."};
}
Failure throttled() {
    return {429, "ThrottlingException", "Rate exceeded"};
}
Failure denied(std::string_view caller_arn, std::string_view action) {
    return {403, "AccessDeniedException",
            "User: " + std::string{caller_arn} +
                " is not authorized to perform: gameliftstreams:" + std::string{action}};
}

Failure streams_failure(const Refused& refused) {
    return {403, std::string{name_of(refused.why)}, refused.message, true};
}
Failure sts_failure(const Refused& refused) {
    const auto status = refused.why == Refusal::incomplete ? 400 : 403;
    return {status, std::string{sts_name_of(refused.why)}, refused.message};
}

Reply json_reply(const Failure& failure, NameForm form) {
    Reply reply{.status = failure.status};
    reply.headers.emplace_back("Content-Type", "application/json");
    JsonWriter json{reply.body};
    json.begin_object();
    switch (form) {
    case NameForm::header:
        reply.headers.emplace_back("x-amzn-ErrorType", failure.code);
        break;
    case NameForm::colon:
        reply.headers.emplace_back("x-amzn-ErrorType", failure.code + ":http://simulator.invalid/");
        break;
    case NameForm::type:
        json.member("__type", "aws.simulator#" + failure.code);
        break;
    case NameForm::code:
        json.member("code", failure.code);
        break;
    case NameForm::bare:
        reply.headers.clear();
        break;
    }
    json.member(failure.from_front ? "message" : "Message", failure.message).end_object();
    if (form == NameForm::bare) reply.body.clear();
    return reply;
}

std::string escaped_xml(std::string_view text) {
    std::string escaped;
    for (const auto letter : text) {
        if (letter == '<')
            escaped += "&lt;";
        else if (letter == '>')
            escaped += "&gt;";
        else if (letter == '&')
            escaped += "&amp;";
        else if (letter == '"')
            escaped += "&quot;";
        else
            escaped += letter;
    }
    return escaped;
}

Reply xml_reply(const Failure& failure, std::string_view request_id) {
    Reply reply{.status = failure.status};
    reply.headers.emplace_back("Content-Type", "text/xml");
    reply.body = "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n  <Error>\n"
                 "    <Type>";
    reply.body += failure.status < 500 ? "Sender" : "Receiver";
    reply.body += "</Type>\n    <Code>" + escaped_xml(failure.code) + "</Code>\n    <Message>" +
                  escaped_xml(failure.message) + "</Message>\n  </Error>\n  <RequestId>" +
                  std::string{request_id} + "</RequestId>\n</ErrorResponse>\n";
    return reply;
}

} // namespace gls::simulator
