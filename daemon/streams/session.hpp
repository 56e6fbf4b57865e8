// A stream session as the lists of GameLift Streams describe it, in AWS's own terms (API model of
// 2018-05-10: StreamSessionSummary). UserId and signal data are never read into it. Pure.
#pragma once

#include "base/time.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace gls::streams {

// In lifecycle order; the first six are live: a session can still leave them.
enum class Status : std::uint8_t {
    activating,
    active,
    connected,
    pending_client_reconnection,
    reconnecting,
    terminating,
    terminated,
    error,
    unknown, // missing, or one that this version does not know
};
inline constexpr std::size_t status_count = 9;       // unknown included
inline constexpr std::size_t known_status_count = 8; // AWS's own

[[nodiscard]] std::string_view text_of(Status status) noexcept; // "ACTIVATING" ..., "UNKNOWN"
[[nodiscard]] Status status_of(std::string_view text) noexcept; // unknown where not AWS's
[[nodiscard]] constexpr bool is_live(Status status) noexcept {
    return status < Status::terminated;
}
[[nodiscard]] constexpr bool is_ended(Status status) noexcept {
    return status == Status::terminated || status == Status::error;
}

enum class ExportStatus : std::uint8_t { none, pending, succeeded, failed, unknown };
inline constexpr std::size_t export_status_count = 5;
[[nodiscard]] std::string_view
text_of(ExportStatus status) noexcept; // "NONE" "PENDING" ..., "UNKNOWN"
[[nodiscard]] ExportStatus export_status_of(std::string_view text) noexcept;

// Why sessions end, as AWS's model of 2018-05-10 gives it.
inline constexpr std::array<std::pair<Status, std::string_view>, 11> known_end_reasons{{
    {Status::error, "internalError"},
    {Status::error, "invalidSignalRequest"},
    {Status::error, "placementTimeout"},
    {Status::error, "applicationLogS3DestinationError"},
    {Status::error, "assumeRoleFailed"},
    {Status::terminated, "applicationExit"},
    {Status::terminated, "connectionTimeout"},
    {Status::terminated, "reconnectionTimeout"},
    {Status::terminated, "maxSessionLengthTimeout"},
    {Status::terminated, "idleTimeout"},
    {Status::terminated, "apiTerminated"},
}};
// Whether it is one of them; others are shown as they are, and counted.
[[nodiscard]] bool is_known_status_reason(std::string_view text) noexcept;

// 128 bits of the session's ARN; two of a million sessions share one with a chance of 1e-27.
struct SessionKey {
    std::uint64_t high{0};
    std::uint64_t low{0};
    friend auto operator<=>(const SessionKey&, const SessionKey&) = default;
};
[[nodiscard]] SessionKey key_of(std::string_view arn) noexcept;

// One item of a page. The views point into the page's bytes: valid only inside the call that got
// them, never across a suspension.
struct SessionView {
    SessionKey key;
    std::string_view arn;           // arn:aws:gameliftstreams:REGION:ACCOUNT:streamsession/GROUP/ID
    std::string_view account_id;    // from the ARN; "unknown" where it does not tell
    std::string_view stream_group;  // id (sg-...) from the ARN; "unknown" likewise
    std::string_view session_id;    // last part of the ARN; "" where it does not tell
    std::string_view application;   // id (a-...) from ApplicationArn; "unknown" likewise
    std::string_view location;      // "unknown" where missing
    std::string_view status_text;   // AWS's spelling as sent, for one log line about unknown ones
    std::string_view status_reason; // "" where none
    Status status{Status::unknown};
    ExportStatus export_status{ExportStatus::none};
    std::optional<WallTime> created_at;
    std::optional<WallTime> last_updated_at;
};

} // namespace gls::streams
