#include "web/server.hpp"

#include "async/task_group.hpp"
#include "async/watchdog.hpp"
#include "web/acceptors.hpp"
#include "web/connections.hpp"
#include "web/request_reader.hpp"
#include "web/response_head.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace gls::web {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Progress = RequestReader::Progress;

constexpr auto reported = asio::as_tuple(asio::use_awaitable);

// After a refusal, what still comes in is read and dropped for so long, so that the answer is not
// lost to a reset (RFC 9112 9.6).
constexpr milliseconds linger_time{1000};
// Before accepting goes on after it failed, most likely for want of descriptors.
constexpr milliseconds accept_pause{200};

// Said in plain to a client that takes a TLS port for an HTTP one, as Go's servers do.
constexpr std::string_view not_tls{"HTTP/1.0 400 Bad Request\r\nConnection: close\r\n\r\n"
                                   "Client sent an HTTP request to an HTTPS server.\n"};

class HttpServer final : public Server {
public:
    HttpServer(asio::io_context& context, Limits limits, Routes& routes, Guard& guard,
               Perform perform, Clock& clock, Log& log)
        : context_{context}, limits_{limits}, routes_{routes}, guard_{guard},
          perform_{std::move(perform)}, clock_{clock}, log_{log},
          tasks_{context.get_executor(), log} {}

    Result<> listen(const Listen& listen) {
        auto acceptor = listen.inherited ? inherited_acceptor(context_, *listen.inherited)
                                         : open_acceptor(context_, listen.address);
        if (!acceptor) return std::unexpected{std::move(acceptor.error())};
        log_.info("listening", {{"address", address_text(bound_address(*acceptor))},
                                {"health_only", listen.health_only}});
        listeners_.push_back({*std::move(acceptor), listen.health_only});
        return {};
    }

    [[nodiscard]] std::vector<std::string> addresses() const override {
        std::vector<std::string> texts;
        for (const auto& listener : listeners_) {
            texts.push_back(address_text(bound_address(listener.acceptor)));
        }
        return texts;
    }

    Task<> run() override {
        watchdog_.emplace(context_.get_executor(), clock_);
        for (auto& listener : listeners_)
            tasks_.start("accept", accept(listener));
        const bool ended = co_await tasks_.empty();
        if (ended) {
            watchdog_.reset(); // its sleeper would keep the context running
        } else {
            abort(); // cancelled
        }
    }

    void stop() override {
        stopping_ = true;
        error_code ignored;
        for (auto& listener : listeners_)
            listener.acceptor.close(ignored);
        connections_.close_waiting();
    }

    void abort() override {
        stop();
        connections_.close_all();
        tasks_.cancel(); // those that wait for a password's check
    }

private:
    struct Listener {
        tcp::acceptor acceptor;
        bool health_only;
    };

    Task<> accept(Listener& listener) {
        bool failing = false;
        while (!stopping_) {
            auto [error, socket] = co_await listener.acceptor.async_accept(reported);
            if (stopping_) break;
            if (error) {
                if (!std::exchange(failing, true)) {
                    const auto message = error.message();
                    log_.warn("accept_failed", {{"cause", message}});
                }
                connections_.make_room();
                co_await clock_.sleep_for(accept_pause);
                continue;
            }
            failing = false;
            if (connections_.size() >= limits_.connections && !connections_.make_room()) continue;
            admit(std::move(socket), listener.health_only);
        }
    }

    void admit(tcp::socket socket, bool health_only) {
        error_code ignored;
        socket.set_option(tcp::no_delay{true}, ignored);
        Connection connection{Stream{std::move(socket)}, health_only, true, clock_.steady_now()};
        const auto place = connections_.add(std::move(connection));
        tasks_.start("connection", serve(place));
    }

    // From now on until the watch goes: an overdue wait on the socket is cut off.
    Watchdog::Watch watch(Connection& connection, milliseconds limit) {
        connection.stream.begin();
        return {*watchdog_, clock_.steady_now() + limit,
                [&connection] { connection.stream.cut(); }};
    }

    Task<> serve(Connections::Place place) {
        const Connections::Seat seat{connections_, place};
        const bool secured = co_await secure(*place);
        if (!secured) co_return;
        RequestReader reader{limits_.header_bytes, limits_.body_bytes};
        bool going_on = true;
        while (going_on && !stopping_)
            going_on = co_await serve_one(*place, reader);
        place->stream.end_sending();
    }

    // The TLS handshake, where there is to be one.
    Task<bool> secure(Connection& connection) {
        const auto protection = guard_.protection();
        if (connection.health_only || !protection->tls) co_return true;
        const auto slow = watch(connection, limits_.header_time);
        const auto end = co_await connection.stream.handshake(protection->tls->context.get());
        if (end == Stream::Handshake::plain_http) {
            const Stream::Pieces pieces{asio::buffer(not_tls)};
            const bool told = co_await connection.stream.write(pieces);
            if (told) co_await linger(connection);
        }
        co_return end == Stream::Handshake::done;
    }

    // Reads a request and answers it; whether the connection may have another.
    Task<bool> serve_one(Connection& connection, RequestReader& reader) {
        connection.waiting = true;
        const bool begun = co_await request_begins(connection, reader);
        if (!begun) co_return false;
        const auto progress = co_await read(connection, reader);
        connection.waiting = false;
        if (progress == Progress::whole) co_return co_await respond(connection, reader);
        if (reader.refusal() == 0) co_return false;
        auto answer = Routes::refusal(reader.refusal());
        co_await send(connection, std::move(answer), false, false);
        co_await linger(connection);
        co_return false;
    }

