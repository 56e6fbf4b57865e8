// A real server on loopback, port 0, with one small picture; and clients that speak raw bytes.
#pragma once

#include "async/asio_clock.hpp"
#include "fixed_process.hpp"
#include "pictures.hpp"
#include "support/log_capture.hpp"
#include "web/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <doctest/doctest.h>

#include <future>
#include <string>
#include <thread>

namespace gls::test {

namespace asio = boost::asio;
using asio::ip::tcp;

class Client {
public:
    explicit Client(std::uint16_t port) {
        socket_.connect({asio::ip::address_v4::loopback(), port});
    }

    void send(std::string_view bytes) { asio::write(socket_, asio::buffer(bytes)); }
    void end_sending() { socket_.shutdown(tcp::socket::shutdown_send); }
    // Everything until the server closes. A reset counts as the end.
    std::string rest() {
        boost::system::error_code error;
        asio::read(socket_, asio::dynamic_buffer(read_), error);
        return std::exchange(read_, {});
    }
    // One response with a Content-Length; `head_only` for HEAD.
    std::string response(bool head_only = false) {
        const auto head = asio::read_until(socket_, asio::dynamic_buffer(read_), "\r\n\r\n");
        const auto at = read_.find("Content-Length: ");
        const auto length = head_only ? 0 : std::stoul(read_.substr(at + 16));
        while (read_.size() < head + length) {
            asio::read(socket_, asio::dynamic_buffer(read_), asio::transfer_at_least(1));
        }
        auto whole = read_.substr(0, head + length);
        read_.erase(0, head + length);
        return whole;
    }
    tcp::socket& socket() { return socket_; }

private:
    asio::io_context context_;
    tcp::socket socket_{context_};
    std::string read_;
};

struct Options {
    web::Site site{};
    web::Limits limits{};
    std::vector<web::Listen> listen{{{"127.0.0.1", 0}}};
    std::optional<std::string> web_config{}; // a file
};

class Served {
public:
    explicit Served(Options options = {})
        : guard_{options.web_config,
                 *files_,
                 *clock_,
                 *random_,
                 log,
                 [this](std::optional<WallTime> when) { certificate_expires = when; }} {
        routes_.emplace(options.site, board_, scrape_, own_);
        auto protection = guard_.read();
        REQUIRE(protection);
        guard_.take(*std::move(protection));
        auto opened = web::open_server(
            context_, options.listen, options.limits, *routes_, guard_,
            [this](web::Action action) { return perform(action); }, *clock_, log);
        REQUIRE(opened);
        server_ = *std::move(opened);
        for (const auto& address : server_->addresses()) {
            ports_.push_back(web::parse_listen_address(address)->port);
        }
        asio::co_spawn(context_, server_->run(),
                       [this](std::exception_ptr) { ended_.set_value(); });
        thread_ = std::thread{[this] { context_.run(); }};
    }
    ~Served() {
        stop(true);
        thread_.join();
    }

    [[nodiscard]] std::uint16_t port(std::size_t listener = 0) const { return ports_[listener]; }
    [[nodiscard]] Client client(std::size_t listener = 0) const { return Client{port(listener)}; }
    // Sends, and returns all that comes back until the connection ends.
    std::string exchange(std::string_view bytes) const {
        Client client{port()};
        client.send(bytes);
        return client.rest();
    }
    void stop(bool at_once = false) {
        asio::post(context_, [this, at_once] { at_once ? server_->abort() : server_->stop(); });
    }
    [[nodiscard]] bool ends_within(std::chrono::seconds limit) {
        return ended_future_.wait_for(limit) == std::future_status::ready;
    }

    LogCapture log;
    web::Action performed{web::Action::none};
    Result<> outcome{};
    std::optional<WallTime> certificate_expires;

    // As a reload or the guard's own look does it, on the server's thread.
    void look() {
        std::promise<void> looked;
        asio::post(context_, [&] {
            guard_.look();
            looked.set_value();
        });
        looked.get_future().wait();
    }

private:
    Task<Result<>> perform(web::Action action) {
        performed = action;
        co_return outcome;
    }

    poll::Board board_{{shared(small_picture())}};
    metrics::FleetDocument fleet_{board_, {}};
    metrics::Own own_{{"1", "2", "3"}, std::make_unique<FixedProcess>(), noon};
    metrics::Scrape scrape_{fleet_, own_};
    std::optional<web::Routes> routes_;
    std::unique_ptr<Clock> clock_{asio_clock()};
    std::unique_ptr<Files> files_{disk_files()};
    std::unique_ptr<Random> random_{system_random()};
    asio::io_context context_{1};
    web::Guard guard_;
    std::unique_ptr<web::Server> server_;
    std::vector<std::uint16_t> ports_;
    std::promise<void> ended_;
    std::future<void> ended_future_{ended_.get_future()};
    std::thread thread_;
};

inline bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}
inline std::string status_line(std::string_view response) {
    return std::string{response.substr(0, response.find("\r\n"))};
}

} // namespace gls::test
