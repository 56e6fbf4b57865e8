// Any bytes as a settings file: settings that keep every rule and print back to themselves, or
// problems that a terminal and a log line can show.
#include "settings/check.hpp"
#include "settings/print_yaml.hpp"
#include "settings/read_yaml.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

bool hides_something(const gls::settings::Settings& settings) {
    return std::ranges::any_of(settings.targets,
                               [](const auto& t) { return !t.external_id.empty(); });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gls::settings;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto settings = read_yaml(text);
    if (settings) {
        require(check(*settings).empty());
        if (hides_something(*settings)) return 0;
        const auto back = read_yaml(print_yaml(*settings));
        require(back && *back == *settings);
        return 0;
    }
    const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
    require(!settings.error().empty());
    require(std::ranges::is_sorted(settings.error(), {}, &Problem::place));
    for (const auto& problem : settings.error()) {
        require(problem.place.line >= 1 && problem.place.line <= lines &&
                problem.place.column >= 1);
        require(!problem.message.empty());
        for (const char c : text_of(problem, "file"))
            require(static_cast<unsigned char>(c) >= 0x20);
    }
    return 0;
}
