#include "web/guard/tls_context.hpp"

#include "web/guard/client_names.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <ctime>
#include <optional>
#include <string_view>
#include <vector>

namespace gls::web {
namespace {

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using BioPtr = std::unique_ptr<BIO, Freed<&::BIO_free_all>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Freed<&::EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, Freed<&::X509_free>>;

std::string reason() {
    const unsigned long code = ::ERR_peek_last_error();
    const char* const text = code == 0 ? nullptr : ::ERR_reason_error_string(code);
    ::ERR_clear_error();
    return text == nullptr ? "" : std::string{" ("} + text + ")";
}

template <class T>
using Or = std::expected<T, settings::Finding>;

std::unexpected<settings::Finding> wrong(std::string_view key, std::string_view what) {
    return std::unexpected{
        settings::Finding{"tls_server_config." + std::string{key}, std::string{what} + reason()}};
}

BioPtr reading(const std::string& text) {
    return BioPtr{::BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

std::vector<X509Ptr> certificates_in(const std::string& text) {
    std::vector<X509Ptr> found;
    const auto bio = reading(text);
    while (X509* const next = ::PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr))
        found.emplace_back(next);
    // The end of the text is no error of its own.
    if (!found.empty()) ::ERR_clear_error();
    return found;
}

std::optional<WallTime> end_of(const X509& certificate) {
    std::tm fields{};
    if (::ASN1_TIME_to_tm(::X509_get0_notAfter(&certificate), &fields) != 1) return std::nullopt;
    using namespace std::chrono;
    const sys_days day{year{fields.tm_year + 1900} / (fields.tm_mon + 1) / fields.tm_mday};
    return WallTime{day} + hours{fields.tm_hour} + minutes{fields.tm_min} + seconds{fields.tm_sec};
}

// An encrypted key would make OpenSSL ask for its password on the terminal.
int no_password(char*, int, int, void*) {
    return -1;
}

Or<WallTime> use_certificate(SSL_CTX* context, const TlsTexts& texts) {
    auto chain = certificates_in(texts.cert);
    if (chain.empty()) return wrong("cert", "no certificate in PEM");
    const auto expires = end_of(*chain.front());
    if (!expires) return wrong("cert", "its end of validity cannot be read");
    if (::SSL_CTX_use_certificate(context, chain.front().get()) != 1)
        return wrong("cert", "not accepted");
    for (auto each = chain.begin() + 1; each != chain.end(); ++each) {
        if (::SSL_CTX_add0_chain_cert(context, each->get()) != 1)
            return wrong("cert", "its chain is not accepted");
        (void)each->release(); // the context's now
    }
    const auto bio = reading(texts.key);
    const KeyPtr key{::PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr)};
    if (!key) return wrong("key", "no private key in PEM, or one that needs a password");
    if (::SSL_CTX_use_PrivateKey(context, key.get()) != 1 ||
        ::SSL_CTX_check_private_key(context) != 1) {
        return wrong("key", "it does not belong to the certificate");
    }
    return *expires;
}

int accept_any(int /*verified*/, X509_STORE_CTX* /*chain*/) {
    return 1;
}

int verify_mode(ClientAuth auth) {
    switch (auth) {
    case ClientAuth::no_client_cert:
        return SSL_VERIFY_NONE;
    case ClientAuth::request_client_cert:
    case ClientAuth::verify_client_cert_if_given:
        return SSL_VERIFY_PEER;
    case ClientAuth::require_any_client_cert:
    case ClientAuth::require_and_verify_client_cert:
        break;
    }
    return SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
}

Or<void> use_client_auth(SSL_CTX* context, const TlsConfig& config, const TlsTexts& texts) {
    const bool unverified = config.client_auth == ClientAuth::request_client_cert ||
                            config.client_auth == ClientAuth::require_any_client_cert;
    ::SSL_CTX_set_verify(context, verify_mode(config.client_auth),
                         unverified ? accept_any : nullptr);
    if (!config.client_allowed_sans.empty() && !unverified) {
        if (!admit_only(context, config.client_allowed_sans))
            return wrong("client_allowed_sans", "not accepted");
    }
    if (texts.client_ca.empty()) return {};
    const auto authorities = certificates_in(texts.client_ca);
    if (authorities.empty()) return wrong("client_ca", "no certificate in PEM");
    for (const auto& each : authorities) {
        if (::X509_STORE_add_cert(::SSL_CTX_get_cert_store(context), each.get()) != 1 ||
            ::SSL_CTX_add_client_CA(context, each.get()) != 1) {
            return wrong("client_ca", "not accepted");
        }
    }
    return {};
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names)
        text.append(text.empty() ? "" : ":").append(name);
    return text;
}

Or<void> use_algorithms(SSL_CTX* context, const TlsConfig& config) {
    const bool only13 = config.min_version == TlsVersion::tls13;
    const bool only12 = config.max_version == TlsVersion::tls12;
    ::SSL_CTX_set_min_proto_version(context, only13 ? TLS1_3_VERSION : TLS1_2_VERSION);
    ::SSL_CTX_set_max_proto_version(context, only12 ? TLS1_2_VERSION : TLS1_3_VERSION);
    std::vector<std::string> suites;
    for (const auto& name : config.cipher_suites) {
        if (name.contains("_WITH_")) suites.emplace_back(::OPENSSL_cipher_name(name.c_str()));
    }
    if (!suites.empty() && ::SSL_CTX_set_cipher_list(context, joined(suites).c_str()) != 1)
        return wrong("cipher_suites", "none of them is offered by this system's OpenSSL");
    if (!config.curve_preferences.empty() &&
        ::SSL_CTX_set1_groups_list(context, joined(config.curve_preferences).c_str()) != 1) {
        return wrong("curve_preferences", "not offered by this system's OpenSSL");
    }
    return {};
}

// HTTP/1.1 where the client offers it; without it the connection goes on all the same.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length,
                    const unsigned char* offered, unsigned int size, void*) {
    constexpr std::string_view http_1_1{"http/1.1"};
    for (unsigned int at = 0; at < size && at + 1 + offered[at] <= size; at += 1 + offered[at]) {
        const std::string_view name{reinterpret_cast<const char*>(offered + at + 1), offered[at]};
        if (name != http_1_1) continue;
        *chosen = offered + at + 1;
        *length = offered[at];
        return SSL_TLSEXT_ERR_OK;
    }
    return SSL_TLSEXT_ERR_NOACK;
}

} // namespace

