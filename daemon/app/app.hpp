// The composition root: makes every part in the order of the data, owns them all, and ends them in
// order. Polling and serving have an io_context and a thread each; what crosses is the board, and
// counters that are safe to read.
#pragma once

#include "app/arguments/arguments.hpp"
#include "app/systemd.hpp"
#include "app/watch.hpp"
#include "async/task_group.hpp"
#include "base/clock.hpp"
#include "base/env.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "metrics/fleet_document.hpp"
#include "metrics/own.hpp"
#include "metrics/scrape.hpp"
#include "poll/board.hpp"
#include "settings/settings.hpp"
#include "state/file/state_file.hpp"
#include "web/guard/guard.hpp"
#include "web/routes.hpp"
#include "web/server.hpp"

#include <boost/asio/io_context.hpp>

#include <atomic>
#include <memory>
#include <vector>

namespace gls::app {

class App {
public:
    App(Arguments arguments, settings::Settings settings);

    // Each returns the exit code.
    [[nodiscard]] int serve();
    [[nodiscard]] int once(); // --once: exposition on standard output

private:
    [[nodiscard]] AwsSurroundings surroundings();
    [[nodiscard]] WatchParts watch_parts();
    [[nodiscard]] Result<> open_state();
    [[nodiscard]] Result<> take_targets(); // they stand when this returns
    [[nodiscard]] int refuse(const Error& error) const;
    [[nodiscard]] web::Site site() const;
    [[nodiscard]] Result<std::vector<web::Listen>> listen() const;
    [[nodiscard]] Task<> feed_watchdog(milliseconds interval);
    [[nodiscard]] Task<Result<>> perform(web::Action action); // on the serving thread
    [[nodiscard]] Result<> reload();
    [[nodiscard]] Result<> take_new_settings();
    [[nodiscard]] Task<> run_once(bool& all_good);
    [[nodiscard]] Task<> stop_polling();
    [[nodiscard]] Task<> stop_serving();
    void stop(); // in order; on the serving thread

    Arguments arguments_;
    settings::Settings settings_;

    // What everything stands on.
    std::unique_ptr<Log> log_;
    std::unique_ptr<Clock> clock_;
    std::unique_ptr<Env> env_;
    std::unique_ptr<Files> files_;
    std::unique_ptr<Random> random_;
    Notifier service_manager_;
    std::atomic<bool> cut_off_{false};      // something has not ended within its grace
    std::atomic<bool> polling_lives_{true}; // it has taken the last posted word

    // Two threads' worth of work. The contexts outlive all that lives on them; what is
    // still suspended on them must be gone before that (cut_off_).
    boost::asio::io_context polling_{1};
    boost::asio::io_context serving_{1};

    // What polling publishes to and serving reads.
    poll::Board board_;
    metrics::Own own_;
    metrics::FleetDocument fleet_;

    // The polling half: AWS, sessions, sweeps.
    std::unique_ptr<aws::Programs> programs_;
    AwsCommon aws_;
    std::unique_ptr<state::file::StateFile> state_; // null: memory only
    Watch watch_;
    TaskGroup polling_stop_;

    // The serving half: requests to answers.
    metrics::Scrape scrape_;
    web::Routes routes_;
    web::Guard guard_;
    std::unique_ptr<web::Server> server_;
    TaskGroup serving_tasks_;
    TaskGroup serving_stop_;
    TaskGroup serving_beside_; // goes on until the context ends
};

} // namespace gls::app
