#include "wire/certificates.hpp"

#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <functional>

namespace gls::test {
namespace {

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, Freed<&::EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, Freed<&::X509_free>>;
using BioPtr = std::unique_ptr<BIO, Freed<&::BIO_free_all>>;

std::string pem(const std::function<int(BIO*)>& write) {
    const BioPtr bio{::BIO_new(::BIO_s_mem())};
    REQUIRE(write(bio.get()) == 1);
    char* text = nullptr;
    const long length = ::BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<std::size_t>(length)};
}

void extend(X509* certificate, int kind, const std::string& value) {
    X509_EXTENSION* const extension = ::X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
    REQUIRE(extension != nullptr);
    REQUIRE(::X509_add_ext(certificate, extension, -1) == 1);
    ::X509_EXTENSION_free(extension);
}

} // namespace

Certificate make_certificate(const CertificateWish& wish, const Certificate* issuer) {
    static std::atomic<long> serial{1};
    const KeyPtr key{::EVP_EC_gen("P-256")};
    const X509Ptr certificate{::X509_new()};
    ::X509_set_version(certificate.get(), X509_VERSION_3);
    ::ASN1_INTEGER_set(::X509_get_serialNumber(certificate.get()), serial++);
    ::X509_gmtime_adj(::X509_getm_notBefore(certificate.get()), wish.from_seconds);
    ::X509_gmtime_adj(::X509_getm_notAfter(certificate.get()), wish.to_seconds);
    ::X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* const name = ::X509_get_subject_name(certificate.get());
    ::X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                 reinterpret_cast<const unsigned char*>(wish.subject.c_str()), -1,
                                 -1, 0);
    extend(certificate.get(), NID_basic_constraints,
           wish.authority ? "critical,CA:TRUE" : "CA:FALSE");
    if (!wish.names.empty()) extend(certificate.get(), NID_subject_alt_name, wish.names);

    KeyPtr issuer_key;
    if (issuer == nullptr) {
        ::X509_set_issuer_name(certificate.get(), name);
    } else {
        const BioPtr in{::BIO_new_mem_buf(issuer->certificate.data(), -1)};
        const X509Ptr issuing{::PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr)};
        const BioPtr key_in{::BIO_new_mem_buf(issuer->key.data(), -1)};
        issuer_key.reset(::PEM_read_bio_PrivateKey(key_in.get(), nullptr, nullptr, nullptr));
        ::X509_set_issuer_name(certificate.get(), ::X509_get_subject_name(issuing.get()));
    }
    REQUIRE(::X509_sign(certificate.get(), issuer_key ? issuer_key.get() : key.get(),
                        ::EVP_sha256()) > 0);
    return {pem([&](BIO* out) { return ::PEM_write_bio_X509(out, certificate.get()); }),
            pem([&](BIO* out) {
                return ::PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr,
                                                  nullptr);
            })};
}

} // namespace gls::test
