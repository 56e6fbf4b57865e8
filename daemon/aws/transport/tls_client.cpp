#include "aws/transport/tls_client.hpp"

#include "aws/transport/proxy.hpp"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <array>
#include <filesystem>
#include <system_error>
#include <utility>

namespace gls::aws {
namespace {

// One TLS record is at most 16 KiB; four of them in one read save system calls on pages of 40 kB.
constexpr std::size_t read_ahead_bytes = 64U << 10U;

// Where a connection finds the place for its peer's session.
int session_place_index() {
    static const int index = ::SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

std::string_view advice_for(long verdict) {
    switch (verdict) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return "it was issued for another host: check the endpoint, or what answers there";
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return "check this machine's clock, then the certificate";
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return "install ca-certificates, or name the file with its authority in AWS_CA_BUNDLE";
    default:
        return "check the certificate, and AWS_CA_BUNDLE where it is set";
    }
}

} // namespace

Result<std::unique_ptr<TlsClient>> TlsClient::create(const std::string& ca_bundle) {
    ::ERR_clear_error();
    SSL_CTX* const context = ::SSL_CTX_new(::TLS_client_method());
    if (context == nullptr)
        return fail(ErrorKind::unavailable, "TLS cannot be set up: " + tls_reason());
    std::unique_ptr<TlsClient> client{new TlsClient{context}};
    std::error_code no_such_path;
    if (ca_bundle.empty()) {
        ::SSL_CTX_set_default_verify_paths(context); // no store at all shows at the first handshake
    } else if (std::filesystem::is_directory(ca_bundle, no_such_path)) {
        ::SSL_CTX_load_verify_dir(context, ca_bundle.c_str());
    } else if (::SSL_CTX_load_verify_file(context, ca_bundle.c_str()) != 1) {
        return fail(ErrorKind::invalid_input,
                    "AWS_CA_BUNDLE: no certificates in " + ca_bundle + ": " + tls_reason());
    }
    ::ERR_clear_error();
    return client;
}

TlsClient::TlsClient(SSL_CTX* context) : context_{context} {
    ::SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    ::SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    ::SSL_CTX_set_read_ahead(context, 1);
    ::SSL_CTX_set_default_read_buffer_len(context, read_ahead_bytes);
    static constexpr std::array<unsigned char, 9> http_1_1{8,   'h', 't', 't', 'p',
                                                           '/', '1', '.', '1'};
    ::SSL_CTX_set_alpn_protos(context, http_1_1.data(), http_1_1.size());
    ::SSL_CTX_set_session_cache_mode(context,
                                     SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
    ::SSL_CTX_sess_set_new_cb(context, &TlsClient::keep_session);
}

int TlsClient::keep_session(SSL* ssl, SSL_SESSION* session) {
    auto* const place = static_cast<Session*>(::SSL_get_ex_data(ssl, session_place_index()));
    if (place == nullptr || ::SSL_SESSION_is_resumable(session) != 1) return 0;
    place->reset(session);
    return 1; // the reference is ours now
}

SslPtr TlsClient::connection_to(const std::string& host, const std::string& peer) {
    SslPtr ssl{::SSL_new(context_.get())};
    if (!ssl) return ssl;
    std::string name = host;
    if (name.ends_with('.')) name.pop_back(); // absolute in DNS, never so in certificates
    bool ready = false;
    if (parse_ip(name)) {
        ready = ::X509_VERIFY_PARAM_set1_ip_asc(::SSL_get0_param(ssl.get()), name.c_str()) == 1;
    } else {
        // The subject's common name is no host name any more (RFC 9525 2).
        ::SSL_set_hostflags(ssl.get(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
                                           X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
        ready = ::SSL_set1_host(ssl.get(), name.c_str()) == 1 &&
                ::SSL_set_tlsext_host_name(ssl.get(), name.c_str()) == 1;
    }
    if (!ready) return nullptr; // never a connection that would accept any host
    Session& session = sessions_[peer];
    ::SSL_set_ex_data(ssl.get(), session_place_index(), &session);
    if (session) ::SSL_set_session(ssl.get(), session.get());
    ::SSL_set_connect_state(ssl.get());
    return ssl;
}

Error handshake_error(const SSL* ssl, std::string_view peer) {
    const std::string reason = tls_reason();
    Error error;
    error.kind = ErrorKind::tls;
    const long verdict = ::SSL_get_verify_result(ssl);
    if (verdict != X509_V_OK) {
        error.message = "the certificate of " + std::string{peer} + " is not accepted (" +
                        ::X509_verify_cert_error_string(verdict) +
                        "): " + std::string{advice_for(verdict)};
        return error;
    }
    error.message = "no TLS with " + std::string{peer} + " (" +
                    (reason.empty() ? "handshake failed" : reason) +
                    "): check that it speaks TLS 1.2 or later on this port";
    return error;
}

std::string tls_reason() {
    const unsigned long code = ::ERR_get_error();
    const char* const reason = code == 0 ? nullptr : ::ERR_reason_error_string(code);
    ::ERR_clear_error();
    return reason == nullptr ? "" : reason;
}

} // namespace gls::aws
