// Any bytes as stream groups and applications: read or refused, never more.
#include "streams/inventory_json.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static gls::streams::InventoryReader reader;
    std::string text{reinterpret_cast<const char*>(data), size};
    const auto named = [](const auto& items) {
        for (const auto& item : items) {
            if (item.id.empty() || item.id.size() > 128) std::abort();
        }
    };
    if (const auto page = reader.read_stream_groups(text)) named(page->items);
    if (const auto page = reader.read_applications(text)) named(page->items);
    if (const auto group = reader.read_stream_group(text)) {
        for (const auto& location : group->locations) {
            if (location.location.empty() || location.location.size() > 128) std::abort();
        }
    }
    (void)reader.read_application(text);
    return 0;
}
