#include "wire/peer.hpp"

#include <doctest/doctest.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <csignal>
#include <cstdlib>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace gls::test {
namespace {

// A script that waits longer than this has been left alone by a failing test.
constexpr timeval patience{20, 0};

int listen_on(const char* address, std::uint16_t port) {
    std::signal(SIGPIPE, SIG_IGN); // OpenSSL's own socket code raises it
    const bool v6 = std::string_view{address}.find(':') != std::string_view::npos;
    const int fd = ::socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    REQUIRE(fd >= 0);
    const int one = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    int bound = 0;
    if (v6) {
        ::setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
        sockaddr_in6 to{};
        to.sin6_family = AF_INET6;
        to.sin6_port = htons(port);
        ::inet_pton(AF_INET6, address, &to.sin6_addr);
        bound = ::bind(fd, reinterpret_cast<sockaddr*>(&to), sizeof to);
    } else {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        ::inet_pton(AF_INET, address, &to.sin_addr);
        bound = ::bind(fd, reinterpret_cast<sockaddr*>(&to), sizeof to);
    }
    REQUIRE(bound == 0);
    REQUIRE(::listen(fd, 64) == 0);
    return fd;
}

std::uint16_t port_of(int fd) {
    sockaddr_storage name{};
    socklen_t length = sizeof name;
    REQUIRE(::getsockname(fd, reinterpret_cast<sockaddr*>(&name), &length) == 0);
    return ntohs(name.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6*>(&name)->sin6_port
                                            : reinterpret_cast<sockaddr_in*>(&name)->sin_port);
}

} // namespace

PeerConnection::~PeerConnection() {
    if (ssl_ != nullptr) {
        ::SSL_shutdown(ssl_);
        ::SSL_free(ssl_);
    }
}

bool PeerConnection::start_tls(SSL_CTX* context) {
    ::ERR_clear_error();
    ssl_ = ::SSL_new(context);
    ::SSL_set_fd(ssl_, descriptor_);
    return ::SSL_accept(ssl_) == 1;
}

long PeerConnection::read(char* into, std::size_t room) {
    if (ssl_ != nullptr) return ::SSL_read(ssl_, into, static_cast<int>(room));
    return ::recv(descriptor_, into, room, 0);
}

std::string PeerConnection::request() {
    const auto whole = [this]() -> std::size_t {
        const auto end = unread_.find("\r\n\r\n");
        if (end == std::string::npos) return 0;
        const auto length = unread_.find("Content-Length: ");
        const bool has_body = length < end;
        return end + 4 + (has_body ? std::strtoul(unread_.c_str() + length + 16, nullptr, 10) : 0);
    };
    std::array<char, 4096> piece{};
    while (whole() == 0 || unread_.size() < whole()) {
        const long n = read(piece.data(), piece.size());
        if (n <= 0) return {};
        unread_.append(piece.data(), static_cast<std::size_t>(n));
    }
    std::string first = unread_.substr(0, whole());
    unread_.erase(0, first.size());
    return first;
}

void PeerConnection::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const long n = ssl_ != nullptr
                           ? ::SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()))
                           : ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) return; // the client has gone, as some scripts want it to
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
}

void PeerConnection::close_writing() {
    if (ssl_ != nullptr) ::SSL_shutdown(ssl_);
    ::shutdown(descriptor_, SHUT_WR);
}

void PeerConnection::reset() {
    const linger at_once{1, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    if (ssl_ != nullptr) {
        ::SSL_set_quiet_shutdown(ssl_, 1);
        ::SSL_free(ssl_);
        ssl_ = nullptr;
    }
}

void PeerConnection::wait_for_close() {
    std::array<char, 4096> piece{};
    while (read(piece.data(), piece.size()) > 0) {
    }
}

std::string PeerConnection::server_name() const {
    const char* const name =
        ssl_ == nullptr ? nullptr : ::SSL_get_servername(ssl_, TLSEXT_NAMETYPE_host_name);
    return name == nullptr ? "" : name;
}

Peer::Peer(Script script, const char* address, std::uint16_t port)
    : script_{std::move(script)}, listener_{listen_on(address, port)}, port_{port_of(listener_)},
      acceptor_{[this] { accept_all(); }} {}

Peer::Peer(const Certificate& certificate, Script script, const char* address, int max_version)
    : script_{std::move(script)}, context_{server_context(certificate, max_version).release()},
      tls_{true}, listener_{listen_on(address, 0)}, port_{port_of(listener_)},
      acceptor_{[this] { accept_all(); }} {}

Peer::~Peer() {
    stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
    {
        const std::lock_guard lock{mutex_};
        for (const int fd : open_)
            ::shutdown(fd, SHUT_RDWR);
    }
    for (std::thread& thread : threads_)
        thread.join();
}

void Peer::accept_all() {
    while (!stopping_) {
        const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0) return;
        ++accepted_;
        ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        const std::lock_guard lock{mutex_};
        open_.push_back(fd);
        threads_.emplace_back([this, fd] { serve(fd); });
    }
}

void Peer::serve(int descriptor) {
    {
        PeerConnection connection{descriptor};
        if (tls_ && !connection.start_tls(context_.get())) {
            ++failed_handshakes_;
            failed_handshakes_.notify_all();
        } else {
            script_(connection);
        }
    }
    const std::lock_guard lock{mutex_};
    std::erase(open_, descriptor);
    ::close(descriptor);
}

std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> server_context(const Certificate& certificate,
                                                            int max_version) {
    std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context{::SSL_CTX_new(::TLS_server_method()),
                                                         &::SSL_CTX_free};
    if (max_version != 0) {
        ::SSL_CTX_set_max_proto_version(context.get(), max_version);
        ::SSL_CTX_set_min_proto_version(context.get(), max_version);
        ::SSL_CTX_set_security_level(context.get(), 0); // lets it speak what nobody should any more
    }
    BIO* in = ::BIO_new_mem_buf(certificate.certificate.data(), -1);
    X509* const x509 = ::PEM_read_bio_X509(in, nullptr, nullptr, nullptr);
    ::BIO_free(in);
    in = ::BIO_new_mem_buf(certificate.key.data(), -1);
    EVP_PKEY* const key = ::PEM_read_bio_PrivateKey(in, nullptr, nullptr, nullptr);
    ::BIO_free(in);
    REQUIRE(::SSL_CTX_use_certificate(context.get(), x509) == 1);
    REQUIRE(::SSL_CTX_use_PrivateKey(context.get(), key) == 1);
    ::X509_free(x509);
    ::EVP_PKEY_free(key);
    return context;
}

std::string ok(std::string_view body, std::string_view more_headers) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           std::string{more_headers} + "\r\n" + std::string{body};
}

} // namespace gls::test
