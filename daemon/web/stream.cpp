#include "web/stream.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <openssl/err.h>
#include <openssl/sslerr.h>

namespace gls::web {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto reported = asio::as_tuple(asio::use_awaitable);

} // namespace

Task<Stream::Handshake> Stream::handshake(SSL_CTX* context) {
    error_code error;
    socket_.native_non_blocking(true, error);
    socket_end_.descriptor = socket_.native_handle();
    ssl_.reset(::SSL_new(context));
    BIO* const bio = ssl_ ? socket_bio(socket_end_) : nullptr;
    if (error || bio == nullptr) co_return Handshake::failed;
    ::SSL_set_bio(ssl_.get(), bio, bio);
    for (;;) {
        ::ERR_clear_error();
        const int result = ::SSL_accept(ssl_.get());
        if (result == 1) co_return Handshake::done;
        const bool http = ERR_GET_REASON(::ERR_peek_error()) == SSL_R_HTTP_REQUEST;
        if (http) {
            ssl_.reset(); // what follows is said in plain
            co_return Handshake::plain_http;
        }
        const bool go_on = co_await ready(result);
        if (!go_on) co_return Handshake::failed;
    }
}

Task<bool> Stream::ready(int result) {
    const int reason = ::SSL_get_error(ssl_.get(), result);
    if (cut_ || (reason != SSL_ERROR_WANT_READ && reason != SSL_ERROR_WANT_WRITE)) {
        // After a fatal error or in mid-record TLS has no orderly end to say.
        ::SSL_set_quiet_shutdown(ssl_.get(), 1);
        co_return false;
    }
    const auto direction =
        reason == SSL_ERROR_WANT_READ ? tcp::socket::wait_read : tcp::socket::wait_write;
    const auto [error] = co_await socket_.async_wait(direction, reported);
    co_return !error && !cut_;
}

// Peeking, OpenSSL gives its buffer of a record back before the wait.
Task<bool> Stream::readable() {
    if (!ssl_) {
        const auto [error] = co_await socket_.async_wait(tcp::socket::wait_read, reported);
        co_return !error && !cut_;
    }
    for (;;) {
        char byte{};
        std::size_t bytes = 0;
        ::ERR_clear_error();
        const int result = ::SSL_peek_ex(ssl_.get(), &byte, sizeof(byte), &bytes);
        if (result == 1) co_return true;
        const bool go_on = co_await ready(result);
        if (!go_on) co_return false;
    }
}

Task<std::size_t> Stream::read_some(asio::mutable_buffer into) {
    if (!ssl_) {
        const auto [error, bytes] = co_await socket_.async_read_some(into, reported);
        co_return error ? 0 : bytes;
    }
    for (;;) {
        std::size_t bytes = 0;
        ::ERR_clear_error();
        const int result = ::SSL_read_ex(ssl_.get(), into.data(), into.size(), &bytes);
        if (result == 1) co_return bytes;
        const bool go_on = co_await ready(result);
        if (!go_on) co_return 0;
    }
}

Task<bool> Stream::write(Pieces pieces) {
    if (!ssl_) {
        const auto [error, bytes] = co_await asio::async_write(socket_, pieces, reported);
        co_return !error;
    }
    for (const auto& piece : pieces) {
        const std::string_view bytes{static_cast<const char*>(piece.data()), piece.size()};
        const bool sent = co_await write_all(bytes);
        if (!sent) co_return false;
    }
    co_return true;
}

// The bytes are the caller's, who waits for the end of it.
Task<bool> Stream::write_all(std::string_view bytes) {
    while (!bytes.empty()) {
        std::size_t written = 0;
        ::ERR_clear_error();
        const int result = ::SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &written);
        if (result == 1) {
            bytes.remove_prefix(written);
            continue;
        }
        const bool go_on = co_await ready(result);
        if (!go_on) co_return false;
    }
    co_return true;
}

void Stream::end_sending() {
    error_code ignored;
    if (ssl_ && ::SSL_is_init_finished(ssl_.get()) == 1) {
        ::ERR_clear_error();
        ::SSL_shutdown(ssl_.get()); // says goodbye if that goes without waiting
        ::ERR_clear_error();
    }
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

void Stream::cut() {
    cut_ = true;
    error_code ignored;
    socket_.cancel(ignored);
}

void Stream::close() {
    cut_ = true;
    error_code ignored;
    socket_.close(ignored); // its task hears of it and ends
}

} // namespace gls::web
