#include "app/arguments/arguments.hpp"

#include "app/arguments/build_info.hpp"
#include "settings/nearest.hpp"
#include "settings/phrase.hpp"
#include "settings/problem.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

namespace gls::app {
namespace {

using settings::phrase;
using settings::shown;

constexpr std::size_t most_scrapes = 10'000; // beyond what the file descriptors of a process allow

// The flags as text: what they mean is decided below, so that every message is ours.
struct Words {
    bool check{false};
    bool print{false};
    bool once{false};
    bool systemd_socket{false};
    bool lifecycle{false};
    bool version{false};
    std::vector<std::string> listen;
    std::string config_file;
    std::string telemetry_path;
    std::string web_config;
    std::string health;
    std::string max_requests;
    std::string log_level;
    std::string log_format;
};

void describe(CLI::App& app, Words& words) {
    app.set_help_flag("-h,--help", "Print this and exit")->group("General");
    app.add_flag("--version", words.version,
                 "Print version, revision, build date and compiler, and exit")
        ->group("General");

    const auto option = [&app](std::string name, auto& value, std::string type, std::string text,
                               const std::string& group) {
        app.add_option(std::move(name), value, std::move(text))
            ->type_name("<" + std::move(type) + ">")
            ->allow_extra_args(false)
            ->group(group);
    };
    const auto flag = [&app](std::string name, bool& value, std::string text,
                             const std::string& group) {
        app.add_flag(std::move(name), value, std::move(text))->group(group);
    };
    option("--config.file", words.config_file, "file",
           "Settings in YAML; without it, one target from the environment", "Settings");
    flag("--config.check", words.check,
         "Check the settings, print every mistake or the calls a day they mean, and exit",
         "Settings");
    flag("--config.print", words.print,
         "Print the settings in effect as YAML, secrets hidden, and exit", "Settings");
    flag("--once", words.once, "Make one full sweep of every target, print the metrics, and exit",
         "Settings");

    option("--web.listen-address", words.listen, "address",
           "Where to serve, such as :10131 or [::1]:0; may be repeated (default :10131)", "Web");
    option("--web.telemetry-path", words.telemetry_path, "path",
           "Where the metrics are (default /metrics)", "Web");
    option("--web.config.file", words.web_config, "file",
           "TLS, client certificates, users, headers and rate, in exporter-toolkit's format",
           "Web");
    flag("--web.systemd-socket", words.systemd_socket,
         "Take the listening sockets from systemd instead of --web.listen-address", "Web");
    option("--web.health-address", words.health, "address",
           "A second listener for probes alone, without TLS or users", "Web");
    flag("--web.enable-lifecycle", words.lifecycle, "Allow POST /-/reload and POST /-/quit", "Web");
    option("--web.max-requests", words.max_requests, "number",
           "Scrapes at once; past it 503 (default 40)", "Web");

    option("--log.level", words.log_level, "level", "debug, info, warn or error (default info)",
           "Logging");
    option("--log.format", words.log_format, "format", "logfmt or json (default logfmt)",
           "Logging");
}

// "--web.listen-address=:1" -> "--web.listen-address".
std::string flag_name(std::string_view word) {
    return std::string{word.substr(0, word.find('='))};
}

std::string unexpected(const std::string& word, const CLI::App& app) {
    if (!word.starts_with('-') || word == "-" || word == "--") {
        return phrase(shown(word),
                      " is not expected here; every flag begins with --, and --help lists them");
    }
    std::vector<std::string> known;
    for (const CLI::Option* option : app.get_options())
        known.push_back(option->get_name());
    const auto name = flag_name(word);
    const auto near = settings::nearest(name, known);
    return phrase(shown(name), " is not a flag; ",
                  near ? phrase("did you mean ", *near, "?")
                       : std::string{"--help lists them all"});
}

// CLI11's exceptions carry the flag only inside their text: "--web.max-requests: 1 required ...".
std::string misuse(const CLI::ParseError& error) {
    const std::string_view text{error.what()};
    const auto begin = std::min(text.find("--"), text.size());
    const auto name = text.substr(begin, text.find_first_of(": ", begin) - begin);
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ArgumentMismatch)) {
        return phrase(name,
                      text.contains("missing") ? ": needs a value" : ": given more than once");
    }
    return phrase(name, ": takes no value, or true or false");
}

// Turns words into Arguments; the first mistake stays in `error`.
class Meaning {
public:
    explicit Meaning(const CLI::App& app) : app_{app} {}

