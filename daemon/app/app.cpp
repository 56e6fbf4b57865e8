#include "app/app.hpp"

#include "app/arguments/build_info.hpp"
#include "app/exit_code.hpp"
#include "app/load_settings.hpp"
#include "async/asio_clock.hpp"
#include "async/signals.hpp"
#include "async/within.hpp"
#include "settings/print_yaml.hpp"

#include <boost/asio/post.hpp>

#include <cstdio>
#include <thread>
#include <unistd.h>
#include <utility>

namespace gls::app {

namespace {

// Stopping takes at most a polling or a serving grace, and an abort's: well within the promised 5
// s.
constexpr seconds grace{2};
constexpr seconds grace_after_abort{1};

metrics::Build build_of(const BuildInfo& info) {
    return {std::string{info.version}, std::string{info.revision}, std::string{info.compiler}};
}

} // namespace

App::App(Arguments arguments, settings::Settings settings)
    : arguments_{std::move(arguments)}, settings_{std::move(settings)},
      log_{standard_error_log(arguments_.log_level, arguments_.log_format)}, clock_{asio_clock()},
      env_{process_env()}, files_{disk_files()}, random_{system_random()}, service_manager_{*env_},
      own_{build_of(build_info()), metrics::proc_self(), clock_->now()},
      fleet_{board_, settings_.metrics}, programs_{aws::child_programs(*clock_)},
      aws_{surroundings()}, watch_{watch_parts()}, polling_stop_{polling_.get_executor(), *log_},
      scrape_{fleet_, own_}, routes_{site(), board_, scrape_, own_},
      guard_{arguments_.web_config_file,
             *files_,
             *clock_,
             *random_,
             *log_,
             [this](std::optional<WallTime> when) { own_.certificate_expires(when); }},
      serving_tasks_{serving_.get_executor(), *log_}, serving_stop_{serving_.get_executor(), *log_},
      serving_beside_{serving_.get_executor(), *log_} {
    own_.config_loaded(true, clock_->now());
}

Result<> App::open_state() {
    if (settings_.state_path.empty()) return {};
    auto opened = state::file::StateFile::open(settings_.state_path);
    if (!opened) return std::unexpected{opened.error()};
    state_ = *std::move(opened);
    watch_.keep_in(*state_);
    return {};
}

// Waits only where a target's region is known to nobody but the instance's metadata.
Result<> App::take_targets() {
    watch_.take(settings_);
    while (watch_.adopting())
        polling_.run_one();
    polling_.restart(); // it counts as stopped where nothing was left to run
    if (watch_.refusal()) return std::unexpected{*watch_.refusal()};
    return {};
}

int App::refuse(const Error& error) const {
    log_->error("cannot_start", {{"error", error.message}});
    return error.kind == ErrorKind::invalid_input ? bad_input : cannot_start;
}

AwsSurroundings App::surroundings() {
    return {polling_.get_executor(),          *env_, *files_, *clock_, *random_, *log_, *programs_,
            std::string{build_info().version}};
}

WatchParts App::watch_parts() {
    // Rendered here, on the polling thread, so that no scrape has to.
    return {aws_, board_, own_, [this] { (void)fleet_.at(clock_->now()); }};
}

web::Site App::site() const {
    web::Site site;
    site.telemetry_path = arguments_.telemetry_path;
    site.lifecycle_enabled = arguments_.lifecycle_enabled;
    site.settings_text = [this] { return settings::print_yaml(settings_); };
    site.max_scrapes = arguments_.max_requests;
    site.build = build_of(build_info());
    site.started = clock_->now();
    return site;
}

Result<std::vector<web::Listen>> App::listen() const {
    std::vector<web::Listen> listen;
    if (arguments_.systemd_socket) {
        const auto sockets = sockets_of_systemd(*env_, getpid());
        if (!sockets) return std::unexpected{sockets.error()};
        for (const int descriptor : *sockets)
            listen.push_back({{}, false, descriptor});
    } else {
        for (const auto& address : arguments_.listen_addresses)
            listen.push_back({address, false, {}});
    }
    if (arguments_.health_address) listen.push_back({*arguments_.health_address, true, {}});
    return listen;
}

int App::serve() {
    // First of all: a signal that comes while something takes its time here is acted upon after it.
    SignalActions actions;
    actions.stop = [this] { stop(); };
    actions.stop_now = [] { std::_Exit(second_signal); };
    actions.reload = [this] { (void)reload(); };
    const Signals signals{serving_.get_executor(), *log_, std::move(actions)};

    const auto act = [this](web::Action action) { return perform(action); };
    auto protection = guard_.read();
    if (!protection) return refuse(protection.error());
    guard_.take(*std::move(protection));
    const auto sockets = listen();
    if (!sockets) return refuse(sockets.error());
    auto opened =
        web::open_server(serving_, *sockets, web::Limits{}, routes_, guard_, act, *clock_, *log_);
    if (!opened) return refuse(opened.error());
    server_ = *std::move(opened);
    if (const auto state = open_state(); !state) return refuse(state.error());
    if (const auto targets = take_targets(); !targets) return refuse(targets.error());

    log_->info("started", {{"version", build_info().version},
                           {"revision", build_info().revision},
                           {"targets", settings_.targets.size()}});
    watch_.start();
    std::jthread polling{[this] { polling_.run(); }};
    serving_tasks_.start("server", server_->run());
    serving_beside_.start("web_config", guard_.watch());
    if (const auto interval = watchdog_of_systemd(*env_, getpid()))
        serving_beside_.start("watchdog", feed_watchdog(*interval));
    service_manager_.say("READY=1");
    serving_.run();
    polling.join();
    hold_back_signals();
    log_->info("stopped");
    // What was cut off still stands on what would be taken down now. The state is written with
    // every sweep, and calls before they are made.
    if (cut_off_) std::_Exit(ended_as_asked);
    return ended_as_asked;
}

Task<Result<>> App::perform(web::Action action) {
    if (action == web::Action::reload) co_return reload();
    // The answer goes out first: stopping lets running answers finish.
    if (action == web::Action::quit) boost::asio::post(serving_, [this] { stop(); });
    co_return Result<>{};
}

// Word of life, as long as the polling thread gives it as well: what was posted to it at the last
// round has been taken by this one.
Task<> App::feed_watchdog(milliseconds interval) {
    for (;;) {
        if (polling_lives_.exchange(false)) {
            service_manager_.say("WATCHDOG=1");
            boost::asio::post(polling_, [this] { polling_lives_ = true; });
        }
        const bool slept = co_await clock_->sleep_for(interval);
        if (!slept) co_return;
    }
}

Result<> App::reload() {
    const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
        clock_->steady_now().time_since_epoch());
    service_manager_.say("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(now.count()));
    auto reloaded = take_new_settings();
    service_manager_.say("READY=1");
    return reloaded;
}

Result<> App::take_new_settings() {
    auto loaded = load_settings(*files_, arguments_.config_file);
    auto protection = guard_.read(); // both files or neither
    if (loaded && !protection) loaded = std::unexpected{protection.error()};
    own_.config_loaded(loaded.has_value(), clock_->now());
    if (!loaded) {
        log_->error("reload_failed", {{"error", loaded.error().message}});
        return std::unexpected{loaded.error()};
    }
    if (loaded->state_path != settings_.state_path) {
        log_->warn("setting_without_effect",
                   {{"key", "state.path"}, {"action", "it counts from the next start"}});
    }
    settings_ = *std::move(loaded);
    guard_.take(*std::move(protection));
    fleet_.configure(settings_.metrics);
    boost::asio::post(polling_, [this, settings = settings_] {
        aws_.ask_for_keys_anew();
        watch_.take(settings);
    });
    log_->info("reloaded", {{"targets", settings_.targets.size()}});
    return {};
}

// A sweep under way is given up: it is whole or nothing, so there is no half of it to save.
void App::stop() {
    log_->info("stopping");
    service_manager_.say("STOPPING=1");
    boost::asio::post(polling_, [this] { polling_stop_.start("stop_polling", stop_polling()); });
    serving_stop_.start("stop_serving", stop_serving());
}

Task<> App::stop_polling() {
    watch_.cancel();
    const auto ended = co_await within(*clock_, grace, watch_.ended());
    if (ended.ended != Ended::done) {
        cut_off_ = true;
        log_->warn("polling_cut_off", {{"tasks", watch_.running()}});
    }
    polling_.stop();
}

Task<> App::stop_serving() {
    server_->stop();
    const auto ended = co_await within(*clock_, grace, serving_tasks_.empty());
    if (ended.ended != Ended::done) {
        server_->abort();
        const auto aborted = co_await within(*clock_, grace_after_abort, serving_tasks_.empty());
        if (aborted.ended != Ended::done) {
            cut_off_ = true;
            log_->warn("serving_cut_off");
        }
    }
    serving_.stop();
}

int App::once() {
    SignalActions actions;
    actions.stop = [this] { watch_.cancel(); };
    actions.stop_now = [] { std::_Exit(second_signal); };
    actions.reload = [] {};
    const Signals signals{polling_.get_executor(), *log_, std::move(actions)};
    bool all_good = false;
    if (const auto targets = take_targets(); !targets) return refuse(targets.error());
    polling_stop_.start("once", run_once(all_good));
    polling_.run();
    const auto text =
        scrape_.content(metrics::Format::text, metrics::Encoding::identity, clock_->now()).joined();
    const bool written =
        std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    return all_good && written ? ended_as_asked : bad_input;
}

Task<> App::run_once(bool& all_good) {
    all_good = co_await watch_.once();
    polling_.stop();
}

} // namespace gls::app
