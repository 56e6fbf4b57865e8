// Bodies of pages and sessions, as few words as a test needs.
#pragma once

#include "support/scripted_api.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace gls::test {

struct Item {
    std::string id;
    std::string_view status;
    std::string_view export_status{};
};

inline std::string session_json(const Item& item) {
    std::string json =
        R"({"Arn":"arn:aws:gameliftstreams:us-west-2:111122223333:streamsession/sg-1/)" + item.id +
        R"(","Status":")" + std::string{item.status} + R"(","Location":"us-west-2",)" +
        R"("CreatedAt":1767225000,"LastUpdatedAt":1767225100)";
    if (!item.export_status.empty()) {
        json += R"(,"ExportFilesMetadata":{"Status":")" + std::string{item.export_status} + "\"}";
    }
    return json + "}";
}

inline std::string page_json(const std::vector<Item>& items, std::string_view next_token = {}) {
    std::string json = R"({"Items":[)";
    for (const auto& item : items)
        json += (json.back() == '[' ? "" : ",") + session_json(item);
    json += "]";
    if (!next_token.empty()) json += R"(,"NextToken":")" + std::string{next_token} + "\"";
    return json + "}";
}

inline constexpr const char* list_all = "ListStreamSessionsByAccount";

inline void expect_chain(ScriptedApi& api, std::string_view status,
                         const std::vector<Item>& items) {
    api.expect(list_all)
        .query("Status", std::string{status})
        .urgency(aws::Urgency::live)
        .answer(page_json(items));
}

inline void expect_pending(ScriptedApi& api, const std::vector<Item>& items) {
    api.expect(list_all)
        .query("ExportFilesStatus", "PENDING")
        .no_query("Status")
        .answer(page_json(items));
}

// A whole live sweep that meets nothing but these connected sessions.
inline void expect_live(ScriptedApi& api, const std::vector<Item>& connected) {
    for (const char* status :
         {"ACTIVATING", "ACTIVE", "PENDING_CLIENT_RECONNECTION", "RECONNECTING"}) {
        expect_chain(api, status, {});
    }
    expect_chain(api, "CONNECTED", connected);
    for (const char* status : {"PENDING_CLIENT_RECONNECTION", "RECONNECTING", "TERMINATING"}) {
        expect_chain(api, status, {});
    }
    expect_pending(api, {});
}

inline void expect_full(ScriptedApi& api, const std::vector<Item>& items) {
    api.expect(list_all)
        .no_query("Status")
        .no_query("ExportFilesStatus")
        .urgency(aws::Urgency::full)
        .answer(page_json(items));
}

inline ScriptedApi::Step& expect_look_up(ScriptedApi& api, const std::string& id) {
    return api.expect("GetStreamSession")
        .path({"streamgroups", "sg-1", "streamsessions", id})
        .urgency(aws::Urgency::look_up);
}

} // namespace gls::test
