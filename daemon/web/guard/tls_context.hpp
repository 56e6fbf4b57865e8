// The TLS half of the web configuration as OpenSSL takes it. No sockets and no files here.
#pragma once

#include "base/time.hpp"
#include "settings/check.hpp"
#include "web/config/web_config.hpp"

#include <openssl/ssl.h>

#include <expected>
#include <memory>
#include <string>

namespace gls::web {

// PEM texts, from the configuration itself or from its files.
struct TlsTexts {
    std::string cert; // the server's own first, then those that lead to its authority
    std::string key;
    std::string client_ca; // empty: none
};

struct ServingTls {
    std::shared_ptr<SSL_CTX> context;
    WallTime certificate_expires;
};

// TLS 1.2 at least, whatever min_version says; session tickets are on and end with the context.
// The finding names the key of the configuration that is to blame.
[[nodiscard]] std::expected<ServingTls, settings::Finding> serving_tls(const TlsConfig& config,
                                                                       const TlsTexts& texts);

} // namespace gls::web
