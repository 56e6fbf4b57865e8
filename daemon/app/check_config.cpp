#include "app/check_config.hpp"

#include "app/forecast_text.hpp"
#include "app/load_settings.hpp"
#include "web/guard/protection.hpp"

#include <utility>

namespace gls::app {

Result<std::string> check_config(const Arguments& arguments, const Files& files) {
    std::string mistakes;
    const auto settings = load_settings(files, arguments.config_file);
    if (!settings) mistakes += settings.error().message + "\n";
    if (const auto& path = arguments.web_config_file) {
        const auto protection = web::read_protection(files, *path);
        if (!protection) mistakes += protection.error().message + "\n";
    }
    if (!mistakes.empty()) {
        mistakes.pop_back();
        return fail(ErrorKind::invalid_input, std::move(mistakes));
    }
    const auto targets = settings->targets.size();
    std::string text = "the settings are good: " + std::to_string(targets) +
                       (targets == 1 ? " target\n" : " targets\n");
    if (arguments.web_config_file) text += "the web configuration is good\n";
    return text + forecast_text(*settings);
}

} // namespace gls::app
