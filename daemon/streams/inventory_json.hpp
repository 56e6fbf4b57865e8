// Bodies of ListStreamGroups, GetStreamGroup, ListApplications and GetApplication to inventory, by
// the same rules as page_json. Pure.
#pragma once

#include "base/result.hpp"
#include "streams/inventory.hpp"

#include <memory>
#include <string>
#include <vector>

namespace gls::streams {

template <class Item>
struct InventoryPage {
    std::vector<Item> items;
    std::string next_token; // "" on the last page
};

class InventoryReader {
public:
    InventoryReader();
    ~InventoryReader();
    InventoryReader(InventoryReader&&) noexcept;
    InventoryReader& operator=(InventoryReader&&) noexcept;

    // `text` gains capacity for padding. Error: malformed, also for an item without Id and Arn.
    [[nodiscard]] Result<InventoryPage<StreamGroup>> read_stream_groups(std::string& text);
    [[nodiscard]] Result<InventoryPage<Application>> read_applications(std::string& text);
    [[nodiscard]] Result<StreamGroup> read_stream_group(std::string& text);
    [[nodiscard]] Result<Application> read_application(std::string& text);

private:
    struct Buffers;
    std::unique_ptr<Buffers> buffers_;
};

} // namespace gls::streams
