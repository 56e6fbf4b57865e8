#include "web/server.hpp"

#include "async/task_group.hpp"
#include "async/watchdog.hpp"
#include "web/acceptors.hpp"
#include "web/connections.hpp"
#include "web/response_head.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace gls::web {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Buffer = boost::beast::flat_buffer;
using Parser = http::request_parser<http::string_body>;
using HttpRequest = Parser::value_type;

constexpr auto reported = asio::as_tuple(asio::use_awaitable);

// After a refusal, what still comes in is read and dropped for so long, so that the answer is not
// lost to a reset (RFC 9112 9.6).
constexpr milliseconds linger_time{1000};
constexpr std::size_t first_read_bytes = 1024; // what an idle connection holds
// Before accepting goes on after it failed, most likely for want of descriptors.
constexpr milliseconds accept_pause{200};

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
          clock_{clock}, log_{log}, tasks_{context.get_executor(), log} {}

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
        Connection connection{std::move(socket), health_only, true, clock_.steady_now()};
        const auto place = connections_.add(std::move(connection));
        tasks_.start("connection", serve(place));
    }

    // From now on until the watch goes: an overdue wait on the socket is cut off.
    Watchdog::Watch watch(Connection& connection, milliseconds limit) {
        const auto cut_off = [&connection] {
            error_code ignored;
            connection.socket.cancel(ignored);
        };
        return {*watchdog_, clock_.steady_now() + limit, cut_off};
    }

    Task<> serve(Connections::Place place) {
        const Connections::Seat seat{connections_, place};
        Buffer buffer{2 * limits_.header_bytes + limits_.body_bytes};
        bool going_on = true;
        while (going_on && !stopping_)
            going_on = co_await serve_one(*place, buffer);
    }

    // The first byte of a request, waited for without a parser and with little memory.
    Task<bool> request_begins(Connection& connection, Buffer& buffer) {
        if (buffer.size() != 0) co_return true; // pipelined
        connection.since = clock_.steady_now();
        const auto idle = watch(connection, limits_.idle_time);
        const auto [error, bytes] =
            co_await connection.socket.async_read_some(buffer.prepare(first_read_bytes), reported);
        buffer.commit(bytes);
        co_return !error;
    }

    // Reads a request and answers it; whether the connection may have another.
    Task<bool> serve_one(Connection& connection, Buffer& buffer) {
        connection.waiting = true;
        const bool begun = co_await request_begins(connection, buffer);
        if (!begun) co_return false;
        Parser parser;
        parser.header_limit(static_cast<std::uint32_t>(limits_.header_bytes));
        parser.body_limit(limits_.body_bytes);
        const auto refused = co_await read(connection, buffer, parser);
        connection.waiting = false;
        if (!refused) co_return co_await respond(connection, parser.get());
        if (*refused == 0) co_return false;
        auto answer = Routes::refusal(*refused);
        co_await send(connection, std::move(answer), false, false);
        co_await linger(connection);
        co_return false;
    }

    // None: read. Otherwise the status that says what is wrong with it, 0 where nobody is to be
    // told.
    Task<std::optional<unsigned>> read(Connection& connection, Buffer& buffer, Parser& parser) {
        const auto slow = watch(connection, limits_.header_time);
        const auto [error, bytes] =
            co_await http::async_read(connection.socket, buffer, parser, reported);
        const auto& request = parser.get();
        if (error) co_return refusal_of(error, slow.expired(), !request.target().empty());
        const bool names_host = request.version() < 11 || request.count(http::field::host) == 1;
        if (!names_host) co_return 400; // RFC 9112 3.2
        co_return std::nullopt;
    }

    Task<bool> respond(Connection& connection, const HttpRequest& request) {
        auto answer = answer_to(connection, request);
        if (answer.action != Action::none) {
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
        const auto slow = watch(connection, limits_.write_time);
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
        const auto enough = watch(connection, linger_time);
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
    std::optional<Watchdog> watchdog_;
    TaskGroup tasks_;
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
