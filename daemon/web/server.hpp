// The HTTP/1.1 server, on an io_context of its own with one thread. Every connection is one bounded
// session: header bytes, body bytes, time to send a request, time to take an answer, time to idle.
// Rules: RFC 9110 and 9112.
#pragma once

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "base/task.hpp"
#include "web/guard/guard.hpp"
#include "web/listen_address.hpp"
#include "web/routes.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gls::web {

struct Listen {
    ListenAddress address;
    bool health_only{false};
    std::optional<int> inherited{}; // a listening socket in place of the address
};

struct Limits {
    std::size_t connections{4096};    // past it the one that has waited longest for a request goes
    std::size_t header_bytes{8192};   // request line and fields together
    std::size_t body_bytes{4096};     // no request of ours needs one
    milliseconds header_time{10'000}; // from a request's first byte to its last
    milliseconds idle_time{120'000};  // between requests; longer than most scrape intervals
    milliseconds write_time{30'000};  // for a whole answer
};

// Awaited on the server's own context; a reload crosses to the polling thread inside.
using Perform = std::function<Task<Result<>>(Action)>;

class Server {
public:
    virtual ~Server() = default;
    // As bound, ports chosen by the system included: "127.0.0.1:10131".
    [[nodiscard]] virtual std::vector<std::string> addresses() const = 0;
    // Serves until stop(); ends when the last connection has. On cancel: abort(), and ends at once.
    [[nodiscard]] virtual Task<> run() = 0;
    // On the context's thread: accepts no more, closes idle connections, lets running answers
    // finish.
    virtual void stop() = 0;
    // Then, when the grace is over: closes all.
    virtual void abort() = 0;
};

// Binds and listens at once. Error: unavailable, naming the address and the cause. What is passed
// by reference outlives the server.
[[nodiscard]] Result<std::unique_ptr<Server>>
open_server(boost::asio::io_context& context, const std::vector<Listen>& listen, Limits limits,
            Routes& routes, Guard& guard, Perform perform, Clock& clock, Log& log);

} // namespace gls::web
