// Lets OpenSSL read and write a non-blocking socket itself, without a buffer in between and without
// the SIGPIPE of its own socket BIO.
#pragma once

#include <openssl/bio.h>

namespace gls {

struct SocketEnd {
    int descriptor{-1};
    bool ended{false}; // the peer has closed its side
    int error{0};      // errno of the last failure
};

// `end` outlives it. Null when memory is out.
[[nodiscard]] BIO* socket_bio(SocketEnd& end);

} // namespace gls
