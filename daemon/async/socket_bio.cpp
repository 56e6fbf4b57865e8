#include "async/socket_bio.hpp"

#include <cerrno>
#include <sys/socket.h>

namespace gls {
namespace {

SocketEnd& end_of(BIO* bio) {
    return *static_cast<SocketEnd*>(::BIO_get_data(bio));
}

// What OpenSSL is told: bytes, "again later", or failure.
int settled(BIO* bio, ssize_t n, int retry_flag) {
    SocketEnd& end = end_of(bio);
    ::BIO_clear_retry_flags(bio);
    if (n >= 0) return static_cast<int>(n);
    end.error = errno;
    if (errno == EAGAIN || errno == EINTR)
        ::BIO_set_flags(bio, retry_flag | BIO_FLAGS_SHOULD_RETRY);
    return -1;
}

int read(BIO* bio, char* into, int room) {
    SocketEnd& end = end_of(bio);
    const ssize_t n = ::recv(end.descriptor, into, static_cast<std::size_t>(room), 0);
    if (n == 0) end.ended = true;
    return settled(bio, n, BIO_FLAGS_READ);
}

int write(BIO* bio, const char* bytes, int count) {
    const ssize_t n =
        ::send(end_of(bio).descriptor, bytes, static_cast<std::size_t>(count), MSG_NOSIGNAL);
    return settled(bio, n, BIO_FLAGS_WRITE);
}

long control(BIO* bio, int command, long, void*) {
    if (command == BIO_CTRL_EOF) return end_of(bio).ended ? 1 : 0;
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

const BIO_METHOD* method() {
    static BIO_METHOD* const made = [] {
        BIO_METHOD* m = ::BIO_meth_new(::BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket");
        if (m == nullptr) return m;
        ::BIO_meth_set_read(m, read);
        ::BIO_meth_set_write(m, write);
        ::BIO_meth_set_ctrl(m, control);
        return m;
    }();
    return made;
}

} // namespace

BIO* socket_bio(SocketEnd& end) {
    BIO* const bio = method() == nullptr ? nullptr : ::BIO_new(method());
    if (bio == nullptr) return nullptr;
    ::BIO_set_data(bio, &end);
    ::BIO_set_init(bio, 1);
    return bio;
}

} // namespace gls
