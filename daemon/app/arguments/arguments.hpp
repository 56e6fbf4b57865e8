// The command line as a value: either what to run with, or what to print and which code to exit
// with, so that all of it can be tested without a process. Pure.
#pragma once

#include "base/log.hpp"
#include "web/listen_address.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace gls::app {

enum class Mode {
    serve,        // the daemon
    once,         // --once: one full sweep of every target, exposition on standard output
    check_config, // --config.check
    print_config, // --config.print
};

struct Arguments {
    Mode mode{Mode::serve};
    std::optional<std::string> config_file; // none: one target, from the environment
    std::vector<web::ListenAddress> listen_addresses{web::ListenAddress{"", 10131}}; // never empty
    std::string telemetry_path{"/metrics"};
    std::optional<std::string> web_config_file;
    std::optional<web::ListenAddress> health_address;
    bool systemd_socket{false};
    bool lifecycle_enabled{false};
    std::size_t max_requests{40}; // scrapes at once
    LogLevel log_level{LogLevel::info};
    LogFormat log_format{LogFormat::logfmt};
};

struct Exit {
    int code{0};
    std::string output{}; // for standard output, complete with its line end
    std::string error{};  // for standard error: one line without its line end
};

// `words` without the program's own name. Exit 0: --help and --version; exit 1: a bad flag, where
// the error names the flag and says what would be right.
[[nodiscard]] std::variant<Arguments, Exit> parse_arguments(std::span<const char* const> words);

} // namespace gls::app
