#include "aws/transport/connector.hpp"

#include "aws/transport/request_bytes.hpp"
#include "aws/transport/response_reader.hpp"
#include "base/duration.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace gls::aws {
namespace {

// How long an address that does not answer holds up the next one (RFC 8305 8: 250 ms is
// recommended).
constexpr milliseconds attempt_limit{250};

Error in_time(Error error, std::string_view peer, milliseconds limit) {
    error.kind = ErrorKind::timeout;
    error.message = "no connection to " + std::string{peer} + " within " + duration_text(limit) +
                    ": check the route, security groups, and HTTPS_PROXY where one is needed";
    return error;
}

Task<Result<>> pass_proxy(Connection& connection, std::string request, std::string target) {
    const auto written = co_await connection.write(std::move(request));
    if (!written) co_return written;
    ResponseReader reader{ResponseReader::Expect::header_only, 0};
    const auto whole = co_await reader.read(connection);
    if (!whole) co_return std::unexpected{whole.error()};
    const HttpResponse response = reader.take();
    if (response.status == 407)
        co_return fail(ErrorKind::connection, "the proxy " + connection.peer() +
                                                  " wants a user name and password (HTTP "
                                                  "407): put them into HTTPS_PROXY");
    if (response.status / 100 != 2)
        co_return fail(ErrorKind::connection, "the proxy " + connection.peer() +
                                                  " refused to connect to " + target + ": HTTP " +
                                                  std::to_string(response.status));
    if (!connection.unread().empty())
        co_return fail(ErrorKind::malformed,
                       "the proxy " + connection.peer() + " sent more than an answer to CONNECT");
    co_return Result<>{};
}

} // namespace

Connector::Connector(boost::asio::any_io_executor executor, Clock& clock, Watchdog& watchdog,
                     TlsClient& tls)
    : executor_{std::move(executor)}, clock_{clock}, watchdog_{watchdog}, tls_{tls},
      resolver_{watchdog} {}

Task<Connector::Opened> Connector::open(Endpoint endpoint, const Proxy* proxy, milliseconds limit) {
    const SteadyTime deadline = clock_.steady_now() + limit;
    const std::string& host = proxy != nullptr ? proxy->host : endpoint.host;
    const std::uint16_t port = proxy != nullptr ? proxy->port : endpoint.port;
    const std::string peer = authority_of(host, port);

    auto addresses = co_await resolver_.resolve(host, port, deadline);
    if (!addresses) co_return std::unexpected{std::move(addresses.error())};
    Opened opened = co_await first_that_answers(std::move(*addresses), peer, deadline);
    if (opened) {
        Connection& connection = **opened;
        const Watchdog::Watch watch{watchdog_, deadline, [&connection] { connection.cut(); }};
        auto secured = co_await secure(connection, endpoint, proxy);
        if (!secured) opened = std::unexpected{std::move(secured.error())};
        if (!opened && watch.expired()) opened.error().kind = ErrorKind::timeout;
    }
    if (!opened && opened.error().kind == ErrorKind::timeout)
        opened = std::unexpected{in_time(std::move(opened.error()), peer, limit)};
    co_return opened;
}

Task<Connector::Opened> Connector::first_that_answers(Addresses addresses, std::string peer,
                                                      SteadyTime deadline) {
    Error error;
    error.kind = ErrorKind::timeout;
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        const SteadyTime now = clock_.steady_now();
        if (now >= deadline) break;
        const bool last = i + 1 == addresses.size();
        const SteadyTime until = last ? deadline : std::min(deadline, now + attempt_limit);
        auto connection = std::make_unique<Connection>(executor_, peer);
        const Watchdog::Watch watch{watchdog_, until, [c = connection.get()] { c->cut(); }};
        auto connected = co_await connection->connect(addresses[i]);
        if (connected && !watch.expired()) co_return connection;
        if (connected || watch.expired())
            error.kind = ErrorKind::timeout;
        else
            error = std::move(connected.error());
        if (error.kind == ErrorKind::cancelled) break;
    }
    co_return std::unexpected{std::move(error)};
}

Task<Result<>> Connector::secure(Connection& connection, Endpoint endpoint, const Proxy* proxy) {
    if (endpoint.scheme != "https") co_return Result<>{};
    const std::string peer = authority_of(endpoint.host, endpoint.port);
    if (proxy != nullptr) {
        auto passed = co_await pass_proxy(connection, connect_bytes(endpoint, *proxy), peer);
        if (!passed) co_return passed;
    }
    auto started = co_await connection.start_tls(tls_, endpoint.host, peer);
    co_return started;
}

} // namespace gls::aws
