#include "metrics/inventory_families.hpp"

#include "metrics/target_labels.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

namespace gls::metrics {
namespace {

using streams::Application;
using streams::LocationState;
using streams::StreamGroup;

struct Shown {
    const streams::Inventory* inventory;
    std::string labels; // account_labels()
};

constexpr std::string_view unknown_status = "UNKNOWN";

// 1 for the current status and 0 for the others. One that this version does not know is shown as
// UNKNOWN, as with sessions.
template <class Write>
void each_status(std::span<const std::string_view> statuses, std::string_view current,
                 Write write) {
    for (const auto status : statuses)
        write(status, status == current ? 1 : 0);
    if (std::ranges::find(statuses, current) == statuses.end()) write(unknown_status, 1);
}

void write_group_info(Writer& writer, const std::string& labels, const StreamGroup& group) {
    writer.sample(labels,
                  {{"stream_group", group.id},
                   {"description", group.description},
                   {"stream_class", group.stream_class},
                   {"default_application", group.default_application}},
                  1);
}

void write_group_status(Writer& writer, const std::string& labels, const StreamGroup& group) {
    each_status(streams::stream_group_statuses, group.status,
                [&](std::string_view status, double value) {
                    writer.sample(labels, {{"stream_group", group.id}, {"status", status}}, value);
                });
}

void write_location_status(Writer& writer, const std::string& labels, const StreamGroup& group) {
    for (const LocationState& state : group.locations) {
        each_status(
            streams::location_statuses, state.status, [&](std::string_view status, double value) {
                writer.sample(
                    labels,
                    {{"stream_group", group.id}, {"location", state.location}, {"status", status}},
                    value);
            });
    }
}

void write_capacity(Writer& writer, const std::string& labels, const StreamGroup& group,
                    std::optional<std::uint32_t> LocationState::* figure) {
    for (const LocationState& state : group.locations) {
        if (!(state.*figure)) continue;
        writer.sample(labels, {{"stream_group", group.id}, {"location", state.location}},
                      static_cast<double>(*(state.*figure)));
    }
}

void write_expiry(Writer& writer, const std::string& labels, const StreamGroup& group) {
    if (!group.expires_at) return;
    writer.sample(labels, {{"stream_group", group.id}}, unix_seconds(*group.expires_at));
}

void write_application_info(Writer& writer, const std::string& labels,
                            const Application& application) {
    writer.sample(labels,
                  {{"application", application.id},
                   {"description", application.description},
                   {"runtime", application.runtime}},
                  1);
}

void write_application_status(Writer& writer, const std::string& labels,
                              const Application& application) {
    each_status(streams::application_statuses, application.status,
                [&](std::string_view status, double value) {
                    writer.sample(labels, {{"application", application.id}, {"status", status}},
                                  value);
                });
}

std::vector<Shown> shown_inventories(const poll::Pictures& pictures, WallTime now) {
    std::vector<Shown> shown;
    for (const auto& picture : pictures) {
        const auto ends = inventory_ends(*picture);
        if (!ends || now >= *ends || !picture->target.account_id) continue;
        shown.push_back({&picture->inventory->inventory, account_labels(picture->target)});
    }
    return shown;
}

} // namespace

std::optional<WallTime> inventory_ends(const poll::Picture& picture) noexcept {
    if (!picture.inventory) return std::nullopt;
    // At the limit it still counts, as with sessions.
    return picture.inventory->as_of + 3 * picture.inventory->interval + milliseconds{1};
}

void write_inventory_families(Writer& writer, const poll::Pictures& pictures, WallTime now) {
    const auto shown = shown_inventories(pictures, now);
    const auto write = [&](Id id, auto items, auto write_one, auto... arguments) {
        writer.family(family(id));
        for (const Shown& from : shown) {
            for (const auto& item : from.inventory->*items)
                write_one(writer, from.labels, item, arguments...);
        }
    };
    const auto groups = &streams::Inventory::stream_groups;
    const auto applications = &streams::Inventory::applications;
    write(Id::stream_group_info, groups, write_group_info);
    write(Id::stream_group_status, groups, write_group_status);
    write(Id::stream_group_location_status, groups, write_location_status);
    write(Id::capacity_allocated, groups, write_capacity, &LocationState::allocated);
    write(Id::capacity_idle, groups, write_capacity, &LocationState::idle);
    write(Id::capacity_requested, groups, write_capacity, &LocationState::requested);
    write(Id::capacity_maximum, groups, write_capacity, &LocationState::maximum);
    write(Id::capacity_target_idle, groups, write_capacity, &LocationState::target_idle);
    write(Id::capacity_always_on, groups, write_capacity, &LocationState::always_on);
    write(Id::stream_group_expiry, groups, write_expiry);
    write(Id::application_info, applications, write_application_info);
    write(Id::application_status, applications, write_application_status);
}

} // namespace gls::metrics
