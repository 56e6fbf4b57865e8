// A served daemon behind a web configuration, and clients that speak TLS with it.
#pragma once

#include "served.hpp"
#include "support/temp_folder.hpp"
#include "wire/certificates.hpp"

#include <openssl/ssl.h>

#include <memory>

namespace gls::test {

inline const std::string get_healthy_once =
    "GET /-/healthy HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

// `cost`: 2 to the power of it rounds.
[[nodiscard]] std::string bcrypt(const std::string& password, const std::string& cost = "04");

[[nodiscard]] std::string with_user(std::string_view base64);

struct Authority {
    TempFolder folder;
    Certificate ca = make_certificate({.subject = "ca", .authority = true}, nullptr);
    Certificate leaf = make_certificate({.names = "DNS:localhost"}, &ca);

    [[nodiscard]] std::string config(const std::string& rest = "") const;
};

[[nodiscard]] Options secured(const std::string& config); // and a second listener for probes

// Trusts the authority alone. What it offers and shows is set on context() beforehand.
class TlsClient {
public:
    explicit TlsClient(const Authority& authority, const Certificate* own = nullptr);
    ~TlsClient();
    TlsClient(const TlsClient&) = delete;
    TlsClient& operator=(const TlsClient&) = delete;

    // Whether the handshake succeeds. `ticket`: of a session to be resumed.
    bool connect(std::uint16_t port, SSL_SESSION* ticket = nullptr);
    // Also in TLS 1.3 a client whose certificate is refused learns it here: the answer is empty.
    std::string ask(const std::string& request = get_healthy_once);
    [[nodiscard]] SSL_CTX* context();
    [[nodiscard]] SSL* connection();

private:
    struct Stream;
    std::unique_ptr<Stream> stream_;
};

// One request in TLS; "" where the handshake fails. The peer's certificate is checked.
std::string in_tls(std::uint16_t port, const Authority& authority, const std::string& request,
                   const Certificate* own = nullptr, std::string* subject = nullptr);

} // namespace gls::test
