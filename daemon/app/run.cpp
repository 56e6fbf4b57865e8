#include "app/run.hpp"

#include "app/app.hpp"
#include "app/exit_code.hpp"
#include "app/forecast_text.hpp"
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
    auto settings = load_settings(*disk_files(), arguments.config_file);
    if (!settings) return print(settings.error().message + "\n", bad_input);
    switch (arguments.mode) {
    case Mode::check_config:
        return print(forecast_text(*settings), ended_as_asked);
    case Mode::print_config:
        return print(settings::print_yaml(*settings), ended_as_asked);
    case Mode::once:
        return App{std::move(arguments), *std::move(settings)}.once();
    case Mode::serve:
        break;
    }
    return App{std::move(arguments), *std::move(settings)}.serve();
}

} // namespace gls::app
