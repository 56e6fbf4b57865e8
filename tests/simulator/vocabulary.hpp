// The words of the API model (service-2.json of GameLift Streams, 2018-05-10) as enumerations, in
// the order a session goes through them. The simulator has its own, so that a slip in the daemon's
// shows.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace gls::simulator {

enum class Status : std::uint8_t {
    activating,
    active,
    connected,
    pending_client_reconnection,
    reconnecting,
    terminating,
    terminated,
    error,
};
inline constexpr std::array<std::string_view, 8> status_texts{
    "ACTIVATING",   "ACTIVE",      "CONNECTED",  "PENDING_CLIENT_RECONNECTION",
    "RECONNECTING", "TERMINATING", "TERMINATED", "ERROR"};

enum class ExportStatus : std::uint8_t { none, pending, succeeded, failed };
inline constexpr std::array<std::string_view, 4> export_texts{"NONE", "PENDING", "SUCCEEDED",
                                                              "FAILED"};

enum class Reason : std::uint8_t {
    none,
    internal_error,
    invalid_signal_request,
    placement_timeout,
    log_destination_error,
    assume_role_failed,
    application_exit,
    connection_timeout,
    reconnection_timeout,
    max_session_length_timeout,
    idle_timeout,
    api_terminated,
};
inline constexpr std::array<std::string_view, 12> reason_texts{"",
                                                               "internalError",
                                                               "invalidSignalRequest",
                                                               "placementTimeout",
                                                               "applicationLogS3DestinationError",
                                                               "assumeRoleFailed",
                                                               "applicationExit",
                                                               "connectionTimeout",
                                                               "reconnectionTimeout",
                                                               "maxSessionLengthTimeout",
                                                               "idleTimeout",
                                                               "apiTerminated"};

inline constexpr std::array<std::string_view, 7> group_statuses{
    "ACTIVATING", "UPDATING_LOCATIONS", "ACTIVE", "ACTIVE_WITH_ERRORS",
    "ERROR",      "DELETING",           "EXPIRED"};
inline constexpr std::array<std::string_view, 4> location_statuses{"ACTIVATING", "ACTIVE", "ERROR",
                                                                   "REMOVING"};
inline constexpr std::array<std::string_view, 5> application_statuses{"INITIALIZED", "PROCESSING",
                                                                      "READY", "DELETING", "ERROR"};

// The enumerator, or text, that a word stands for; nothing where the model does not know it.
template <typename Enum, std::size_t count>
[[nodiscard]] constexpr std::optional<Enum>
value_of(const std::array<std::string_view, count>& texts, std::string_view word) {
    for (std::size_t at = 0; at < count; ++at)
        if (texts[at] == word) return static_cast<Enum>(at);
    return std::nullopt;
}
template <std::size_t count>
[[nodiscard]] constexpr bool knows(const std::array<std::string_view, count>& texts,
                                   std::string_view word) {
    return value_of<std::size_t>(texts, word).has_value();
}

[[nodiscard]] constexpr std::string_view text_of(Status status) {
    return status_texts[static_cast<std::size_t>(status)];
}
[[nodiscard]] constexpr std::string_view text_of(ExportStatus status) {
    return export_texts[static_cast<std::size_t>(status)];
}
[[nodiscard]] constexpr std::string_view text_of(Reason reason) {
    return reason_texts[static_cast<std::size_t>(reason)];
}
[[nodiscard]] constexpr bool is_live(Status status) {
    return status < Status::terminated;
}

} // namespace gls::simulator
