#include "web/server.hpp"

#include "web/acceptors.hpp"
#include "web/response_head.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <array>
#include <exception>
#include <list>

namespace gls::web {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using HttpRequest = http::request<http::string_body>;

constexpr auto reported = asio::as_tuple(asio::use_awaitable);

// Deadlines are looked at this often, all by one timer: a connection costs none of its own.
constexpr milliseconds tick{250};
// After a refusal, what still comes in is read and dropped for so long, so that the answer is not
// lost to a reset (RFC 9112 9.6).
constexpr milliseconds linger_time{1000};
constexpr std::size_t first_read_bytes = 1024; // what an idle connection holds
// Before accepting goes on after it failed, most likely for want of descriptors.
constexpr milliseconds accept_pause{200};

enum class Phase : unsigned char { idle, reading, answering };

struct Connection {
    Connection(tcp::socket s, bool health, std::size_t buffer_bytes)
        : socket{std::move(s)}, health_only{health}, buffer{buffer_bytes} {}

    tcp::socket socket;
    bool health_only;
    boost::beast::flat_buffer buffer;
    Phase phase{Phase::idle};
    SteadyTime deadline{SteadyTime::max()};
    bool timed_out{false};
};

std::string joined(const HttpRequest& request, http::field field) {
    std::string values;
    const auto [begin, end] = request.equal_range(field);
    for (auto each = begin; each != end; ++each) {
        if (!values.empty()) values += ',';
        values.append(each->value());
    }
    return values;
}

// What a failed read deserves; 0 = nobody is there to be told.
unsigned refusal_of(const error_code& error, bool timed_out, bool has_target) {
    if (timed_out) return 408;
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
        return has_target ? 431 : 414;
    }
    if (error == http::error::body_limit) return 413;
    if (error == http::error::end_of_stream) return 0;
    return error.category() == make_error_code(http::error::bad_method).category() ? 400 : 0;
}

class BeastServer final : public Server {
public:
    BeastServer(asio::io_context& context, Limits limits, Routes& routes, Perform perform,
                Clock& clock, Log& log)
        : context_{context}, limits_{limits}, routes_{routes}, perform_{std::move(perform)},
          clock_{clock}, log_{log} {}

    Result<> listen(const Listen& listen) {
        auto acceptor = open_acceptor(context_, listen.address);
        if (!acceptor) return std::unexpected{std::move(acceptor.error())};
        log_.info("listening", {{"address", address_text(bound_address(*acceptor))},
                                {"health_only", listen.health_only}});
        listeners_.push_back({*std::move(acceptor), listen.health_only});
        return {};
    }

    std::vector<std::string> addresses() const override {
        std::vector<std::string> texts;
        for (const auto& listener : listeners_) {
            texts.push_back(address_text(bound_address(listener.acceptor)));
        }
        return texts;
    }

    Task<> run() override {
        for (auto& listener : listeners_)
            spawn(accept(listener), {});
        while (running_ > 0) {
            co_await clock_.sleep_for(tick);
            cancel_overdue();
        }
    }

    void stop() override {
        stopping_ = true;
        error_code ignored;
        for (auto& listener : listeners_)
            listener.acceptor.close(ignored);
        for (auto& connection : connections_) {
            if (connection.phase != Phase::answering) connection.socket.close(ignored);
        }
    }

    void abort() override {
        stop();
        error_code ignored;
        for (auto& connection : connections_)
            connection.socket.close(ignored);
    }

private:
    struct Listener {
        tcp::acceptor acceptor;
        bool health_only;
    };
    using Connections = std::list<Connection>;

