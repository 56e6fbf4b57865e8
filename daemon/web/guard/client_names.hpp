// client_allowed_sans: which verified clients may come in, by the names in their certificates.
#pragma once

#include <openssl/ssl.h>

#include <string>
#include <vector>

namespace gls::web {

// Of the clients that the context verifies, only those with one of these names in their certificate
// (DNS name, address, e-mail address or URI, letter for letter) get through the handshake. False
// when memory is out.
[[nodiscard]] bool admit_only(SSL_CTX* context, std::vector<std::string> names);

} // namespace gls::web
