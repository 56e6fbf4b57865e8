// The seam behind which sockets live. Real: tls_transport (Beast); in tests: ScriptedTransport.
#pragma once

#include "aws/http_message.hpp"
#include "base/result.hpp"
#include "base/task.hpp"
#include "base/time.hpp"

#include <cstddef>

namespace gls::aws {

struct Deadlines {
    milliseconds connect{3000};  // name, connection and handshake, all addresses together
    milliseconds request{10000}; // from the first byte sent to the last byte read
    std::size_t max_body_bytes{8U << 20U};
};

class Transport {
public:
    virtual ~Transport() = default;
    // Errors: timeout, connection, tls, malformed (not HTTP, body over the cap, bad gzip),
    // cancelled. Any status is a response, not an error.
    [[nodiscard]] virtual Task<Result<HttpResponse>> send(HttpRequest request,
                                                          Deadlines deadlines) = 0;
};

} // namespace gls::aws
