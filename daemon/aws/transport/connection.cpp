#include "aws/transport/connection.hpp"

#include "async/cancelled.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <openssl/err.h>

#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace gls::aws {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// Two thirds more than a page of 100 sessions, and four TLS records.
constexpr std::size_t buffer_bytes = 64U << 10U;

} // namespace

Connection::Connection(const asio::any_io_executor& executor, std::string peer)
    : peer_{std::move(peer)}, socket_{executor} {}

Connection::~Connection() {
    // Only where nothing went wrong: a half-open exchange must look cut off to the peer.
    if (ssl_ && !cut_ && ::SSL_is_init_finished(ssl_.get()) == 1 && tls_trouble_.empty()) {
        ::ERR_clear_error();
        ::SSL_shutdown(ssl_.get());
    }
    // A session of an unfinished shutdown would not be resumed (SSL_free marks it so).
    if (ssl_) ::SSL_set_shutdown(ssl_.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
}

void Connection::cut() {
    cut_ = true;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

Error Connection::broken(std::string_view what) const {
    Error error;
    error.kind = ErrorKind::connection;
    error.message = std::string{what} + ' ' + peer_ + ": ";
    if (!tls_trouble_.empty())
        error.message += tls_trouble_;
    else if (socket_end_.error != 0)
        error.message += std::generic_category().message(socket_end_.error);
    else
        error.message += "closed by the peer";
    return error;
}

std::unexpected<Error> Connection::interrupted() const {
    return fail(ErrorKind::cancelled, "stopped while talking to " + peer_);
}

Task<bool> Connection::ready(Need need) {
    const bool stop = co_await cancelled();
    if (cut_ || stop) co_return false;
    const auto [error] = co_await socket_.async_wait(need == Need::writing ? tcp::socket::wait_write
                                                                           : tcp::socket::wait_read,
                                                     asio::as_tuple(asio::use_awaitable));
    co_return !error && !cut_;
}

Task<Result<>> Connection::connect(tcp::endpoint address) {
    const bool stop = co_await cancelled();
    if (cut_ || stop) co_return interrupted();
    const auto [error] =
        co_await socket_.async_connect(address, asio::as_tuple(asio::use_awaitable));
    if (error == asio::error::operation_aborted || cut_) co_return interrupted();
    boost::system::error_code option_error;
    if (!error) socket_.set_option(tcp::no_delay{true}, option_error); // requests go out whole
    if (!error && !option_error) socket_.non_blocking(true, option_error);
    if (error || option_error) {
        const std::string reason = error ? error.message() : option_error.message();
        co_return fail(ErrorKind::connection, "cannot connect to " + peer_ + " (" +
                                                  address.address().to_string() + "): " + reason);
    }
    socket_end_.descriptor = socket_.native_handle();
    buffer_.resize(buffer_bytes);
    co_return Result<>{};
}

Task<Result<>> Connection::start_tls(TlsClient& tls, std::string host, std::string peer) {
    peer_ = peer;
    ssl_ = tls.connection_to(host, peer);
    BIO* const bio = ssl_ ? socket_bio(socket_end_) : nullptr;
    if (bio == nullptr)
        co_return fail(ErrorKind::tls,
                       "TLS with " + peer_ + " cannot be set up for this host name");
    ::SSL_set_bio(ssl_.get(), bio, bio);
    for (;;) {
        ::ERR_clear_error();
        const int result = ::SSL_do_handshake(ssl_.get());
        if (result == 1) co_return Result<>{};
        const int reason = ::SSL_get_error(ssl_.get(), result);
        if (reason != SSL_ERROR_WANT_READ && reason != SSL_ERROR_WANT_WRITE) {
            // A peer that goes away in mid-handshake is no verdict about certificates.
            const bool verdict = reason == SSL_ERROR_SSL && !socket_end_.ended;
            Error error = handshake_error(ssl_.get(), peer_);
            if (!verdict) error = broken("the TLS handshake was broken off by");
            co_return std::unexpected{std::move(error)};
        }
        const bool go_on =
            co_await ready(reason == SSL_ERROR_WANT_READ ? Need::reading : Need::writing);
        if (!go_on) co_return interrupted();
    }
}

Connection::Moved Connection::moved(int result) {
    switch (::SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ:
        return {Need::reading, 0};
    case SSL_ERROR_WANT_WRITE:
        return {Need::writing, 0};
    case SSL_ERROR_ZERO_RETURN:
        return {Need::ended, 0};
    case SSL_ERROR_SSL: // the socket's end without TLS's own counts as cut off (RFC 8446 6.1)
        tls_trouble_ = socket_end_.ended ? "cut off by the peer" : tls_reason();
        return {Need::broken, 0};
    default:
        return {Need::broken, 0};
    }
}

Connection::Moved Connection::try_read(char* into, std::size_t room) {
    if (ssl_) {
        std::size_t bytes = 0;
        ::ERR_clear_error();
        const int result = ::SSL_read_ex(ssl_.get(), into, room, &bytes);
        return result == 1 ? Moved{Need::nothing, bytes} : moved(result);
    }
    const ssize_t n = ::recv(socket_end_.descriptor, into, room, 0);
    if (n > 0) return {Need::nothing, static_cast<std::size_t>(n)};
    if (n == 0) return {Need::ended, 0};
    if (errno == EAGAIN || errno == EINTR) return {Need::reading, 0};
    socket_end_.error = errno;
    return {Need::broken, 0};
}

Connection::Moved Connection::try_write(std::string_view bytes) {
    if (ssl_) {
        std::size_t written = 0;
        ::ERR_clear_error();
        const int result = ::SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &written);
        return result == 1 ? Moved{Need::nothing, written} : moved(result);
    }
    const ssize_t n = ::send(socket_end_.descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n >= 0) return {Need::nothing, static_cast<std::size_t>(n)};
    if (errno == EAGAIN || errno == EINTR) return {Need::writing, 0};
    socket_end_.error = errno;
    return {Need::broken, 0};
}

Task<Result<>> Connection::write(std::string bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
        const Moved step = try_write(std::string_view{bytes}.substr(sent));
        sent += step.bytes;
        if (step.need == Need::nothing) continue;
        if (step.need == Need::broken || step.need == Need::ended)
            co_return std::unexpected{broken("cannot send to")};
        const bool go_on = co_await ready(step.need);
        if (!go_on) co_return interrupted();
    }
    co_return Result<>{};
}

Task<Result<bool>> Connection::read() {
    if (begin_ == end_) begin_ = end_ = 0;
    if (end_ == buffer_.size()) { // make room at the front; more than this nobody leaves unread
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= std::exchange(begin_, 0);
    }
    for (;;) {
        const Moved step = try_read(buffer_.data() + end_, buffer_.size() - end_);
        end_ += step.bytes;
        if (step.need == Need::nothing) co_return true;
        if (step.need == Need::ended) co_return false;
        if (step.need == Need::broken)
            co_return std::unexpected{broken("the answer was cut off by")};
        const bool go_on = co_await ready(step.need);
        if (!go_on) co_return interrupted();
    }
}

bool Connection::quiet() {
    char unasked = 0;
    return !cut_ && begin_ == end_ && try_read(&unasked, 1).need == Need::reading;
}

} // namespace gls::aws
