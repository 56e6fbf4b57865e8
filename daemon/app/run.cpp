#include "app/run.hpp"

#include "app/app.hpp"
#include "app/check_config.hpp"
#include "app/exit_code.hpp"
#include "app/load_settings.hpp"
#include "settings/print_yaml.hpp"

#include <cstdio>
#include <string>
#include <utility>

namespace gls::app {

namespace {

int print(const std::string& text, int code) {
    std::fputs(text.c_str(), code == ended_as_asked ? stdout : stderr);
    return code;
}

} // namespace

int run(Arguments arguments) {
    const auto files = disk_files();
    if (arguments.mode == Mode::check_config) {
        const auto checked = check_config(arguments, *files);
        return checked ? print(*checked, ended_as_asked)
                       : print(checked.error().message + "\n", bad_input);
    }
    auto settings = load_settings(*files, arguments.config_file);
    if (!settings) return print(settings.error().message + "\n", bad_input);
    switch (arguments.mode) {
    case Mode::print_config:
        return print(settings::print_yaml(*settings), ended_as_asked);
    case Mode::once:
        return App{std::move(arguments), *std::move(settings)}.once();
    case Mode::check_config: // above
    case Mode::serve:
        break;
    }
    return App{std::move(arguments), *std::move(settings)}.serve();
}

} // namespace gls::app
