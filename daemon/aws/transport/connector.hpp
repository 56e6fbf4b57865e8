// Opens a connection to where a request goes: name -> addresses, one after another -> proxy -> TLS,
// all within one deadline.
#pragma once

#include "async/watchdog.hpp"
#include "aws/http_message.hpp"
#include "aws/transport/connection.hpp"
#include "aws/transport/proxy.hpp"
#include "aws/transport/resolver.hpp"
#include "aws/transport/tls_client.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/task.hpp"
#include "base/time.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <string>

namespace gls::aws {

class Connector {
public:
    Connector(boost::asio::any_io_executor executor, Clock& clock, Watchdog& watchdog,
              TlsClient& tls);

    using Opened = Result<std::unique_ptr<Connection>>;
    // `proxy` may be null, and outlives the call. Errors: connection, tls, timeout, malformed,
    // cancelled.
    [[nodiscard]] Task<Opened> open(Endpoint endpoint, const Proxy* proxy, milliseconds limit);

    // Each in turn; one that does not answer holds up the next only briefly, the last has what is
    // left.
    [[nodiscard]] Task<Opened> first_that_answers(Addresses addresses, std::string peer,
                                                  SteadyTime deadline);

private:
    [[nodiscard]] Task<Result<>> secure(Connection& connection, Endpoint endpoint,
                                        const Proxy* proxy);

    boost::asio::any_io_executor executor_;
    Clock& clock_;
    Watchdog& watchdog_;
    TlsClient& tls_;
    Resolver resolver_;
};

} // namespace gls::aws
