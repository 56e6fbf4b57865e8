#include "aws/transport/tls_transport.hpp"

#include "async/watchdog.hpp"
#include "async/within.hpp"
#include "aws/transport/connection_pool.hpp"
#include "aws/transport/connector.hpp"
#include "aws/transport/request_bytes.hpp"
#include "aws/transport/response_reader.hpp"
#include "aws/transport/tls_client.hpp"
#include "base/duration.hpp"

#include <utility>

namespace gls::aws {
namespace {

namespace asio = boost::asio;

// Everything the requests of one transport share; each request in flight keeps it alive.
struct Shared {
    Shared(asio::any_io_executor executor, Clock& c, std::unique_ptr<TlsClient> t,
           TransportOptions o)
        : clock{c}, options{std::move(o)}, tls{std::move(t)}, watchdog{executor, clock},
          pool{executor, clock, options.idle_limit, options.max_connections_per_peer},
          connector{executor, clock, watchdog, *tls} {}

    Clock& clock;
    TransportOptions options;
    std::unique_ptr<TlsClient> tls; // before the pool: connections point into it
    Watchdog watchdog;
    ConnectionPool pool;
    Connector connector;
};

// One request and where it goes.
struct Job {
    HttpRequest request;
    Deadlines deadlines;
    const Proxy* proxy{nullptr}; // into Shared's options
    std::string peer{};          // what a connection may be shared by
    std::string bytes{};

    [[nodiscard]] bool repeatable() const {
        return request.may_be_resent && (request.method == "GET" || request.method == "HEAD");
    }
};

struct Exchanged {
    Result<HttpResponse> response;
    bool begun{false};      // something of a response had come
    bool keep_alive{false}; // the connection can carry another request
};

std::string peer_name(const HttpRequest& request, const Proxy* proxy) {
    std::string name = request.endpoint.scheme + "://" +
                       authority_of(request.endpoint.host, request.endpoint.port);
    if (proxy != nullptr) name += " via " + authority_of(proxy->host, proxy->port);
    return name;
}

Task<Exchanged> exchange(Shared& shared, Connection& connection, const Job& job) {
    const SteadyTime deadline = shared.clock.steady_now() + job.deadlines.request;
    const Watchdog::Watch watch{shared.watchdog, deadline, [&connection] { connection.cut(); }};
    ResponseReader reader{job.request.method == "HEAD" ? ResponseReader::Expect::header_only
                                                       : ResponseReader::Expect::body,
                          job.deadlines.max_body_bytes};
    // A peer that refuses a request early may answer before it has read it all: what it says counts
    // more than that we could not go on sending.
    auto done = co_await connection.write(job.bytes);
    if (done || done.error().kind == ErrorKind::connection) done = co_await reader.read(connection);

    Exchanged exchanged;
    exchanged.begun = reader.begun();
    if (done) {
        exchanged.keep_alive =
            reader.keep_alive() && connection.unread().empty() && !watch.expired();
        exchanged.response = reader.take();
    } else if (watch.expired()) {
        exchanged.response = fail(
            ErrorKind::timeout, connection.peer() + " gave no complete answer within " +
                                    duration_text(job.deadlines.request) +
                                    (exchanged.begun ? " (a part of it came)" : " (nothing came)"));
    } else {
        exchanged.response = std::unexpected{std::move(done.error())};
    }
    co_return exchanged;
}

Task<Result<Slot>> place(Shared& shared, const Job& job) {
    Slots& slots = shared.pool.slots(job.peer);
    if (Slot slot = slots.try_take(); slot) co_return slot;
    auto outcome = co_await within(shared.clock, job.deadlines.connect, slots.take());
    if (outcome.ended == Ended::done && *outcome.value) co_return std::move(*outcome.value);
    if (outcome.ended == Ended::timed_out)
        co_return fail(ErrorKind::timeout, "no connection to " + job.peer + " became free within " +
                                               duration_text(job.deadlines.connect) +
                                               ": all are waiting for answers");
    co_return fail(ErrorKind::cancelled,
                   "stopped before a connection to " + job.peer + " was free");
}

Task<Result<HttpResponse>> run(std::shared_ptr<Shared> shared, Job job) {
    auto slot = co_await place(*shared, job);
    if (!slot) co_return std::unexpected{std::move(slot.error())};
    auto connection = shared->pool.take(job.peer);
    for (bool kept = connection != nullptr;; kept = false) {
        if (!connection) {
            auto opened = co_await shared->connector.open(job.request.endpoint, job.proxy,
                                                          job.deadlines.connect);
            if (!opened) co_return std::unexpected{std::move(opened.error())};
            connection = std::move(*opened);
        }
        auto exchanged = co_await exchange(*shared, *connection, job);
        if (exchanged.keep_alive) shared->pool.give_back(job.peer, std::move(connection));
        connection.reset();
        const bool stale = kept && !exchanged.response && !exchanged.begun &&
                           exchanged.response.error().kind == ErrorKind::connection;
        if (stale) shared->pool.drop_idle(job.peer);
        if (!stale || !job.repeatable()) co_return std::move(exchanged.response);
    }
}

class TlsTransport final : public Transport {
public:
    explicit TlsTransport(std::shared_ptr<Shared> shared) : shared_{std::move(shared)} {}

    Task<Result<HttpResponse>> send(HttpRequest request, Deadlines deadlines) override {
        const Proxy* const proxy =
            request.may_use_proxy ? proxy_for(shared_->options.proxies, request.endpoint) : nullptr;
        const bool plain = request.endpoint.scheme != "https";
        auto bytes = request_bytes(request, plain ? proxy : nullptr);
        if (!bytes) co_return std::unexpected{std::move(bytes.error())};
        std::string peer = peer_name(request, proxy);
        Job job{std::move(request), deadlines, proxy, std::move(peer), std::move(*bytes)};
        auto response = co_await run(shared_, std::move(job));
        co_return response;
    }

private:
    std::shared_ptr<Shared> shared_;
};

} // namespace

Result<std::unique_ptr<Transport>> tls_transport(asio::any_io_executor executor, Clock& clock,
                                                 TransportOptions options) {
    auto tls = TlsClient::create(options.ca_bundle);
    if (!tls) return std::unexpected{std::move(tls.error())};
    auto shared =
        std::make_shared<Shared>(std::move(executor), clock, std::move(*tls), std::move(options));
    return std::make_unique<TlsTransport>(std::move(shared));
}

} // namespace gls::aws
