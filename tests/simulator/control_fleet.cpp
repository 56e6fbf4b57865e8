#include "simulator/control_fleet.hpp"

#include "simulator/settings.hpp"

#include <algorithm>

namespace gls::simulator {

namespace {

template <typename Enum, std::size_t count>
std::optional<Enum> word(const JsonObject& order, std::string_view name,
                         const std::array<std::string_view, count>& texts) {
    const auto text = order.text(name);
    if (!text) return std::nullopt;
    const auto value = value_of<Enum>(texts, *text);
    if (!value) throw BadControl{std::string{name} + " is not one that the API knows: " + *text};
    return value;
}

// A status word for good: one of the constant texts, so that it may be kept as a view.
template <std::size_t count>
std::optional<std::string_view> kept_word(const JsonObject& order,
                                          const std::array<std::string_view, count>& texts) {
    const auto index = word<std::size_t>(order, "status", texts);
    return index ? std::optional{texts[*index]} : std::nullopt;
}

std::optional<std::uint16_t> group_in(const Fleet& fleet, const JsonObject& order) {
    const auto id = order.text("stream_group");
    if (!id) return std::nullopt;
    const auto group = fleet.inventory().group_of(*id);
    if (!group) throw BadControl{"no such stream group: " + *id};
    return group;
}

std::optional<std::uint8_t> location_in(const Fleet& fleet, const JsonObject& order) {
    const auto name = order.text("location");
    if (!name) return std::nullopt;
    const auto location = fleet.inventory().location_of(*name);
    if (!location) throw BadControl{"no such location: " + *name};
    return location;
}

std::uint16_t first_group(const Fleet& fleet) {
    const auto& groups = fleet.inventory().groups;
    const auto found = std::ranges::find(groups, false, &StreamGroup::dropped);
    if (found == groups.end()) throw BadControl{"no stream group is left"};
    return static_cast<std::uint16_t>(found - groups.begin());
}

// Sessions in `status` (or in any live one) that fit the order's labels, `count` of them.
std::vector<Slot> chosen(const Fleet& fleet, const JsonObject& order,
                         std::optional<Status> status) {
    const auto limit = order.count("count").value_or(1);
    const auto group = group_in(fleet, order);
    const auto location = location_in(fleet, order);
    std::vector<Slot> slots;
    for (const auto candidate : {Status::connected, Status::active, Status::activating,
                                 Status::pending_client_reconnection, Status::reconnecting,
                                 Status::terminating, Status::terminated, Status::error}) {
        if (status ? candidate != *status : !is_live(candidate)) continue;
        const Filter filter{.status = candidate, .group = group};
        for (const auto slot : fleet.shelf().first(filter, fleet.shelf().size())) {
            if (slots.size() == limit) return slots;
            if (!location || fleet.shelf().at(slot).location == *location) slots.push_back(slot);
        }
    }
    return slots;
}

Slot named(const Fleet& fleet, std::string_view text) {
    const auto serial = fleet.ids().serial_of(text.substr(text.rfind('/') + 1)); // npos + 1 = 0
    const auto slot = serial ? fleet.shelf().slot_of(*serial) : std::nullopt;
    if (!slot) throw BadControl{"no such session: " + std::string{text}};
    return *slot;
}

// Why an order ends a session, where it does not say.
Reason usual_reason(Status to) {
    if (to == Status::error) return Reason::internal_error;
    return to == Status::terminating || to == Status::terminated ? Reason::api_terminated
                                                                 : Reason::none;
}

std::size_t start(Fleet& fleet, const JsonObject& order) {
    return fleet.start(order.count("count").value_or(1), group_in(fleet, order),
                       location_in(fleet, order));
}

std::size_t end(Fleet& fleet, const JsonObject& order) {
    const auto status = word<Status>(order, "status", status_texts).value_or(Status::terminated);
    const auto reason =
        word<Reason>(order, "status_reason", reason_texts).value_or(usual_reason(status));
    if (is_live(status)) throw BadControl{"status must be TERMINATED or ERROR"};
    const auto slots = chosen(fleet, order, std::nullopt);
    for (const auto slot : slots)
        fleet.move(slot, {status, reason});
    return slots.size();
}

std::size_t move(Fleet& fleet, const JsonObject& order) {
    const auto to = word<Status>(order, "to", status_texts);
    const auto from = word<Status>(order, "from", status_texts);
    const auto session = order.text("session");
    if (!to || (!from && !session)) throw BadControl{"to, and from or session, must be there"};
    const auto reason =
        word<Reason>(order, "status_reason", reason_texts).value_or(usual_reason(*to));
    const auto slots =
        session ? std::vector<Slot>{named(fleet, *session)} : chosen(fleet, order, from);
    for (const auto slot : slots)
        fleet.move(slot, {*to, reason});
    return slots.size();
}

std::size_t remove(Fleet& fleet, const JsonObject& order) {
    const auto session = order.text("session");
    const auto status = word<Status>(order, "status", status_texts);
    if (!session && !status) throw BadControl{"status or session must be there"};
    const auto slots =
        session ? std::vector<Slot>{named(fleet, *session)} : chosen(fleet, order, status);
    for (const auto slot : slots)
        fleet.remove(slot);
    return slots.size();
}

std::size_t hold(Fleet& fleet, const JsonObject& order) {
    const auto status = word<Status>(order, "status", status_texts);
    if (!status || !is_live(*status)) throw BadControl{"status must be a live one"};
    return fleet.hold(*status, order.truth("on").value_or(true));
}

std::size_t set(Fleet& fleet, const JsonObject& order) {
    auto rates = fleet.rates();
    rates.starts_per_minute = order.number("starts_per_minute").value_or(rates.starts_per_minute);
    rates.error_share = order.number("error_share").value_or(rates.error_share);
    rates.drop_share = order.number("drop_share").value_or(rates.drop_share);
    rates.export_share = order.number("export_share").value_or(rates.export_share);
    rates.export_failure_share =
        order.number("export_failure_share").value_or(rates.export_failure_share);
    if (rates.starts_per_minute < 0) throw BadControl{"starts_per_minute must not be negative"};
    fleet.set_rates(rates);
    return 0;
}

std::size_t drop_group(Fleet& fleet, const JsonObject& order) {
    auto group = group_in(fleet, order);
    if (!group) {
        auto last = first_group(fleet);
        for (std::size_t at = last; at < fleet.inventory().groups.size(); ++at)
            if (!fleet.inventory().groups[at].dropped) last = static_cast<std::uint16_t>(at);
        group = last;
    }
    return fleet.drop_group(*group);
}

Application& application_in(Fleet& fleet, const JsonObject& order) {
    const auto id = order.text("application").value_or("");
    const auto application = fleet.inventory().application_of(id);
    if (!application) throw BadControl{"no such application: " + id};
    return fleet.inventory().applications[*application];
}

std::size_t set_group(Fleet& fleet, const JsonObject& order) {
    auto& group = fleet.inventory().groups[group_in(fleet, order).value_or(first_group(fleet))];
    if (const auto status = kept_word(order, group_statuses)) group.status = *status;
    if (const auto left = order.number("expires_in_seconds"))
        group.expires = fleet.now() + static_cast<Millis>(1000 * *left);
    group.updated = fleet.now();
    return 1;
}

std::size_t set_location(Fleet& fleet, const JsonObject& order) {
    auto& group = fleet.inventory().groups[group_in(fleet, order).value_or(first_group(fleet))];
    const auto location = location_in(fleet, order).value_or(group.locations[0].location);
    auto* place = group.find(location);
    if (place == nullptr) throw BadControl{"the group does not run at that location"};
    const auto sized = [&](std::string_view name, std::uint32_t now) {
        return static_cast<std::uint32_t>(order.count(name).value_or(now));
    };
    if (const auto status = kept_word(order, location_statuses)) place->status = *status;
    place->always_on = sized("always_on", place->always_on);
    place->target_idle = sized("target_idle", place->target_idle);
    place->maximum = sized("maximum", place->maximum);
    if (order.is_null("allocated"))
        place->allocated.reset();
    else if (order.member("allocated"))
        place->allocated = sized("allocated", 0);
    group.updated = fleet.now();
    return 1;
}

std::size_t set_application(Fleet& fleet, const JsonObject& order) {
    auto& application = application_in(fleet, order);
    if (const auto status = kept_word(order, application_statuses)) application.status = *status;
    application.updated = fleet.now();
    return 1;
}

std::size_t drop_application(Fleet& fleet, const JsonObject& order) {
    application_in(fleet, order).dropped = true;
    return 1;
}

} // namespace

FleetSizes sizes_from(const JsonObject& reset, FleetSizes sizes) {
    reset.allow_only({"sessions", "live", "ending_per_minute", "groups", "applications",
                      "locations", "export_share", "error_share", "retention", "diurnal", "seed"});
    sizes.sessions = reset.count("sessions").value_or(sizes.sessions);
    sizes.live = reset.count("live").value_or(std::min(sizes.live, sizes.sessions));
    sizes.ending_per_minute = reset.number("ending_per_minute").value_or(sizes.ending_per_minute);
    sizes.groups = reset.count("groups").value_or(sizes.groups);
    sizes.applications = reset.count("applications").value_or(sizes.applications);
    sizes.locations = reset.count("locations").value_or(sizes.locations);
    sizes.export_share = reset.number("export_share").value_or(sizes.export_share);
    sizes.error_share = reset.number("error_share").value_or(sizes.error_share);
    sizes.retention_seconds = reset.number("retention").value_or(sizes.retention_seconds);
    sizes.diurnal = reset.number("diurnal").value_or(sizes.diurnal);
    sizes.seed = reset.count("seed").value_or(sizes.seed);
    if (const auto fault = fault_of(sizes); !fault.empty()) throw BadControl{fault};
    return sizes;
}

std::size_t carry_out(Fleet& fleet, const JsonObject& order) {
    order.allow_only({"do",
                      "count",
                      "stream_group",
                      "location",
                      "status",
                      "status_reason",
                      "from",
                      "to",
                      "session",
                      "on",
                      "starts_per_minute",
                      "error_share",
                      "drop_share",
                      "export_share",
                      "export_failure_share",
                      "application",
                      "expires_in_seconds",
                      "always_on",
                      "target_idle",
                      "maximum",
                      "allocated"});
    using Order = std::size_t (*)(Fleet&, const JsonObject&);
    constexpr std::array<std::pair<std::string_view, Order>, 11> known{
        {{"start", start},
         {"end", end},
         {"move", move},
         {"remove", remove},
         {"hold", hold},
         {"set", set},
         {"drop_group", drop_group},
         {"drop_application", drop_application},
         {"set_group", set_group},
         {"set_location", set_location},
         {"set_application", set_application}}};
    const auto name = order.text("do").value_or("");
    for (const auto& [text, carry] : known)
        if (text == name) return carry(fleet, order);
    throw BadControl{"no such order: " + name};
}

} // namespace gls::simulator
