// Certificates made when the test runs, so that none is ever kept in the repository or runs out.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

namespace gls::test {

// PEM texts.
struct Certificate {
    std::string certificate;
    std::string key;
};

struct CertificateWish {
    std::string subject{"leaf"};
    std::string names{};      // subjectAltName as OpenSSL writes it: "DNS:localhost,IP:127.0.0.1"
    long from_seconds{-3600}; // validity, relative to now
    long to_seconds{3600};
    bool authority{false};
};

// Signed by `issuer`, or by itself if that is null.
[[nodiscard]] Certificate make_certificate(const CertificateWish& wish, const Certificate* issuer);

} // namespace gls::test
