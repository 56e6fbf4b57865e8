#include "simulator/inventory_json.hpp"

#include "simulator/json_writer.hpp"

#include <algorithm>

namespace gls::simulator {

namespace {

// Members that the summary and the whole of a group have in common.
void write_group(JsonWriter& json, const StreamGroup& group, const Application& standard,
                 const std::string& prefix) {
    json.member("Arn", prefix + "streamgroup/" + group.id).member("Id", group.id);
    json.member("Description", group.description).member("StreamClass", group.stream_class);
    json.member("Status", group.status);
    json.key("DefaultApplication").begin_object().member("Id", standard.id);
    json.member("Arn", prefix + "application/" + standard.id).end_object();
    json.key("CreatedAt").seconds(group.created).key("LastUpdatedAt").seconds(group.updated);
    json.key("ExpiresAt").seconds(group.expires);
}

void write_application(JsonWriter& json, const Application& application,
                       const std::string& prefix) {
    json.member("Arn", prefix + "application/" + application.id).member("Id", application.id);
    json.member("Description", application.description).member("Status", application.status);
    json.key("CreatedAt").seconds(application.created);
    json.key("LastUpdatedAt").seconds(application.updated);
    json.key("RuntimeEnvironment").begin_object().member("Type", application.runtime_type);
    json.member("Version", application.runtime_version).end_object();
}

} // namespace

InventoryJson::InventoryJson(const Inventory& inventory, std::string_view account,
                             std::string_view region)
    : inventory_(inventory), prefix_("arn:aws:gameliftstreams:") {
    prefix_.append(region).append(":").append(account).append(":");
}

void InventoryJson::append_group_summary(std::string& text, const StreamGroup& group) const {
    JsonWriter json{text};
    json.begin_object();
    write_group(json, group, inventory_.applications[group.applications[0]], prefix_);
    json.end_object();
}

void InventoryJson::append_group(std::string& text, const StreamGroup& group) const {
    JsonWriter json{text};
    json.begin_object();
    write_group(json, group, inventory_.applications[group.applications[0]], prefix_);
    if (group.status == "ERROR") json.member("StatusReason", "internalError");
    json.key("LocationStates").begin_array();
    for (const auto& place : group.locations) {
        json.begin_object().member("LocationName", inventory_.locations[place.location]);
        json.member("Status", place.status).member("AlwaysOnCapacity", place.always_on);
        json.member("OnDemandCapacity", place.on_demand());
        json.member("TargetIdleCapacity", place.target_idle);
        json.member("MaximumCapacity", place.maximum).member("RequestedCapacity", place.always_on);
        json.member("AllocatedCapacity", place.allocated_now());
        json.member("IdleCapacity", place.idle_now()).end_object();
    }
    json.end_array().key("AssociatedApplications").begin_array();
    for (const auto application : group.applications)
        json.value(prefix_ + "application/" + inventory_.applications[application].id);
    json.end_array().end_object();
}

void InventoryJson::append_application_summary(std::string& text,
                                               const Application& application) const {
    JsonWriter json{text};
    json.begin_object();
    write_application(json, application, prefix_);
    json.end_object();
}

void InventoryJson::append_application(std::string& text, const Application& application) const {
    JsonWriter json{text};
    json.begin_object();
    write_application(json, application, prefix_);
    if (application.status == "ERROR") json.member("StatusReason", "internalError");
    json.member("ExecutablePath", "bin/game")
        .member("ApplicationSourceUri", "s3://simulator-game/");
    json.key("ReplicationStatuses").begin_array();
    for (const auto& location : inventory_.locations)
        json.begin_object().member("Location", location).member("Status", "COMPLETED").end_object();
    json.end_array().key("AssociatedStreamGroups").begin_array();
    for (const auto& group : inventory_.groups) {
        if (group.dropped) continue;
        if (std::ranges::any_of(group.applications, [&](auto at) {
                return inventory_.applications[at].id == application.id;
            }))
            json.value(prefix_ + "streamgroup/" + group.id);
    }
    json.end_array().end_object();
}

} // namespace gls::simulator
