#include "secured.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <crypt.h>
#include <optional>

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using asio::ip::tcp;

namespace gls::test {

std::string bcrypt(const std::string& password, const std::string& cost) {
    crypt_data scratch{};
    return ::crypt_r(password.c_str(), ("$2b$" + cost + "$abcdefghijklmnopqrstuu").c_str(),
                     &scratch);
}

std::string with_user(std::string_view base64) {
    return "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Basic " +
           std::string{base64} + "\r\n\r\n";
}

std::string Authority::config(const std::string& rest) const {
    (void)folder.file("ca.crt", ca.certificate);
    (void)folder.file("leaf.crt", leaf.certificate);
    (void)folder.file("leaf.key", leaf.key);
    return folder.file("web.yml",
                       "tls_server_config:\n  cert_file: leaf.crt\n  key_file: leaf.key\n" + rest);
}

Options secured(const std::string& config) {
    Options options;
    options.web_config = config;
    options.listen = {{{"127.0.0.1", 0}}, {{"127.0.0.1", 0}, true}};
    return options;
}

struct TlsClient::Stream {
    ssl::context context{ssl::context::tls_client};
    asio::io_context io;
    std::optional<ssl::stream<tcp::socket>> stream;
};

TlsClient::TlsClient(const Authority& authority, const Certificate* own)
    : stream_{std::make_unique<Stream>()} {
    ssl::context& context = stream_->context;
    context.add_certificate_authority(asio::buffer(authority.ca.certificate));
    context.set_verify_mode(ssl::verify_peer);
    if (own == nullptr) return;
    context.use_certificate(asio::buffer(own->certificate), ssl::context::pem);
    context.use_private_key(asio::buffer(own->key), ssl::context::pem);
}

TlsClient::~TlsClient() = default;

bool TlsClient::connect(std::uint16_t port, SSL_SESSION* ticket) {
    auto& stream = stream_->stream.emplace(stream_->io, stream_->context);
    stream.next_layer().connect({asio::ip::address_v4::loopback(), port});
    if (ticket != nullptr) ::SSL_set_session(connection(), ticket);
    boost::system::error_code error;
    stream.handshake(ssl::stream_base::client, error);
    return !error;
}

std::string TlsClient::ask(const std::string& request) {
    boost::system::error_code error;
    asio::write(*stream_->stream, asio::buffer(request), error);
    std::string answer;
    asio::read(*stream_->stream, asio::dynamic_buffer(answer), error);
    return answer;
}

SSL_CTX* TlsClient::context() {
    return stream_->context.native_handle();
}

SSL* TlsClient::connection() {
    return stream_->stream->native_handle();
}

std::string in_tls(std::uint16_t port, const Authority& authority, const std::string& request,
                   const Certificate* own, std::string* subject) {
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
