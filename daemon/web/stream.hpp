// The bytes of one client, plain or in TLS. Driven by one coroutine at a time, which tries first
// and waits for the socket only when it has to. Deadlines come from outside: cut() ends the wait in
// hand and all later ones until the next begin().
#pragma once

#include "async/socket_bio.hpp"
#include "base/task.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <openssl/ssl.h>

#include <array>
#include <memory>
#include <string_view>

namespace gls::web {

class Stream {
public:
    // The pieces of an answer, any of them empty.
    using Pieces = std::array<boost::asio::const_buffer, 5>;

    explicit Stream(boost::asio::ip::tcp::socket socket) : socket_{std::move(socket)} {}
    Stream(Stream&&) = default; // before the handshake only: TLS holds on to its place
    ~Stream() = default;

    // Not to be moved from here on.
    enum class Handshake : unsigned char { done, failed, plain_http };
    [[nodiscard]] Task<Handshake> handshake(SSL_CTX* context);
    // Until there is something to read, without room for it. False: as 0 of read_some().
    [[nodiscard]] Task<bool> readable();
    // 0: the client has ended, gone, or was cut off.
    [[nodiscard]] Task<std::size_t> read_some(boost::asio::mutable_buffer into);
    [[nodiscard]] Task<bool> write(Pieces pieces); // whether all of it went out
    void end_sending();

    void begin() { cut_ = false; }
    void cut();
    void close();
    [[nodiscard]] bool is_open() const { return socket_.is_open(); }

private:
    struct SslFree {
        void operator()(SSL* ssl) const noexcept { ::SSL_free(ssl); }
    };
    // Waits as OpenSSL asks after `result`; false: there is nothing to wait for.
    [[nodiscard]] Task<bool> ready(int result);
    [[nodiscard]] Task<bool> write_all(std::string_view bytes);

    boost::asio::ip::tcp::socket socket_;
    SocketEnd socket_end_;
    std::unique_ptr<SSL, SslFree> ssl_; // none for plain HTTP
    bool cut_{false};
};

} // namespace gls::web
