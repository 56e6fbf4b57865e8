#include "streams/list_inventory.hpp"

#include "streams/inventory_json.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace gls::streams {
namespace {

constexpr std::uint64_t inventory_page = 100; // the most that AWS allows

template <class Item>
using ReadPage = Result<InventoryPage<Item>> (InventoryReader::*)(std::string&);

aws::Operation operation_of(const char* name, const char* collection) {
    aws::Operation operation;
    operation.name = name;
    operation.path = {collection};
    operation.urgency = aws::Urgency::inventory;
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

template <class Item>
Task<Result<std::vector<Item>>> read_list(aws::Api& api, InventoryReader& reader, const char* name,
                                          const char* collection, ReadPage<Item> read,
                                          PageLimits limits) {
    std::vector<Item> items;
    PageGuard guard{limits};
    std::string token;
    bool begun_anew = false;
    for (;;) {
        aws::Operation operation = operation_of(name, collection);
        operation.query.emplace_back("MaxResults", std::to_string(inventory_page));
        if (!token.empty()) operation.query.emplace_back("NextToken", token);
        Result<aws::Answer> answer = co_await api.call(std::move(operation));
        if (!answer) {
            if (answer.error().kind == ErrorKind::expired_token && !begun_anew && !token.empty()) {
                begun_anew = true;
                guard = PageGuard{limits};
                token.clear();
                items.clear();
                continue;
            }
            co_return std::unexpected{std::move(answer.error())};
        }
        Result<InventoryPage<Item>> page = (reader.*read)(answer->body);
        if (!page) co_return std::unexpected{std::move(page.error())};
        std::optional<Error> refused = guard.refuse(page->items.empty(), page->next_token);
        if (refused) co_return std::unexpected{std::move(*refused)};
        for (Item& item : page->items)
            items.push_back(std::move(item));
        if (page->next_token.empty()) break;
        token = std::move(page->next_token);
    }
    keep_first_of_each_id(items);
    co_return items;
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

} // namespace

std::uint64_t calls_for(const Inventory& inventory) noexcept {
    const auto groups = inventory.stream_groups.size();
    const auto applications = inventory.applications.size();
    return 1 + groups / inventory_page + groups + 1 + applications / inventory_page;
}

Task<Result<Inventory>> list_inventory(aws::Api& api, PageLimits limits) {
    InventoryReader reader;
    Inventory inventory;
    auto listed = co_await read_list<StreamGroup>(api, reader, "ListStreamGroups", "streamgroups",
                                                  &InventoryReader::read_stream_groups, limits);
    if (!listed) co_return std::unexpected{std::move(listed.error())};
    for (const StreamGroup& named : *listed) {
        auto group = co_await look_up_group(api, reader, named.id);
        if (!group) co_return std::unexpected{std::move(group.error())};
        if (*group) inventory.stream_groups.push_back(std::move(**group));
    }
    auto applications =
        co_await read_list<Application>(api, reader, "ListApplications", "applications",
                                        &InventoryReader::read_applications, limits);
    if (!applications) co_return std::unexpected{std::move(applications.error())};
    inventory.applications = std::move(*applications);
    co_return inventory;
}

} // namespace gls::streams