    // The first bytes of a request, waited for without a parser or a buffer.
    Task<bool> request_begins(Connection& connection, RequestReader& reader) {
        reader.rest();
        if (reader.has_bytes()) co_return true; // pipelined
        connection.since = clock_.steady_now();
        const auto idle = watch(connection, limits_.idle_time);
        const bool readable = co_await connection.stream.readable();
        if (!readable) co_return false;
        co_return co_await receive(connection, reader);
    }

    Task<bool> receive(Connection& connection, RequestReader& reader) {
        const auto room = reader.room();
        const auto bytes =
            co_await connection.stream.read_some(asio::buffer(room.data(), room.size()));
        reader.filled(bytes);
        co_return bytes != 0;
    }

    Task<Progress> read(Connection& connection, RequestReader& reader) {
        const auto slow = watch(connection, limits_.header_time);
        reader.begin();
        auto progress = reader.advance();
        while (progress == Progress::unfinished) {
            const bool more = co_await receive(connection, reader);
            if (slow.expired()) co_return reader.timed_out();
            progress = more ? reader.advance() : reader.ended();
        }
        co_return progress;
    }

    Task<bool> respond(Connection& connection, const RequestReader& reader) {
        auto request = reader.request();
        request.health_only = connection.health_only;
        auto answer = co_await answer_to(request);
        if (answer.action != Action::none) {
            const auto outcome = co_await perform_(answer.action);
            answer = routes_.after(answer, outcome);
        }
        if (!request.health_only) append_headers(answer);
        const bool keep_alive = reader.keep_alive() && !stopping_;
        const bool head_only = request.method == "HEAD";
        co_return co_await send(connection, std::move(answer), head_only, keep_alive);
    }

    // `request` views what the reader holds, which goes on to exist.
    Task<Answer> answer_to(Request request) {
        if (!request.health_only) {
            if (!guard_.within_rate()) co_return Routes::refusal(429);
            std::string authorization{request.authorization};
            const auto admission = co_await guard_.admit(std::move(authorization));
            if (admission == Guard::Admission::denied) co_return Routes::refusal(401);
            if (admission == Guard::Admission::busy) co_return Routes::refusal(503);
        }
        co_return routes_.answer(request, clock_.now(), scrapes_running_);
    }

    // Those of the web configuration, where the answer has none of its own.
    void append_headers(Answer& answer) const {
        for (const auto& [name, value] : guard_.protection()->config.headers) {
            const bool own = name == "X-Content-Type-Options" || // on every answer
                             std::ranges::find(answer.headers, name, [](const auto& each) {
                                 return each.first;
                             }) != answer.headers.end();
            if (!own) answer.headers.emplace_back(name, value);
        }
    }

    Task<bool> send(Connection& connection, Answer answer, bool head_only, bool keep_alive) {
        const auto slow = watch(connection, limits_.write_time);
        routes_.count(answer);
        const auto head = response_head(answer, keep_alive, clock_.now());
        const auto& content = answer.content;
        Stream::Pieces pieces{asio::buffer(head)};
        if (!head_only) {
            pieces[1] = asio::buffer(content.head);
            for (std::size_t i = 0; i < content.shared.size(); ++i)
                if (content.shared[i]) pieces[2 + i] = asio::buffer(*content.shared[i]);
            pieces.back() = asio::buffer(content.tail);
        }
        scrapes_running_ += answer.scrape ? 1 : 0;
        const bool sent = co_await connection.stream.write(pieces);
        scrapes_running_ -= answer.scrape ? 1 : 0;
        co_return (sent && keep_alive);
    }

    Task<> linger(Connection& connection) {
        const auto enough = watch(connection, linger_time);
        connection.stream.end_sending();
        std::array<char, 4096> dropped{};
        std::size_t bytes = 1;
        while (bytes != 0)
            bytes = co_await connection.stream.read_some(asio::buffer(dropped));
    }

    asio::io_context& context_;
    const Limits limits_;
    Routes& routes_;
    Guard& guard_;
    const Perform perform_;
    Clock& clock_;
    Log& log_;
    std::vector<Listener> listeners_;
    Connections connections_;
    std::optional<Watchdog> watchdog_;
    TaskGroup tasks_;
    std::size_t scrapes_running_{0}; // being sent
    bool stopping_{false};
};

} // namespace

Result<std::unique_ptr<Server>> open_server(asio::io_context& context,
                                            const std::vector<Listen>& listen, Limits limits,
                                            Routes& routes, Guard& guard, Perform perform,
                                            Clock& clock, Log& log) {
    // Half of the descriptors at most: sweeps need some as well.
    limits.connections =
        std::min(limits.connections, raise_descriptor_limit(2 * limits.connections) / 2);
    auto server = std::make_unique<HttpServer>(context, limits, routes, guard, std::move(perform),
                                               clock, log);
    for (const auto& each : listen) {
        if (auto listening = server->listen(each); !listening) {
            return std::unexpected{std::move(listening.error())};
        }
    }
    return server;
}

} // namespace gls::web
