#include "simulator/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/beast/http/string_body.hpp>

#include <charconv>
#include <csignal>
#include <optional>
#include <system_error>

namespace gls::simulator {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using TlsStream = asio::ssl::stream<tcp::socket>;
constexpr auto reporting = asio::as_tuple(asio::use_awaitable);

tcp::socket& socket_of(tcp::socket& stream) {
    return stream;
}
tcp::socket& socket_of(TlsStream& stream) {
    return stream.next_layer();
}

Request request_of(const http::request<http::string_body>& message) {
    Request request;
    request.method = message.method_string();
    request.target = message.target();
    request.body = message.body();
    for (const auto& field : message) {
        auto& [name, value] = request.headers.emplace_back(field.name_string(), field.value());
        for (auto& letter : name)
            if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return request;
}

std::string wire_text_of(const Reply& reply, bool keep_alive) {
    std::string text;
    text.reserve(reply.body.size() + 512);
    text.append("HTTP/1.1 ").append(std::to_string(reply.status)).append(" ");
    text.append(http::obsolete_reason(http::int_to_status(static_cast<unsigned>(reply.status))));
    text += "\r\n";
    for (const auto& [name, value] : reply.headers)
        text.append(name).append(": ").append(value).append("\r\n");
    if (!keep_alive) text += "Connection: close\r\n";
    text.append("Content-Length: ").append(std::to_string(reply.body.size())).append("\r\n\r\n");
    return text += reply.body;
}

asio::awaitable<void> wait(double seconds) {
    asio::steady_timer timer{co_await asio::this_coro::executor};
    timer.expires_after(std::chrono::milliseconds{static_cast<std::int64_t>(1000 * seconds)});
    co_await timer.async_wait(reporting);
}

template <typename Stream>
asio::awaitable<bool> write(Stream& stream, std::string_view text) {
    const auto [error, size] = co_await asio::async_write(stream, asio::buffer(text), reporting);
    co_return !error;
}

template <typename Stream>
asio::awaitable<bool> write_drop_by_drop(Stream& stream, std::string_view text,
                                         std::size_t a_second) {
    constexpr std::size_t drops_a_second = 10;
    const auto drop = std::max<std::size_t>(1, a_second / drops_a_second);
    while (!text.empty()) {
        if (!co_await write(stream, text.substr(0, drop))) co_return false;
        text.remove_prefix(std::min(drop, text.size()));
        co_await wait(1.0 / drops_a_second);
    }
    co_return true;
}

void reset(tcp::socket& socket) {
    boost::system::error_code ignored;
    socket.set_option(asio::socket_base::linger(true, 0), ignored);
    socket.close(ignored);
}

// False when the connection is over.
template <typename Stream>
asio::awaitable<bool> deliver(Stream& stream, const Reply& reply, bool keep_alive) {
    const auto text = wire_text_of(reply, keep_alive);
    const auto& delivery = reply.delivery;
    switch (delivery.kind) {
    case Delivery::Kind::normal:
        break;
    case Delivery::Kind::reset:
        reset(socket_of(stream));
        co_return false;
    case Delivery::Kind::hang:
        co_await wait(delivery.seconds);
        co_return false;
    case Delivery::Kind::truncate:
        co_await write(stream,
                       std::string_view{text}.substr(0, text.size() - reply.body.size() / 2 - 1));
        co_return false;
    case Delivery::Kind::slow:
        co_await wait(delivery.seconds);
        if (delivery.bytes_per_second != 0)
            co_return co_await write_drop_by_drop(stream, text, delivery.bytes_per_second);
        break;
    }
    co_return co_await write(stream, text);
}

template <typename Stream>
asio::awaitable<void> converse(Stream& stream, Simulator& simulator) {
    constexpr std::size_t longest_header = 32U << 10U;
    constexpr std::size_t longest_body = 4U << 20U;
    boost::beast::flat_buffer buffer;
    while (true) {
        http::request_parser<http::string_body> parser;
        parser.header_limit(longest_header);
        parser.body_limit(longest_body);
        const auto [error, size] = co_await http::async_read(stream, buffer, parser, reporting);
        if (error) co_return;
        const auto keep_alive = parser.get().keep_alive();
        const auto request = request_of(parser.get());
        const auto reply = simulator.answer(request);
        if (!co_await deliver(stream, reply, keep_alive) || !keep_alive) co_return;
    }
}

asio::awaitable<void> converse_plain(tcp::socket socket, Simulator& simulator) {
    co_await converse(socket, simulator);
    boost::system::error_code ignored;
    socket.shutdown(tcp::socket::shutdown_both, ignored);
}

asio::awaitable<void> converse_tls(tcp::socket socket, asio::ssl::context& tls,
                                   Simulator& simulator) {
    TlsStream stream{std::move(socket), tls};
    const auto [error] = co_await stream.async_handshake(asio::ssl::stream_base::server, reporting);
    if (error) co_return;
    co_await converse(stream, simulator);
    boost::system::error_code ignored;
    stream.next_layer().shutdown(tcp::socket::shutdown_both, ignored);
}

asio::awaitable<void> accept_all(tcp::acceptor& acceptor, asio::ssl::context* tls,
                                 Simulator& simulator) {
    while (true) {
        auto [error, socket] = co_await acceptor.async_accept(reporting);
        if (error) co_return;
        boost::system::error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        auto executor = acceptor.get_executor();
        auto task = tls != nullptr ? converse_tls(std::move(socket), *tls, simulator)
                                   : converse_plain(std::move(socket), simulator);
        asio::co_spawn(executor, std::move(task), asio::detached);
    }
}

std::expected<tcp::endpoint, std::string> endpoint_of(const std::string& text) {
    const auto colon = text.rfind(':');
    if (colon == std::string::npos) return std::unexpected("no port in " + text);
    auto host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (host == "localhost") host = "127.0.0.1";
    boost::system::error_code error;
    const auto address = asio::ip::make_address(host, error);
    if (error || !address.is_loopback())
        return std::unexpected(text + " is not a loopback address: the simulator serves no others");
    std::uint16_t port = 0;
    const char* const begin = text.data() + colon + 1;
    const char* const end = text.data() + text.size();
    const auto [stopped, bad] = std::from_chars(begin, end, port);
    if (bad != std::errc{} || stopped != end) return std::unexpected("no port in " + text);
    return tcp::endpoint{address, port};
}

} // namespace

std::expected<void, std::string>
serve(Simulator& simulator, const Settings& settings,
      const std::function<void(const std::string& url)>& listening) {
    const auto endpoint = endpoint_of(settings.listen_address);
    if (!endpoint) return std::unexpected(endpoint.error());
    asio::io_context context{1};
    std::optional<asio::ssl::context> tls;
    boost::system::error_code error;
    if (!settings.tls_certificate.empty()) {
        tls.emplace(asio::ssl::context::tls_server);
        tls->use_certificate_chain_file(settings.tls_certificate, error);
        if (!error) tls->use_private_key_file(settings.tls_key, asio::ssl::context::pem, error);
        if (error) return std::unexpected("certificate or key: " + error.message());
        SSL_CTX_set_min_proto_version(tls->native_handle(), TLS1_2_VERSION);
    }
    tcp::acceptor acceptor{context};
    acceptor.open(endpoint->protocol(), error);
    if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor.bind(*endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) return std::unexpected(settings.listen_address + ": " + error.message());

    asio::signal_set signals{context, SIGTERM, SIGINT};
    signals.async_wait([&](const auto&, int) { context.stop(); });
    asio::co_spawn(context, accept_all(acceptor, tls ? &*tls : nullptr, simulator), asio::detached);
    const auto local = acceptor.local_endpoint();
    const auto host = local.address().is_v6() ? '[' + local.address().to_string() + ']'
                                              : local.address().to_string();
    listening((tls ? "https://" : "http://") + host + ':' + std::to_string(local.port()));
    context.run();
    return {};
}

} // namespace gls::simulator
