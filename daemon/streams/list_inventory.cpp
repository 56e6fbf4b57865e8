#include "streams/list_inventory.hpp"

#include "streams/inventory_json.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace gls::streams {
namespace {

constexpr std::uint64_t inventory_page = 100; // the most that AWS allows

template <class Item>
using ReadPage = Result<InventoryPage<Item>> (InventoryReader::*)(std::string&);

aws::Operation operation_of(const char* name, const char* path,
                            aws::Urgency urgency = aws::Urgency::inventory) {
    aws::Operation operation;
    operation.name = name;
    operation.path = {path};
    operation.urgency = urgency;
    return operation;
}

// A list that changes while it is read may name one twice; two series alike would spoil a scrape.
template <class Item>
void keep_first_of_each_id(std::vector<Item>& items) {
    std::set<std::string, std::less<>> met;
    std::erase_if(items, [&](const Item& item) { return !met.insert(item.id).second; });
}

void keep_first_of_each_location(std::vector<LocationState>& states) {
    std::set<std::string, std::less<>> met;
    std::erase_if(states,
                  [&](const LocationState& state) { return !met.insert(state.location).second; });
}

// One of the collections, and how its pages are read.
template <class Item>
struct Collection {
    const char* operation;
    const char* path;
    ReadPage<Item> read;
    aws::Urgency urgency{aws::Urgency::inventory};
};
constexpr Collection<StreamGroup> stream_groups{"ListStreamGroups", "streamgroups",
                                                &InventoryReader::read_stream_groups};
constexpr Collection<Application> applications{"ListApplications", "applications",
                                               &InventoryReader::read_applications};

template <class Item>
struct Listed {
    std::vector<Item> items;
    std::uint64_t attempts{0};
    std::optional<Error> failure{};
};

template <class Item>
Task<Listed<Item>> read_list(aws::Api& api, InventoryReader& reader, Collection<Item> collection,
                             PageLimits limits) {
    Listed<Item> listed;
    PageGuard guard{limits};
    std::string token;
    bool begun_anew = false;
    for (;;) {
        aws::Operation operation =
            operation_of(collection.operation, collection.path, collection.urgency);
        operation.query.emplace_back("MaxResults", std::to_string(inventory_page));
        if (!token.empty()) operation.query.emplace_back("NextToken", token);
        Result<aws::Answer> answer = co_await api.call(std::move(operation));
        listed.attempts += answer ? answer->attempts : answer.error().attempts;
        if (!answer) {
            if (answer.error().kind == ErrorKind::expired_token && !begun_anew && !token.empty()) {
                begun_anew = true;
                guard = PageGuard{limits};
                token.clear();
                listed.items.clear();
                continue;
            }
            listed.failure = std::move(answer.error());
            co_return listed;
        }
        Result<InventoryPage<Item>> page = (reader.*collection.read)(answer->body);
        if (!page) {
            listed.failure = std::move(page.error());
            co_return listed;
        }
        listed.failure = guard.refuse(page->items.empty(), page->next_token);
        if (listed.failure) co_return listed;
        for (Item& item : page->items)
            listed.items.push_back(std::move(item));
        if (page->next_token.empty()) break;
        token = std::move(page->next_token);
    }
    keep_first_of_each_id(listed.items);
    co_return listed;
}

// None: AWS does not know the group any more.
Task<Result<std::optional<StreamGroup>>> look_up_group(aws::Api& api, InventoryReader& reader,
                                                       std::string id) {
    aws::Operation operation = operation_of("GetStreamGroup", "streamgroups");
    operation.path.push_back(id);
    Result<aws::Answer> answer = co_await api.call(std::move(operation));
    if (!answer) {
        if (answer.error().kind == ErrorKind::not_found) co_return std::optional<StreamGroup>{};
        co_return std::unexpected{std::move(answer.error())};
    }
    Result<StreamGroup> group = reader.read_stream_group(answer->body);
    if (!group) co_return std::unexpected{std::move(group.error())};
    if (group->id != id)
        co_return fail(ErrorKind::malformed, "GetStreamGroup answered about another stream group");
    keep_first_of_each_location(group->locations);
    co_return std::optional<StreamGroup>{std::move(*group)};
}

template <class Item>
void note_account(Inventory& inventory, const std::vector<Item>& items) {
    const auto tells = [](const Item& item) { return !item.account_id.empty(); };
    const auto first = std::ranges::find_if(items, tells);
    if (!inventory.account_id && first != items.end()) inventory.account_id = first->account_id;
}

} // namespace

std::uint64_t calls_for(const Inventory& inventory) noexcept {
    const auto groups = inventory.stream_groups.size();
    const auto applications = inventory.applications.size();
    return 1 + groups / inventory_page + groups + 1 + applications / inventory_page;
}

Task<Result<Inventory>> list_inventory(aws::Api& api, PageLimits limits) {
    InventoryReader reader;
    Inventory inventory;
    auto named = co_await read_list(api, reader, stream_groups, limits);
    if (named.failure) co_return std::unexpected{std::move(*named.failure)};
    for (const StreamGroup& one : named.items) {
        auto group = co_await look_up_group(api, reader, one.id);
        if (!group) co_return std::unexpected{std::move(group.error())};
        if (*group) inventory.stream_groups.push_back(std::move(**group));
    }
    auto listed = co_await read_list(api, reader, applications, limits);
    if (listed.failure) co_return std::unexpected{std::move(*listed.failure)};
    inventory.applications = std::move(listed.items);
    note_account(inventory, inventory.stream_groups);
    note_account(inventory, inventory.applications);
    co_return inventory;
}

Task<StreamGroupIds> list_stream_groups(aws::Api& api, aws::Urgency urgency, PageLimits limits) {
    InventoryReader reader;
    auto collection = stream_groups;
    collection.urgency = urgency;
    auto listed = co_await read_list(api, reader, collection, limits);
    StreamGroupIds groups;
    groups.attempts = listed.attempts;
    groups.failure = std::move(listed.failure);
    for (StreamGroup& group : listed.items)
        groups.ids.push_back(std::move(group.id));
    co_return groups;
}

} // namespace gls::streams
