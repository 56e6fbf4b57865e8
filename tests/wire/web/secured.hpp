// A served daemon behind a web configuration, and clients that speak TLS with it.
#pragma once

#include "served.hpp"
#include "wire/certificates.hpp"

#include <boost/asio/ssl/stream.hpp>

#include <crypt.h>
#include <memory>

namespace gls::test {

namespace ssl = asio::ssl;
inline const std::string get = "GET /-/healthy HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

// `cost`: 2 to the power of it rounds.
inline std::string bcrypt(const std::string& password, const std::string& cost = "04") {
    crypt_data scratch{};
    return ::crypt_r(password.c_str(), ("$2b$" + cost + "$abcdefghijklmnopqrstuu").c_str(),
                     &scratch);
}

inline std::string with_user(std::string_view base64) {
    return "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Basic " +
           std::string{base64} + "\r\n\r\n";
}

struct Authority {
    TemporaryFolder folder;
    Certificate ca = make_certificate({.subject = "ca", .authority = true}, nullptr);
    Certificate leaf = make_certificate({.names = "DNS:localhost"}, &ca);

    [[nodiscard]] std::string config(const std::string& rest = "") const {
        (void)folder.file("ca.crt", ca.certificate);
        (void)folder.file("leaf.crt", leaf.certificate);
        (void)folder.file("leaf.key", leaf.key);
        return folder.file(
            "web.yml", "tls_server_config:\n  cert_file: leaf.crt\n  key_file: leaf.key\n" + rest);
    }
};

inline Options secured(const std::string& config) {
    Options options;
    options.web_config = config;
    options.listen = {{{"127.0.0.1", 0}}, {{"127.0.0.1", 0}, true}};
    return options;
}

// Trusts the authority alone. What it offers and shows is set on `context` beforehand.
class TlsClient {
public:
    explicit TlsClient(const Authority& authority, const Certificate* own = nullptr) {
        context.add_certificate_authority(asio::buffer(authority.ca.certificate));
        context.set_verify_mode(ssl::verify_peer);
        if (own == nullptr) return;
        context.use_certificate(asio::buffer(own->certificate), ssl::context::pem);
        context.use_private_key(asio::buffer(own->key), ssl::context::pem);
    }

    // Whether the handshake succeeds. `ticket`: of a session to be resumed.
    bool connect(std::uint16_t port, SSL_SESSION* ticket = nullptr) {
        stream_.emplace(io_, context);
        stream_->next_layer().connect({asio::ip::address_v4::loopback(), port});
        if (ticket != nullptr) ::SSL_set_session(connection(), ticket);
        boost::system::error_code error;
        stream_->handshake(ssl::stream_base::client, error);
        return !error;
    }
    // Also in TLS 1.3 a client whose certificate is refused learns it here: the answer is empty.
    std::string ask(const std::string& request = get) {
        boost::system::error_code error;
        asio::write(*stream_, asio::buffer(request), error);
        std::string answer;
        asio::read(*stream_, asio::dynamic_buffer(answer), error);
        return answer;
    }
    [[nodiscard]] SSL* connection() { return stream_->native_handle(); }

    ssl::context context{ssl::context::tls_client};

private:
    asio::io_context io_;
    std::optional<ssl::stream<tcp::socket>> stream_;
};

// One request in TLS; "" where the handshake fails. The peer's certificate is checked.
inline std::string in_tls(std::uint16_t port, const Authority& authority,
                          const std::string& request, const Certificate* own = nullptr,
                          std::string* subject = nullptr) {
    TlsClient client{authority, own};
    if (!client.connect(port)) return "";
    if (subject != nullptr) {
        X509* const peer = ::SSL_get1_peer_certificate(client.connection());
        std::array<char, 64> name{};
        ::X509_NAME_get_text_by_NID(::X509_get_subject_name(peer), NID_commonName, name.data(),
                                    static_cast<int>(name.size()));
        ::X509_free(peer);
        *subject = name.data();
    }
    return client.ask(request);
}

} // namespace gls::test
