#include "web/guard/client_names.hpp"

#include <boost/asio/ip/address.hpp>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace gls::web {
namespace {

using Names = std::vector<std::string>;

void free_names(void*, void* names, CRYPTO_EX_DATA*, int, long, void*) {
    const std::unique_ptr<Names> owned{static_cast<Names*>(names)};
}

int names_index() {
    static const int index = ::SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, free_names);
    return index;
}

std::string text_of(const ASN1_STRING* string) {
    return {reinterpret_cast<const char*>(::ASN1_STRING_get0_data(string)),
            static_cast<std::size_t>(::ASN1_STRING_length(string))};
}

std::string address_text(const ASN1_OCTET_STRING* bytes) {
    const auto raw = text_of(bytes);
    boost::asio::ip::address_v4::bytes_type four{};
    boost::asio::ip::address_v6::bytes_type six{};
    if (raw.size() == four.size()) {
        std::memcpy(four.data(), raw.data(), four.size());
        return boost::asio::ip::make_address_v4(four).to_string();
    }
    if (raw.size() != six.size()) return {};
    std::memcpy(six.data(), raw.data(), six.size());
    return boost::asio::ip::make_address_v6(six).to_string();
}

std::string text_of(const GENERAL_NAME* name) {
    switch (name->type) {
    case GEN_DNS:
        return text_of(name->d.dNSName);
    case GEN_EMAIL:
        return text_of(name->d.rfc822Name);
    case GEN_URI:
        return text_of(name->d.uniformResourceIdentifier);
    case GEN_IPADD:
        return address_text(name->d.iPAddress);
    default:
        return {};
    }
}

bool bears_one_of(const Names& names, X509* certificate) {
    const std::unique_ptr<GENERAL_NAMES, decltype(&::GENERAL_NAMES_free)> borne{
        static_cast<GENERAL_NAMES*>(
            ::X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
        &::GENERAL_NAMES_free};
    for (int i = 0; borne && i < sk_GENERAL_NAME_num(borne.get()); ++i) {
        const auto name = text_of(sk_GENERAL_NAME_value(borne.get(), i));
        if (!name.empty() && std::ranges::find(names, name) != names.end()) return true;
    }
    return false;
}

// Called for each certificate of a client's chain with what OpenSSL found; depth 0 is its own.
int verify(int verified, X509_STORE_CTX* chain) {
    if (verified != 1 || ::X509_STORE_CTX_get_error_depth(chain) != 0) return verified;
    const auto* const ssl = static_cast<SSL*>(
        ::X509_STORE_CTX_get_ex_data(chain, ::SSL_get_ex_data_X509_STORE_CTX_idx()));
    const auto* const names =
        static_cast<const Names*>(::SSL_CTX_get_ex_data(::SSL_get_SSL_CTX(ssl), names_index()));
    if (names != nullptr && bears_one_of(*names, ::X509_STORE_CTX_get_current_cert(chain)))
        return 1;
    ::X509_STORE_CTX_set_error(chain, X509_V_ERR_APPLICATION_VERIFICATION);
    return 0;
}

} // namespace

bool admit_only(SSL_CTX* context, std::vector<std::string> names) {
    auto owned = std::make_unique<Names>(std::move(names));
    if (::SSL_CTX_set_ex_data(context, names_index(), owned.get()) != 1) return false;
    (void)owned.release(); // the context's now
    ::SSL_CTX_set_verify(context, ::SSL_CTX_get_verify_mode(context), verify);
    return true;
}

} // namespace gls::web
