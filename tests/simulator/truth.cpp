#include "simulator/truth.hpp"

#include "simulator/json_writer.hpp"

#include <algorithm>

namespace gls::simulator {

namespace {

using Count = std::uint64_t;
struct Oldest {
    Millis created{never};
    Millis updated{never};
};

struct Tally {
    std::map<std::tuple<Status, std::uint8_t>, Count> sessions;
    std::map<std::tuple<Status, std::uint8_t>, Oldest> oldest;
    std::map<std::tuple<ExportStatus, std::uint8_t>, Count> exports;
    std::map<std::tuple<std::uint16_t, Status, std::uint8_t>, Count> groups;
    std::map<std::tuple<std::uint16_t, Status>, Count> applications;
    std::map<std::tuple<Status, Reason, std::uint8_t>, Count> reasons;
};

Tally tally_of(const Fleet& fleet) {
    Tally tally;
    for (const auto slot : fleet.shelf().first({}, fleet.shelf().size())) {
        const auto& session = fleet.shelf().at(slot);
        ++tally.sessions[{session.status, session.location}];
        auto& oldest = tally.oldest[{session.status, session.location}];
        oldest.created = std::min(oldest.created, session.created);
        oldest.updated = std::min(oldest.updated, session.updated);
        ++tally.exports[{session.export_status, session.location}];
        ++tally.groups[{session.group, session.status, session.location}];
        ++tally.applications[{session.application, session.status}];
        if (session.shown_reason() != Reason::none)
            ++tally.reasons[{session.status, session.reason, session.location}];
    }
    return tally;
}

class Account {
public:
    Account(const Fleet& fleet, std::string& text) : fleet_(fleet), json_(text) {}

    void write(double speed, std::uint64_t births) {
        const auto tally = tally_of(fleet_);
        json_.begin_object().key("time").seconds(fleet_.now());
        json_.key("speed").decimal(speed).member("births", births);
        write_totals(tally);
        write_snapshot(tally);
        write_inventory();
        write_lifecycle();
        json_.end_object();
    }

private:
    void write_totals(const Tally& tally) {
        Count live = 0;
        Count ended = 0;
        for (const auto& [key, count] : tally.sessions)
            (is_live(std::get<0>(key)) ? live : ended) += count;
        json_.key("totals").begin_object().member("listed", live + ended);
        json_.member("live", live).member("ended", ended).end_object();
    }

    // One line an entry of `counts`: its labels in the key's order, then the count.
    template <typename Counts, std::size_t labels>
    void lines(std::string_view name, const Counts& counts,
               const std::array<std::string_view, labels>& names) {
        json_.key(name).begin_array();
        for (const auto& [key, count] : counts) {
            json_.begin_object();
            std::size_t at = 0;
            std::apply([&](const auto&... part) { (label(names[at++], part), ...); }, key);
            json_.member("count", count).end_object();
        }
        json_.end_array();
    }
    void label(std::string_view name, Status status) { json_.member(name, text_of(status)); }
    void label(std::string_view name, ExportStatus status) { json_.member(name, text_of(status)); }
    void label(std::string_view name, Reason reason) { json_.member(name, text_of(reason)); }
    void label(std::string_view name, std::uint8_t location) {
        json_.member(name, fleet_.inventory().locations[location]);
    }
    void label(std::string_view name, std::uint16_t thing) {
        const auto& inventory = fleet_.inventory();
        json_.member(name, name == "stream_group" ? inventory.groups[thing].id
                                                  : inventory.applications[thing].id);
    }

    void write_snapshot(const Tally& tally) {
        lines("sessions", tally.sessions, std::to_array<std::string_view>({"status", "location"}));
        lines("session_exports", tally.exports,
              std::to_array<std::string_view>({"export_status", "location"}));
        lines("stream_group_sessions", tally.groups,
              std::to_array<std::string_view>({"stream_group", "status", "location"}));
        lines("application_sessions", tally.applications,
              std::to_array<std::string_view>({"application", "status"}));
        lines("session_status_reasons", tally.reasons,
              std::to_array<std::string_view>({"status", "status_reason", "location"}));
        json_.key("oldest_session").begin_array();
        for (const auto& [key, oldest] : tally.oldest) {
            json_.begin_object();
            label("status", std::get<0>(key));
            label("location", std::get<1>(key));
            json_.key("created").seconds(oldest.created);
            json_.key("updated").seconds(oldest.updated).end_object();
        }
        json_.end_array();
    }

    void write_inventory() {
        const auto& inventory = fleet_.inventory();
        json_.key("stream_groups").begin_array();
        for (const auto& group : inventory.groups)
            if (!group.dropped) write_group(group);
        json_.end_array().key("applications").begin_array();
        for (const auto& application : inventory.applications) {
            if (application.dropped) continue;
            json_.begin_object().member("application", application.id);
            json_.member("description", application.description);
            json_.member("runtime", std::string{application.runtime_type} + ' ' +
                                        std::string{application.runtime_version});
            json_.member("status", application.status).end_object();
        }
        json_.end_array();
    }

    void write_group(const StreamGroup& group) {
        json_.begin_object().member("stream_group", group.id);
        json_.member("description", group.description).member("stream_class", group.stream_class);
        json_.member("status", group.status);
        json_.member("default_application",
                     fleet_.inventory().applications[group.applications[0]].id);
        json_.key("expires").seconds(group.expires).key("locations").begin_array();
        for (const auto& place : group.locations) {
            json_.begin_object();
            label("location", place.location);
            json_.member("status", place.status);
            json_.member("allocated", place.allocated_now()).member("idle", place.idle_now());
            json_.member("requested", place.always_on).member("maximum", place.maximum);
            json_.member("target_idle", place.target_idle).member("always_on", place.always_on);
            json_.member("on_demand", place.on_demand()).end_object();
        }
        json_.end_array().end_object();
    }

    void write_lifecycle() {
        const auto& counts = fleet_.counts();
        json_.key("lifecycle").begin_object();
        lines("started", counts.started,
              std::to_array<std::string_view>({"stream_group", "location"}));
        lines("ended", counts.ended,
              std::to_array<std::string_view>(
                  {"status", "status_reason", "stream_group", "location"}));
        lines("transitions", counts.transitions, std::to_array<std::string_view>({"from", "to"}));
        lines("exports_finished", counts.exports_finished,
              std::to_array<std::string_view>({"export_status", "location"}));
        json_.member("removed", counts.removed).end_object();
    }

    const Fleet& fleet_;
    JsonWriter json_;
};

} // namespace

std::string truth_of(const Fleet& fleet, double speed, std::uint64_t births) {
    std::string text;
    Account{fleet, text}.write(speed, births);
    return text;
}

} // namespace gls::simulator
