// The transport over real sockets: HTTP/1.1, plain or in TLS, on kept connections. Many sends may
// run at once, all on the executor's one thread.
#pragma once

#include "aws/http.hpp"
#include "aws/transport/proxy.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <memory>
#include <string>

namespace gls::aws {

struct TransportOptions {
    std::string ca_bundle{}; // AWS_CA_BUNDLE: replaces the system's certificate store
    ProxySettings proxies{}; // proxy_settings(env)
    seconds idle_limit{90};  // longer than the default live interval
    // Targets of one region share them; one alone may have eight look-ups and eight parts of a full
    // sweep under way. Further requests wait for a place.
    std::size_t max_connections_per_peer{64};
};

// `clock` outlives all requests. A GET or HEAD that may be resent, on a kept connection that turns
// out to be closed, is sent again at once on a new one; nothing else is ever repeated. Errors:
// invalid_input (AWS_CA_BUNDLE).
[[nodiscard]] Result<std::unique_ptr<Transport>>
tls_transport(boost::asio::any_io_executor executor, Clock& clock, TransportOptions options);

} // namespace gls::aws
