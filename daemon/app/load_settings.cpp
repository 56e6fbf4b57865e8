#include "app/load_settings.hpp"

#include "settings/read_yaml.hpp"

namespace gls::app {

Result<settings::Settings> load_settings(const Files& files,
                                         const std::optional<std::string>& path) {
    if (!path) return settings::Settings{};
    const auto text = files.read(*path);
    if (!text) return fail(ErrorKind::invalid_input, text.error().message);
    auto read = settings::read_yaml(*text);
    if (read) return *std::move(read);
    std::string lines;
    for (const auto& problem : read.error()) {
        if (!lines.empty()) lines += '\n';
        lines += text_of(problem, *path);
    }
    return fail(ErrorKind::invalid_input, std::move(lines));
}

} // namespace gls::app