    [[nodiscard]] const std::string& error() const { return error_; }
    void wrong(std::string_view flag, std::string_view message) {
        if (error_.empty()) error_ = phrase(flag, ": ", message);
    }
    // Whether the flag is given, with a value that is not the next flag.
    bool given(const std::string& flag, std::string_view value) {
        if (app_.count(flag) == 0) return false;
        if (value.empty() || value.starts_with("--")) {
            wrong(flag, "needs a value");
            return false;
        }
        return true;
    }
    void text(const std::string& flag, const std::string& value, std::optional<std::string>& out) {
        if (given(flag, value)) out = value;
    }
    std::optional<web::ListenAddress> address(const std::string& flag, const std::string& value) {
        if (!given(flag, value)) return std::nullopt;
        auto address = web::parse_listen_address(value);
        if (!address) {
            wrong(flag, address.error().message);
            return std::nullopt;
        }
        return *std::move(address);
    }
    template <class Enum, std::size_t N>
    void choice(const std::string& flag, const std::string& value,
                const std::array<std::pair<std::string_view, Enum>, N>& choices, Enum& out) {
        if (!given(flag, value)) return;
        std::string names;
        for (const auto& [name, meant] : choices) {
            if (name == value) {
                out = meant;
                return;
            }
            names += phrase(names.empty() ? "" : ", ", name);
        }
        wrong(flag, phrase(shown(value), " is not one of ", names));
    }

private:
    const CLI::App& app_;
    std::string error_;
};

constexpr std::array<std::pair<std::string_view, LogLevel>, 4> levels{{{"debug", LogLevel::debug},
                                                                       {"info", LogLevel::info},
                                                                       {"warn", LogLevel::warn},
                                                                       {"error", LogLevel::error}}};
constexpr std::array<std::pair<std::string_view, LogFormat>, 2> formats{
    {{"logfmt", LogFormat::logfmt}, {"json", LogFormat::json}}};

void telemetry_path(Meaning& meaning, const std::string& value, std::string& out) {
    if (!meaning.given("--web.telemetry-path", value)) return;
    const bool printable = std::ranges::all_of(value, [](char c) { return c > 0x20 && c < 0x7F; });
    constexpr std::array<std::string_view, 2> taken{"/config", "/api/v1/status"};
    if (!value.starts_with('/') || !printable || value.find_first_of("?#%") != std::string::npos) {
        meaning.wrong("--web.telemetry-path",
                      phrase(shown(value),
                             " is not a path; write it as /metrics, without blanks, %, ? or #"));
    } else if (value == "/" || value.starts_with("/-/") ||
               std::ranges::find(taken, value) != taken.end()) {
        meaning.wrong(
            "--web.telemetry-path",
            phrase(shown(value), " is a page of its own; choose another, such as /metrics"));
    } else {
        out = value;
    }
}

void max_requests(Meaning& meaning, const std::string& value, std::size_t& out) {
    if (!meaning.given("--web.max-requests", value)) return;
    std::size_t number = 0;
    const char* const end = value.data() + value.size();
    const auto [rest, failure] = std::from_chars(value.data(), end, number);
    if (failure != std::errc{} || rest != end || number < 1 || number > most_scrapes) {
        meaning.wrong("--web.max-requests",
                      phrase(shown(value), " is not a whole number from 1 to ", most_scrapes));
    } else {
        out = number;
    }
}

void mode(Meaning& meaning, const Words& words, Mode& out) {
    if (int{words.check} + int{words.print} + int{words.once} > 1) {
        meaning.wrong("--config.check, --config.print, --once", "only one of them at a time");
    }
    out = words.check   ? Mode::check_config
          : words.print ? Mode::print_config
          : words.once  ? Mode::once
                        : Mode::serve;
}

Arguments meant_by(const Words& words, Meaning& meaning) {
    Arguments arguments;
    mode(meaning, words, arguments.mode);
    meaning.text("--config.file", words.config_file, arguments.config_file);
    meaning.text("--web.config.file", words.web_config, arguments.web_config_file);
    telemetry_path(meaning, words.telemetry_path, arguments.telemetry_path);
    if (!words.listen.empty()) arguments.listen_addresses.clear();
    for (const auto& word : words.listen) {
        if (auto address = meaning.address("--web.listen-address", word)) {
            arguments.listen_addresses.push_back(*std::move(address));
        }
    }
    arguments.health_address = meaning.address("--web.health-address", words.health);
    arguments.systemd_socket = words.systemd_socket;
    arguments.lifecycle_enabled = words.lifecycle;
    max_requests(meaning, words.max_requests, arguments.max_requests);
    meaning.choice("--log.level", words.log_level, levels, arguments.log_level);
    meaning.choice("--log.format", words.log_format, formats, arguments.log_format);
    return arguments;
}

} // namespace

std::variant<Arguments, Exit> parse_arguments(std::span<const char* const> words) {
    CLI::App app{"Prometheus exporter for Amazon GameLift Streams", "gamelift_streams_exporter"};
    app.allow_extras();
    app.get_formatter()->column_width(36);
    Words values;
    describe(app, values);
    try {
        // CLI11 wants the words last to first.
        app.parse(std::vector<std::string>{words.rbegin(), words.rend()});
    } catch (const CLI::CallForHelp&) {
        return Exit{0, app.help(), ""};
    } catch (const CLI::ParseError& error) {
        return Exit{1, "", misuse(error)};
    }
    if (const auto extra = app.remaining(); !extra.empty())
        return Exit{1, "", unexpected(extra.front(), app)};
    if (values.version) return Exit{0, version_text(build_info()), ""};

    Meaning meaning{app};
    auto arguments = meant_by(values, meaning);
    if (!meaning.error().empty()) return Exit{1, "", meaning.error()};
    return arguments;
}

} // namespace gls::app
