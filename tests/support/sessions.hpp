// Stream sessions for tests: the values of one, its view as page_json gives it, and its JSON as the
// lists of GameLift Streams send it, with the members that the daemon does not read.
#pragma once

#include "streams/session.hpp"

#include <cmath>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

namespace gls::test {

struct TestSession {
    std::string stream_group{"sg-1AB2C3De4"};
    std::string session_id{"ABC123def4567"};
    std::string application{"a-9ZY8X7Wv6"};
    std::string location{"us-west-2"};
    std::string status_reason{};
    streams::Status status{streams::Status::active};
    streams::ExportStatus export_status{streams::ExportStatus::none};
    std::optional<WallTime> created_at{};
    std::optional<WallTime> last_updated_at{};

    [[nodiscard]] std::string arn() const {
        return "arn:aws:gameliftstreams:us-west-2:111122223333:streamsession/" + stream_group +
               "/" + session_id;
    }
    [[nodiscard]] streams::SessionKey key() const { return streams::key_of(arn()); }
    // Views into this object; `arn` stays empty.
    [[nodiscard]] streams::SessionView view() const {
        streams::SessionView view;
        view.key = key();
        view.account_id = "111122223333";
        view.stream_group = stream_group;
        view.session_id = session_id;
        view.application = application;
        view.location = location;
        view.status_text = text_of(status);
        view.status_reason = status_reason;
        view.status = status;
        view.export_status = export_status;
        view.created_at = created_at;
        view.last_updated_at = last_updated_at;
        return view;
    }
};

[[nodiscard]] inline std::string epoch_json(WallTime time) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", unix_seconds(time));
    return text;
}

[[nodiscard]] inline std::string item_json(const TestSession& session) {
    std::string json =
        R"({"ApplicationArn":"arn:aws:gameliftstreams:us-west-2:111122223333:application/)" +
        session.application + R"(","Arn":")" + session.arn() + '"';
    if (session.created_at) json += R"(,"CreatedAt":)" + epoch_json(*session.created_at);
    if (session.export_status != streams::ExportStatus::none) {
        json += R"(,"ExportFilesMetadata":{"OutputUri":"s3://exports/)" + session.session_id +
                R"(.zip","Status":")" + std::string{text_of(session.export_status)} +
                R"(","StatusReason":null})";
    }
    if (session.last_updated_at)
        json += R"(,"LastUpdatedAt":)" + epoch_json(*session.last_updated_at);
    json += R"(,"Location":")" + session.location + R"(","Protocol":"WebRTC")" +
            R"(,"RoleArn":"arn:aws:iam::111122223333:role/GameLiftStreamsSession","Status":")" +
            std::string{text_of(session.status)} + '"';
    if (!session.status_reason.empty())
        json += R"(,"StatusReason":")" + session.status_reason + '"';
    return json + R"(,"UserId":"player-)" + session.session_id + R"("})";
}

[[nodiscard]] inline std::string page_json(const std::vector<TestSession>& sessions,
                                           const std::string& next_token = "") {
    std::string json = R"({"Items":[)";
    for (const TestSession& session : sessions) {
        if (json.back() == '}') json += ',';
        json += item_json(session);
    }
    json += ']';
    if (!next_token.empty()) json += R"(,"NextToken":")" + next_token + '"';
    return json + '}';
}

} // namespace gls::test
