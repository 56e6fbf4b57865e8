#include "simulator/streams_service.hpp"

#include "simulator/identifier.hpp"
#include "simulator/inventory_json.hpp"
#include "simulator/json_writer.hpp"

#include <charconv>
#include <functional>

namespace gls::simulator {

namespace {

bool is_fault(const Call& call, FaultKind kind) {
    return call.fault && call.fault->kind == kind;
}

std::uint64_t scope_of(const Call& call, const Filter& filter) {
    const std::hash<std::string> hash;
    auto scope = mixed(hash(call.caller.account_id + '/' + call.caller.region));
    scope = mixed(scope ^ static_cast<std::uint64_t>(call.destination.operation));
    scope = mixed(scope ^ (filter.status ? 1 + static_cast<std::uint64_t>(*filter.status) : 0));
    scope = mixed(scope ^
                  (filter.export_status ? static_cast<std::uint64_t>(*filter.export_status) : 0));
    return mixed(scope ^ (filter.group ? 1 + std::uint64_t{*filter.group} : 0));
}

std::expected<Filter, Failure> filter_of(const Call& call) {
    Filter filter;
    if (const auto text = parameter(call.request.query(), "Status")) {
        filter.status = value_of<Status>(status_texts, *text);
        if (!filter.status)
            return std::unexpected(validation("Status is not one of the known session statuses."));
    }
    if (const auto text = parameter(call.request.query(), "ExportFilesStatus")) {
        filter.export_status = value_of<ExportStatus>(export_texts, *text);
        if (!filter.export_status || *filter.export_status == ExportStatus::none)
            return std::unexpected(
                validation("ExportFilesStatus is none of SUCCEEDED, FAILED, PENDING."));
    }
    return filter;
}

Twist twist_of(const Call& call) {
    Twist twist;
    if (!call.fault) return twist;
    switch (call.fault->kind) {
    case FaultKind::unknown_status:
        twist.unknown_status = call.fault->text;
        break;
    case FaultKind::missing_fields:
        twist.missing_fields = true;
        break;
    case FaultKind::future_timestamps:
        twist.time_shift = static_cast<Millis>(1000 * call.fault->seconds.value_or(31'536'000));
        break;
    case FaultKind::iso_timestamps:
        twist.times = Twist::Times::iso;
        break;
    case FaultKind::exponent_timestamps:
        twist.times = Twist::Times::exponent;
        break;
    default:
        break;
    }
    return twist;
}

// What a wrong_items fault puts in the place of the list; empty: no Items at all.
std::string_view instead_of_items(std::string_view variant) {
    if (variant == "missing") return "";
    if (variant == "object") return R"("Items":{"Arn":"x"})";
    if (variant == "string") return R"("Items":"none")";
    if (variant == "mixed") return R"("Items":[1,"two",null,[]])";
    return R"("Items":null)";
}

} // namespace

std::expected<StreamsService::Page, Failure>
StreamsService::page_of(const Call& call, const Filter& filter, const Route& first_route) const {
    Page page;
    page.bookmark = {scope_of(call, filter), first_route, {}, call.now, 0};
    if (const auto text = parameter(call.request.query(), "MaxResults")) {
        int limit = 0;
        const auto* end = text->data() + text->size();
        if (const auto [stop, error] = std::from_chars(text->data(), end, limit);
            error != std::errc{} || stop != end)
            return std::unexpected(
                Failure{400, "SerializationException", "MaxResults is not an integer.", true});
        if (limit < 1 || limit > 100)
            return std::unexpected(validation("MaxResults must be from 1 to 100."));
        page.limit = static_cast<std::size_t>(limit);
    }
    const auto token = parameter(call.request.query(), "NextToken");
    if (!token) return page;
    const auto opened = seal_.open(*token);
    if (!opened || opened->scope != page.bookmark.scope)
        return std::unexpected(validation("The provided NextToken is not valid for this request."));
    if (opened->issued + token_ttl_ < call.now)
        return std::unexpected(validation("The provided NextToken is no longer valid."));
    page.bookmark = *opened;
    page.token = *token;
    return page;
}

std::string StreamsService::next_token(const Call& call, const Page& page,
                                       std::optional<Place> next) const {
    auto bookmark = page.bookmark;
    bookmark.issued = call.now;
    ++bookmark.page;
    if (is_fault(call, FaultKind::repeat_token))
        return page.token.empty() ? seal_.seal(page.bookmark) : page.token;
    if (is_fault(call, FaultKind::endless) && !next) next = Place{};
    if (is_fault(call, FaultKind::empty_page_with_token)) next = page.bookmark.place;
    if (!next) return {};
    bookmark.place = *next;
    return seal_.seal(bookmark);
}

std::expected<std::string, Failure> StreamsService::answer(const Fleet& fleet, const Call& call) {
    switch (call.destination.operation) {
    case Operation::list_stream_sessions_by_account:
    case Operation::list_stream_sessions:
        return list_sessions(fleet, call);
    case Operation::get_stream_session:
        return get_session(fleet, call);
    case Operation::list_stream_groups:
    case Operation::list_applications:
        return list_things(fleet, call);
    case Operation::get_stream_group:
        return get_group(fleet, call);
    case Operation::get_application:
        return get_application(fleet, call);
    default:
        break;
    }
    return std::unexpected(Failure{404, "UnknownOperationException", "", true});
}

StreamsService::Body StreamsService::list_sessions(const Fleet& fleet, const Call& call) {
    auto filter = filter_of(call);
    if (!filter) return std::unexpected(filter.error());
    if (call.destination.operation == Operation::list_stream_sessions) {
        const auto id = id_of(call.destination.identifier, "streamgroup/", call.caller);
        if (!id) return std::unexpected(id.error());
        filter->group = fleet.inventory().group_of(*id);
        if (!filter->group) return std::unexpected(not_found("Stream group", *id));
    }
    auto page = page_of(call, *filter, fleet.shelf().new_route(chance_));
    if (!page) return std::unexpected(page.error());
    auto limit = page->limit;
    if (is_fault(call, FaultKind::short_page)) limit = (limit + 1) / 2;
    if (is_fault(call, FaultKind::empty_page_with_token)) limit = 0;
    slots_.clear();
    const auto& route = page->bookmark.route;
    const auto next = fleet.shelf().walk(*filter, route, page->bookmark.place, limit, slots_);

    std::string body;
    body.reserve(64 + slots_.size() * 640);
    body += '{';
    if (is_fault(call, FaultKind::wrong_items)) {
        body += instead_of_items(call.fault->variant);
    } else {
        const SessionJson json{fleet, call.caller.account_id, call.caller.region};
        const auto twist = twist_of(call);
        body += R"("Items":[)";
        const auto times = is_fault(call, FaultKind::duplicate) ? 2 : 1;
        for (std::size_t index = 0; index < slots_.size(); ++index)
            for (int time = 0; time < times; ++time) {
                if (body.back() != '[') body += ',';
                json.append_summary(body, fleet.shelf().at(slots_[index]), twist, index);
            }
        body += ']';
    }
    if (const auto token = next_token(call, *page, next); !token.empty())
        body.append(body.size() > 1 ? "," : "")
            .append(R"("NextToken":")")
            .append(token)
            .append("\"");
    body += '}';
    return body;
}

// Groups or applications: a route over their indexes, one a step.
StreamsService::Body StreamsService::list_things(const Fleet& fleet, const Call& call) {
    const auto of_groups = call.destination.operation == Operation::list_stream_groups;
    const auto& inventory = fleet.inventory();
    const auto count = of_groups ? inventory.groups.size() : inventory.applications.size();
    const auto words = static_cast<std::uint32_t>(std::max<std::size_t>(1, count));
    auto page = page_of(call, {}, {words, 1, chance_.below(words)});
    if (!page) return std::unexpected(page.error());
    auto limit = page->limit;
    if (is_fault(call, FaultKind::empty_page_with_token)) limit = 0;
    const InventoryJson json{inventory, call.caller.account_id, call.caller.region};
    std::string body{"{"};
    std::optional<Place> next;
    if (is_fault(call, FaultKind::wrong_items))
        body += instead_of_items(call.fault->variant);
    else
        body += R"("Items":[)";
    for (auto step = page->bookmark.place.step; step < page->bookmark.route.words; ++step) {
        const auto at = (page->bookmark.route.start + step) % page->bookmark.route.words;
        if (at >= count ||
            (of_groups ? inventory.groups[at].dropped : inventory.applications[at].dropped))
            continue;
        if (limit-- == 0) {
            next = Place{step, 0};
            break;
        }
        if (is_fault(call, FaultKind::wrong_items)) continue;
        if (body.back() != '[') body += ',';
        if (of_groups)
            json.append_group_summary(body, inventory.groups[at]);
        else
            json.append_application_summary(body, inventory.applications[at]);
    }
    if (!is_fault(call, FaultKind::wrong_items)) body += ']';
    if (const auto token = next_token(call, *page, next); !token.empty())
        body.append(body.size() > 1 ? "," : "")
            .append(R"("NextToken":")")
            .append(token)
            .append("\"");
    body += '}';
    return body;
}

StreamsService::Body StreamsService::get_session(const Fleet& fleet, const Call& call) {
    const auto group_id = id_of(call.destination.identifier, "streamgroup/", call.caller);
    if (!group_id) return std::unexpected(group_id.error());
    const auto session_id =
        id_of(call.destination.session_identifier, "streamsession/" + *group_id + '/', call.caller);
    if (!session_id) return std::unexpected(session_id.error());
    const auto group = fleet.inventory().group_of(*group_id);
    if (!group) return std::unexpected(not_found("Stream group", *group_id));
    const auto serial = fleet.ids().serial_of(*session_id);
    const auto slot = serial ? fleet.shelf().slot_of(*serial) : std::nullopt;
    if (!slot || fleet.shelf().at(*slot).group != *group)
        return std::unexpected(not_found("Stream session", *session_id));
    std::string body;
    const SessionJson json{fleet, call.caller.account_id, call.caller.region};
    json.append_whole(body, fleet.shelf().at(*slot), twist_of(call));
    return body;
}

StreamsService::Body StreamsService::get_group(const Fleet& fleet, const Call& call) {
    const auto id = id_of(call.destination.identifier, "streamgroup/", call.caller);
    if (!id) return std::unexpected(id.error());
    const auto group = fleet.inventory().group_of(*id);
    if (!group) return std::unexpected(not_found("Stream group", *id));
    std::string body;
    const InventoryJson json{fleet.inventory(), call.caller.account_id, call.caller.region};
    json.append_group(body, fleet.inventory().groups[*group]);
    return body;
}

StreamsService::Body StreamsService::get_application(const Fleet& fleet, const Call& call) {
    const auto id = id_of(call.destination.identifier, "application/", call.caller);
    if (!id) return std::unexpected(id.error());
    const auto application = fleet.inventory().application_of(*id);
    if (!application) return std::unexpected(not_found("Application", *id));
    std::string body;
    const InventoryJson json{fleet.inventory(), call.caller.account_id, call.caller.region};
    json.append_application(body, fleet.inventory().applications[*application]);
    return body;
}

} // namespace gls::simulator
