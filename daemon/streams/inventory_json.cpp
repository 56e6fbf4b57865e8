#include "streams/inventory_json.hpp"

#include "streams/arn.hpp"
#include "streams/json_page.hpp"

#include <utility>

namespace gls::streams {
namespace {

using namespace json;

std::optional<std::uint32_t> capacity_in(od::value& value) {
    std::uint64_t number = 0;
    if (value.get_uint64().get(number) != SUCCESS || number > 0xFFFF'FFFFU) return std::nullopt;
    return static_cast<std::uint32_t>(number);
}

std::string label_in(const Body& body, od::value& value) {
    return std::string{label(body.text_in(value))};
}

error_code read_location(const Body& body, od::object& object, LocationState& state) {
    return body.each_member(object, [&](Name name, od::value& value) {
        if (name == "LocationName") state.location = label_in(body, value);
        if (name == "Status") state.status = label_in(body, value);
        if (name == "AlwaysOnCapacity") state.always_on = capacity_in(value);
        if (name == "TargetIdleCapacity") state.target_idle = capacity_in(value);
        if (name == "MaximumCapacity") state.maximum = capacity_in(value);
        if (name == "RequestedCapacity") state.requested = capacity_in(value);
        if (name == "AllocatedCapacity") state.allocated = capacity_in(value);
        if (name == "IdleCapacity") state.idle = capacity_in(value);
        return SUCCESS;
    });
}

error_code read_locations(const Body& body, od::value& value, std::vector<LocationState>& states) {
    states.clear();
    od::array array;
    if (value.get_array().get(array)) return SUCCESS; // null: none are told
    for (auto element : array) {
        od::object object;
        if (const error_code error = std::move(element).get_object().get(object)) return error;
        LocationState state;
        if (const error_code error = read_location(body, object, state)) return error;
        if (state.location.empty()) state.location = unknown;
        states.push_back(std::move(state));
    }
    return SUCCESS;
}

// One member of a nested object, or of two joined by a blank: {"Type": "PROTON", "Version": "1"}.
error_code read_nested(const Body& body, od::value& value, std::string& first,
                       std::string& second) {
    first.clear();
    second.clear();
    od::object object;
    if (value.get_object().get(object)) return SUCCESS;
    return body.each_member(object, [&](Name name, od::value& member) {
        if (name == "Id" || name == "Type") first = label_in(body, member);
        if (name == "Arn" || name == "Version") second = label_in(body, member);
        return SUCCESS;
    });
}

// Lists name a group by id and ARN; either will do.
template <class Item>
bool settle_id(Item& item, const std::string& arn) {
    const Arn parts = split_arn(arn);
    if (item.id.empty()) item.id = label(parts.id);
    item.account_id = parts.account_id;
    return !item.id.empty();
}

struct StreamGroups {
    std::vector<StreamGroup> read;

    void begin() { read.clear(); }
    const char* take(const Body& body, od::object& object, error_code& error) {
        StreamGroup group;
        std::string arn;
        std::string application_arn;
        error = body.each_member(object, [&](Name name, od::value& value) {
            if (name == "Id") group.id = label_in(body, value);
            if (name == "Arn") arn = body.text_in(value);
            if (name == "Description") group.description = label_in(body, value);
            if (name == "StreamClass") group.stream_class = label_in(body, value);
            if (name == "Status") group.status = label_in(body, value);
            if (name == "ExpiresAt") group.expires_at = time_in(value);
            if (name == "DefaultApplication")
                return read_nested(body, value, group.default_application, application_arn);
            if (name == "LocationStates") return read_locations(body, value, group.locations);
            return SUCCESS;
        });
        if (group.default_application.empty())
            group.default_application = label(split_arn(application_arn).id);
        if (!error && !settle_id(group, arn)) return "has neither Id nor Arn";
        read.push_back(std::move(group));
        return "";
    }
};

struct Applications {
    std::vector<Application> read;

    void begin() { read.clear(); }
    const char* take(const Body& body, od::object& object, error_code& error) {
        Application application;
        std::string arn;
        std::string version;
        error = body.each_member(object, [&](Name name, od::value& value) {
            if (name == "Id") application.id = label_in(body, value);
            if (name == "Arn") arn = body.text_in(value);
            if (name == "Description") application.description = label_in(body, value);
            if (name == "Status") application.status = label_in(body, value);
            if (name == "RuntimeEnvironment")
                return read_nested(body, value, application.runtime, version);
            return SUCCESS;
        });
        if (!version.empty()) application.runtime += " " + version;
        if (!error && !settle_id(application, arn)) return "has neither Id nor Arn";
        read.push_back(std::move(application));
        return "";
    }
};

template <class Item, class Taker>
Result<InventoryPage<Item>> page_of(od::parser& parser, std::string& text, Taker taker) {
    Result<std::string> next_token = read_list(parser, text, taker);
    if (!next_token) return std::unexpected<Error>{std::move(next_token.error())};
    return InventoryPage<Item>{std::move(taker.read), std::move(*next_token)};
}

template <class Item, class Taker>
Result<Item> one_of(od::parser& parser, std::string& text, Taker taker) {
    Result<> read = read_one(parser, text, taker);
    if (!read) return std::unexpected<Error>{std::move(read.error())};
    return std::move(taker.read.front());
}

} // namespace

struct InventoryReader::Buffers {
    od::parser parser;
};

InventoryReader::InventoryReader() : buffers_{std::make_unique<Buffers>()} {}
InventoryReader::~InventoryReader() = default;
InventoryReader::InventoryReader(InventoryReader&&) noexcept = default;
InventoryReader& InventoryReader::operator=(InventoryReader&&) noexcept = default;

Result<InventoryPage<StreamGroup>> InventoryReader::read_stream_groups(std::string& text) {
    return page_of<StreamGroup>(buffers_->parser, text, StreamGroups{});
}
Result<InventoryPage<Application>> InventoryReader::read_applications(std::string& text) {
    return page_of<Application>(buffers_->parser, text, Applications{});
}
Result<StreamGroup> InventoryReader::read_stream_group(std::string& text) {
    return one_of<StreamGroup>(buffers_->parser, text, StreamGroups{});
}
Result<Application> InventoryReader::read_application(std::string& text) {
    return one_of<Application>(buffers_->parser, text, Applications{});
}

} // namespace gls::streams
