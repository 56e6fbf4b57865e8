#include "settings/read_yaml.hpp"

#include "settings/check.hpp"
#include "settings/fields.hpp"
#include "settings/read_document.hpp"

namespace gls::settings {

std::expected<Settings, Problems> read_yaml(std::string_view text) {
    Settings settings;
    auto problems = read_document(
        text, "targets", [&](Reader& reader) { fields(reader, settings); },
        [&] { return check(settings); });
    if (problems.empty()) return settings;
    return std::unexpected{std::move(problems)};
}

} // namespace gls::settings
