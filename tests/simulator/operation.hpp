// Which operation a request asks for: paths of the API model, STS's Action, metadata paths. Pure.
#pragma once

#include "simulator/http.hpp"
#include "simulator/vocabulary.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gls::simulator {

enum class Operation : std::uint8_t {
    list_stream_sessions_by_account,
    list_stream_sessions,
    get_stream_session,
    list_stream_groups,
    get_stream_group,
    list_applications,
    get_application,
    assume_role,
    assume_role_with_web_identity,
    get_caller_identity,
    imds_token,
    imds_role,
    imds_credentials,
    imds_document,
    container_credentials,
    unknown,
};
inline constexpr std::array<std::string_view, 16> operation_texts{"ListStreamSessionsByAccount",
                                                                  "ListStreamSessions",
                                                                  "GetStreamSession",
                                                                  "ListStreamGroups",
                                                                  "GetStreamGroup",
                                                                  "ListApplications",
                                                                  "GetApplication",
                                                                  "AssumeRole",
                                                                  "AssumeRoleWithWebIdentity",
                                                                  "GetCallerIdentity",
                                                                  "ImdsToken",
                                                                  "ImdsRole",
                                                                  "ImdsCredentials",
                                                                  "ImdsDocument",
                                                                  "ContainerCredentials",
                                                                  "Unknown"};

[[nodiscard]] constexpr std::string_view text_of(Operation operation) {
    return operation_texts[static_cast<std::size_t>(operation)];
}
[[nodiscard]] constexpr bool is_streams(Operation operation) {
    return operation <= Operation::get_application;
}
[[nodiscard]] constexpr bool is_sts(Operation operation) {
    return operation >= Operation::assume_role && operation <= Operation::get_caller_identity;
}
[[nodiscard]] constexpr bool lists_sessions(Operation operation) {
    return operation <= Operation::list_stream_sessions;
}
[[nodiscard]] constexpr bool lists(Operation operation) {
    return lists_sessions(operation) || operation == Operation::list_stream_groups ||
           operation == Operation::list_applications;
}

struct Destination {
    Operation operation{Operation::unknown};
    std::string identifier{};         // of the group or application, decoded
    std::string session_identifier{}; // of the session, decoded
};

[[nodiscard]] Destination destination_of(const Request& request);
// A parameter of a query or form, decoded; nothing where it is missing.
[[nodiscard]] std::optional<std::string> parameter(std::string_view form, std::string_view name);

} // namespace gls::simulator
