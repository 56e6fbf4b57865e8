#include "simulator/session_json.hpp"

#include "simulator/amz_date.hpp"
#include "simulator/json_writer.hpp"

#include <array>
#include <charconv>

namespace gls::simulator {

namespace {

constexpr std::size_t leavable_members = 6;

void append_time(std::string& text, Millis time, const Twist& twist) {
    time += twist.time_shift;
    switch (twist.times) {
    case Twist::Times::seconds:
        append_seconds(text, time);
        return;
    case Twist::Times::iso:
        text.append("\"").append(iso_of(time)).append("\"");
        return;
    case Twist::Times::exponent:
        break;
    }
    std::array<char, 40> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(),
                                   static_cast<double>(time) / 1000, std::chars_format::scientific);
    text.append(digits.data(), end.ptr);
}

} // namespace

SessionJson::SessionJson(const Fleet& fleet, std::string_view account, std::string_view region)
    : fleet_(fleet) {
    arn_ = "arn:aws:gameliftstreams:";
    arn_.append(region).append(":").append(account).append(":");
    app_arn_ = arn_ + "application/";
    arn_ += "streamsession/";
    role_ = "arn:aws:iam::";
    role_.append(account).append(":role/SECRET-MARKER-role");
}

void SessionJson::append_common(std::string& text, const Session& session, const Twist& twist,
                                std::size_t index) const {
    const auto& inventory = fleet_.inventory();
    const auto lacking = twist.missing_fields ? index % leavable_members : leavable_members;
    const auto kept = [&](std::size_t member) { return member != lacking; };
    // The user id comes first and is never left out: every other member begins with a comma.
    text += R"({"UserId":"SECRET-MARKER-user-)";
    const auto id_at = text.size();
    fleet_.ids().append(text, session.serial);
    const auto id_size = text.size() - id_at;
    text += '"';
    if (kept(0)) {
        text.append(R"(,"Arn":")").append(arn_).append(inventory.groups[session.group].id) += '/';
        text.append(text, id_at, id_size);
        text += '"';
    }
    if (kept(1)) {
        const auto unknown = !twist.unknown_status.empty() && index % 10 == 0;
        text += R"(,"Status":")";
        text.append(unknown ? twist.unknown_status : text_of(session.status)).append("\"");
    }
    if (session.shown_reason() != Reason::none)
        text.append(R"(,"StatusReason":")").append(text_of(session.reason)).append("\"");
    text += R"(,"Protocol":"WebRTC")";
    if (kept(2)) {
        text += R"(,"LastUpdatedAt":)";
        append_time(text, session.updated, twist);
    }
    if (kept(3)) {
        text += R"(,"CreatedAt":)";
        append_time(text, session.created, twist);
    }
    if (kept(4)) {
        text.append(R"(,"ApplicationArn":")").append(app_arn_);
        text.append(inventory.applications[session.application].id).append("\"");
    }
    if (kept(5))
        text.append(R"(,"Location":")").append(inventory.locations[session.location]).append("\"");
    if (session.serial % 4 == 0) text.append(R"(,"RoleArn":")").append(role_).append("\"");
}

void SessionJson::append_summary(std::string& text, const Session& session, const Twist& twist,
                                 std::size_t index) const {
    append_common(text, session, twist, index);
    if (session.export_status != ExportStatus::none)
        text.append(R"(,"ExportFilesMetadata":{"Status":")")
            .append(text_of(session.export_status))
            .append("\"}");
    text += '}';
}

void SessionJson::append_whole(std::string& text, const Session& session,
                               const Twist& twist) const {
    append_common(text, session, twist, 0);
    const auto id = fleet_.ids().text_of(session.serial);
    text += R"(,"StreamGroupId":")" + fleet_.inventory().groups[session.group].id + '"';
    text += R"(,"Description":"Session )" + std::to_string(session.serial) + '"';
    text += R"(,"SignalRequest":"SECRET-MARKER-signal-request-)" + id + '"';
    text += R"(,"SignalResponse":"SECRET-MARKER-signal-response-)" + id + '"';
    text += R"(,"ConnectionTimeoutSeconds":120,"SessionLengthSeconds":43200)"
            R"(,"AdditionalLaunchArgs":["--key=SECRET-MARKER-launch-argument"])"
            R"(,"AdditionalEnvironmentVariables":{"SECRET_MARKER_NAME":"SECRET-MARKER-variable"})"
            R"(,"PerformanceStatsConfiguration":{"SharedWithClient":false})"
            R"(,"WebSdkProtocolUrl":"https://SECRET-MARKER-web-sdk.invalid/")"
            R"(,"DisplayConfiguration":{"Resolution":{"Width":1920,"Height":1080}})";
    if (!is_live(session.status))
        text += R"(,"LogFileLocationUri":"s3://simulator-logs/)" + id + R"(/")";
    if (session.export_status != ExportStatus::none) {
        text.append(R"(,"ExportFilesMetadata":{"Status":")").append(text_of(session.export_status));
        text += '"';
        if (session.export_status == ExportStatus::failed)
            text += R"(,"StatusReason":"The bucket could not be written to.")";
        text += R"(,"OutputUri":"s3://simulator-exports/)" + id + R"(.zip"})";
    }
    text += '}';
}

} // namespace gls::simulator
