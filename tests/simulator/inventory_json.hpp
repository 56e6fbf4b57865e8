// Stream groups and applications as GameLift Streams writes them. Pure.
#pragma once

#include "simulator/inventory.hpp"

#include <string>
#include <string_view>

namespace gls::simulator {

class InventoryJson {
public:
    InventoryJson(const Inventory& inventory, std::string_view account, std::string_view region);

    void append_group_summary(std::string& text, const StreamGroup& group) const;
    void append_group(std::string& text, const StreamGroup& group) const; // GetStreamGroupOutput
    void append_application_summary(std::string& text, const Application& application) const;
    void append_application(std::string& text, const Application& application) const;

private:
    const Inventory& inventory_;
    std::string prefix_; // arn:aws:gameliftstreams:REGION:ACCOUNT:
};

} // namespace gls::simulator
