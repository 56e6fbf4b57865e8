// What AWS answers when it does not do what it was asked: the names, statuses and forms of
// restJson1 (GameLift Streams) and of the query protocol (STS). Pure.
#pragma once

#include "simulator/http.hpp"
#include "simulator/signature.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace gls::simulator {

// Where restJson1 lets the name of an error travel; SDKs must understand each.
enum class NameForm : std::uint8_t { header, colon, type, code, bare };
inline constexpr std::array<std::string_view, 5> name_forms{"header", "colon", "type", "code",
                                                            "bare"};

struct Failure {
    int status{400};
    std::string code;
    std::string message;
    bool from_front{false}; // refused before the service saw it: "message", not "Message"
};

[[nodiscard]] Failure validation(std::string message);
[[nodiscard]] Failure not_found(std::string_view what, std::string_view identifier);
[[nodiscard]] Failure throttled();
[[nodiscard]] Failure denied(std::string_view caller_arn, std::string_view action);

[[nodiscard]] Failure streams_failure(const Refused& refused);
[[nodiscard]] Failure sts_failure(const Refused& refused);

[[nodiscard]] Reply json_reply(const Failure& failure, NameForm form = NameForm::header);
[[nodiscard]] Reply xml_reply(const Failure& failure, std::string_view request_id);
[[nodiscard]] std::string escaped_xml(std::string_view text);

} // namespace gls::simulator
