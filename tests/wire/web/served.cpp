#include "served.hpp"

#include "async/asio_clock.hpp"
#include "fixed_process.hpp"
#include "pictures.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <future>
#include <thread>

namespace asio = boost::asio;

namespace gls::test {
namespace {

// All that a server refers to and that must outlive it.
struct Surroundings {
    Surroundings(std::vector<std::shared_ptr<const poll::Picture>> pictures, const Options& options,
                 Log& log, std::function<void(std::optional<WallTime>)> expires)
        : board{std::move(pictures)}, routes{options.site, board, scrape, own},
          guard{options.web_config, *files, *clock, *random, log, std::move(expires)} {}

    std::unique_ptr<Clock> clock{asio_clock()};
    std::unique_ptr<Files> files{disk_files()};
    std::unique_ptr<Random> random{system_random()};
    asio::io_context context{1};
    poll::Board board;
    metrics::FleetDocument fleet{board, {}};
    metrics::Own own{{"1", "2", "3"}, std::make_unique<FixedProcess>(), noon};
    metrics::Scrape scrape{fleet, own};
    web::Routes routes;
    web::Guard guard;
};

} // namespace

struct Served::Running {
    explicit Running(Served& served, const Options& options)
        : around{{shared(small_picture())},
                 options,
                 served.log,
                 [&served](std::optional<WallTime> when) { served.certificate_expires = when; }} {
        auto protection = around.guard.read();
        REQUIRE(protection);
        around.guard.take(*std::move(protection));
        auto opened = web::open_server(
            around.context, options.listen, options.limits, around.routes, around.guard,
            [&served](web::Action action) { return perform(served, action); }, *around.clock,
            served.log);
        REQUIRE(opened);
        server = *std::move(opened);
        for (const auto& address : server->addresses())
            ports.push_back(web::parse_listen_address(address)->port);
        asio::co_spawn(around.context, server->run(),
                       [this](const std::exception_ptr&) { ended.set_value(); });
        thread = std::thread{[this] { around.context.run(); }};
    }

    static Task<Result<>> perform(Served& served, web::Action action) {
        served.performed = action;
        co_return served.outcome;
    }

    Surroundings around;
    std::unique_ptr<web::Server> server;
    std::vector<std::uint16_t> ports;
    std::promise<void> ended;
    std::future<void> ended_future{ended.get_future()};
    std::thread thread;
};

Served::Served(const Options& options) : running_{std::make_unique<Running>(*this, options)} {}

Served::~Served() {
    stop(true);
    running_->thread.join();
}

std::uint16_t Served::port(std::size_t listener) const {
    return running_->ports[listener];
}

std::string Served::exchange(std::string_view bytes) const {
    Client client{port()};
    client.send(bytes);
    return client.rest();
}

void Served::stop(bool at_once) {
    web::Server& server = *running_->server;
    asio::post(running_->around.context, [&server, at_once] {
        if (at_once)
            server.abort();
        else
            server.stop();
    });
}

bool Served::ends_within(std::chrono::seconds limit) {
    return running_->ended_future.wait_for(limit) == std::future_status::ready;
}

void Served::look() {
    std::promise<void> looked;
    asio::post(running_->around.context, [&] {
        running_->around.guard.look();
        looked.set_value();
    });
    looked.get_future().wait();
}

Result<> opens(const web::ListenAddress& address) {
    LogCapture log;
    Surroundings around{{}, {}, log, [](auto) {}};
    auto opened = web::open_server(around.context, {{address}}, {}, around.routes, around.guard, {},
                                   *around.clock, log);
    if (!opened) return std::unexpected{opened.error()};
    return {};
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

std::string status_line(std::string_view response) {
    return std::string{response.substr(0, response.find("\r\n"))};
}

} // namespace gls::test