    // Nothing is detached: run() ends when all that was spawned has. A failure of one connection, a
    // bug, stays its own.
    void spawn(Task<> task, std::optional<Connections::iterator> connection) {
        ++running_;
        const auto ended = [this, connection](const std::exception_ptr& failure) {
            if (connection) connections_.erase(*connection);
            --running_;
            if (failure) log_.error("http_connection_failed");
        };
        asio::co_spawn(context_, std::move(task), ended);
    }

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
                make_room();
                co_await clock_.sleep_for(accept_pause);
                continue;
            }
            failing = false;
            if (connections_.size() >= limits_.connections && !make_room()) continue;
            admit(std::move(socket), listener.health_only);
        }
    }

    void admit(tcp::socket socket, bool health_only) {
        error_code ignored;
        socket.set_option(tcp::no_delay{true}, ignored);
        const auto buffer_bytes = 2 * limits_.header_bytes + limits_.body_bytes;
        const auto connection =
            connections_.emplace(connections_.end(), std::move(socket), health_only, buffer_bytes);
        spawn(serve(*connection), connection);
    }

    // Closes the connection that waits for a request and would have to give up first.
    bool make_room() {
        auto victim = connections_.end();
        for (auto each = connections_.begin(); each != connections_.end(); ++each) {
            if (each->phase == Phase::answering || !each->socket.is_open()) continue;
            if (victim == connections_.end() || each->deadline < victim->deadline) victim = each;
        }
        if (victim == connections_.end()) return false;
        error_code ignored;
        victim->socket.close(ignored);
        return true;
    }

    void cancel_overdue() {
        const auto now = clock_.steady_now();
        for (auto& connection : connections_) {
            if (now < connection.deadline) continue;
            error_code ignored;
            connection.timed_out = true;
            connection.deadline = SteadyTime::max();
            connection.socket.cancel(ignored);
        }
    }

    void enter(Connection& connection, Phase phase, milliseconds time) {
        connection.phase = phase;
        connection.timed_out = false;
        connection.deadline = clock_.steady_now() + time;
    }

    Task<> serve(Connection& connection) {
        bool going_on = true;
        while (going_on && !stopping_) {
            if (!co_await request_begins(connection)) break;
            going_on = co_await serve_one(connection);
        }
    }

    // The first byte of a request, waited for without a parser and with little memory.
    Task<bool> request_begins(Connection& connection) {
        if (connection.buffer.size() != 0) co_return true; // pipelined
        enter(connection, Phase::idle, limits_.idle_time);
        const auto [error, bytes] = co_await connection.socket.async_read_some(
            connection.buffer.prepare(first_read_bytes), reported);
        connection.buffer.commit(bytes);
        co_return !error;
    }

    // Reads a request and answers it; whether the connection may have another.
    Task<bool> serve_one(Connection& connection) {
        enter(connection, Phase::reading, limits_.header_time);
        http::request_parser<http::string_body> parser;
        parser.header_limit(static_cast<std::uint32_t>(limits_.header_bytes));
        parser.body_limit(limits_.body_bytes);
        const auto [error, bytes] =
            co_await http::async_read(connection.socket, connection.buffer, parser, reported);
        const auto& request = parser.get();
        unsigned refusal = 0;
        if (error) {
            refusal = refusal_of(error, connection.timed_out, !request.target().empty());
            if (refusal == 0) co_return false;
        } else if (request.version() == 11 && request.count(http::field::host) != 1) {
            refusal = 400; // RFC 9112 3.2
        }
        if (refusal != 0) {
            auto answer = Routes::refusal(refusal);
            co_await send(connection, std::move(answer), false, false);
            co_await linger(connection);
            co_return false;
        }
        co_return co_await respond(connection, request);
    }

    Task<bool> respond(Connection& connection, const HttpRequest& request) {
        auto answer = answer_to(connection, request);
        if (answer.action != Action::none) {
            enter(connection, Phase::answering, milliseconds::max() / 2);
            connection.deadline = SteadyTime::max(); // a reload takes what it takes
            const auto outcome = co_await perform_(answer.action);
            answer = routes_.after(answer, outcome);
        }
        const bool keep_alive = request.keep_alive() && !stopping_;
        const bool head_only = request.method() == http::verb::head;
        co_return co_await send(connection, std::move(answer), head_only, keep_alive);
    }

    Answer answer_to(const Connection& connection, const HttpRequest& request) {
        const auto accept = joined(request, http::field::accept);
        const auto accept_encoding = joined(request, http::field::accept_encoding);
        const Request asked{request.method_string(), request.target(), accept, accept_encoding,
                            connection.health_only};
        return routes_.answer(asked, clock_.now(), scrapes_running_);
    }

    Task<bool> send(Connection& connection, Answer answer, bool head_only, bool keep_alive) {
        enter(connection, Phase::answering, limits_.write_time);
        routes_.count(answer);
        const auto head = response_head(answer, keep_alive, clock_.now());
        const auto& content = answer.content;
        std::array<asio::const_buffer, 4> pieces{asio::buffer(head)};
        if (!head_only) {
            pieces[1] = asio::buffer(content.head);
            if (content.shared) pieces[2] = asio::buffer(*content.shared);
            pieces[3] = asio::buffer(content.tail);
        }
        scrapes_running_ += answer.scrape ? 1 : 0;
        const auto [error, bytes] = co_await asio::async_write(connection.socket, pieces, reported);
        scrapes_running_ -= answer.scrape ? 1 : 0;
        co_return !error && keep_alive;
    }

    Task<> linger(Connection& connection) {
        enter(connection, Phase::reading, linger_time);
        error_code ignored;
        connection.socket.shutdown(tcp::socket::shutdown_send, ignored);
        std::array<char, 4096> dropped{};
        bool more = true;
        while (more) {
            const auto [error, bytes] =
                co_await connection.socket.async_read_some(asio::buffer(dropped), reported);
            more = !error;
        }
    }

    asio::io_context& context_;
    const Limits limits_;
    Routes& routes_;
    const Perform perform_;
    Clock& clock_;
    Log& log_;
    std::vector<Listener> listeners_;
    Connections connections_;
    std::size_t running_{0};         // spawned and not ended
    std::size_t scrapes_running_{0}; // being sent
    bool stopping_{false};
};

} // namespace

Result<std::unique_ptr<Server>> open_server(asio::io_context& context,
                                            const std::vector<Listen>& listen, Limits limits,
                                            Routes& routes, Perform perform, Clock& clock,
                                            Log& log) {
    // Half of the descriptors at most: sweeps need some as well.
    limits.connections =
        std::min(limits.connections, raise_descriptor_limit(2 * limits.connections) / 2);
    auto server =
        std::make_unique<BeastServer>(context, limits, routes, std::move(perform), clock, log);
    for (const auto& each : listen) {
        if (auto listening = server->listen(each); !listening) {
            return std::unexpected{std::move(listening.error())};
        }
    }
    return server;
}

} // namespace gls::web