Or<ServingTls> serving_tls(const TlsConfig& config, const TlsTexts& texts) {
    ::ERR_clear_error();
    const std::shared_ptr<SSL_CTX> context{::SSL_CTX_new(::TLS_server_method()), ::SSL_CTX_free};
    if (!context) return wrong("cert", "TLS cannot be set up");
    ::SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    if (config.prefer_server_cipher_suites)
        ::SSL_CTX_set_options(context.get(), SSL_OP_CIPHER_SERVER_PREFERENCE);
    // An idle connection then holds no record buffers.
    ::SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                          SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    // Sessions live in the clients' tickets. The id is needed where clients are verified.
    ::SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    constexpr std::string_view session_id{"gamelift_streams"};
    ::SSL_CTX_set_session_id_context(context.get(),
                                     reinterpret_cast<const unsigned char*>(session_id.data()),
                                     static_cast<unsigned int>(session_id.size()));
    ::SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, nullptr);

    if (auto set = use_algorithms(context.get(), config); !set)
        return std::unexpected{std::move(set.error())};
    if (auto set = use_client_auth(context.get(), config, texts); !set)
        return std::unexpected{std::move(set.error())};
    auto expires = use_certificate(context.get(), texts);
    if (!expires) return std::unexpected{std::move(expires.error())};
    ::ERR_clear_error();
    return ServingTls{context, *expires};
}

} // namespace gls::web
