// What all TLS connections share: whom to trust, TLS 1.2 at least, and the last session of each
// peer, so that the next handshake with it is a short one. Wraps OpenSSL; no sockets here.
#pragma once

#include "base/result.hpp"

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace gls::aws {

struct SslFree {
    void operator()(SSL* ssl) const noexcept { ::SSL_free(ssl); }
    void operator()(SSL_CTX* context) const noexcept { ::SSL_CTX_free(context); }
    void operator()(SSL_SESSION* session) const noexcept { ::SSL_SESSION_free(session); }
};
using SslPtr = std::unique_ptr<SSL, SslFree>;

class TlsClient {
public:
    // `ca_bundle` (AWS_CA_BUNDLE: a PEM file or a hashed folder) replaces the system's store; ""
    // for that store. Errors: invalid_input.
    [[nodiscard]] static Result<std::unique_ptr<TlsClient>> create(const std::string& ca_bundle);

    // A connection object that will accept only a certificate for `host`, a name or an address.
    // Null when memory is out. It must not outlive this.
    [[nodiscard]] SslPtr connection_to(const std::string& host, const std::string& peer);

    TlsClient(const TlsClient&) = delete;
    TlsClient& operator=(const TlsClient&) = delete;

private:
    using Session = std::unique_ptr<SSL_SESSION, SslFree>;

    explicit TlsClient(SSL_CTX* context);
    static int keep_session(SSL* ssl, SSL_SESSION* session);

    std::unique_ptr<SSL_CTX, SslFree> context_;
    std::unordered_map<std::string, Session> sessions_; // by peer; connections point at the values
};

// Why a handshake with `peer` failed and what to do, from OpenSSL's verdict and its error queue,
// which it empties. Kind: tls.
[[nodiscard]] Error handshake_error(const SSL* ssl, std::string_view peer);

// The first reason in OpenSSL's error queue, which it empties; "" where there is none.
[[nodiscard]] std::string tls_reason();

} // namespace gls::aws
