// Keys and signatures for the tests of this folder, made when first asked for.
#pragma once

#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace parlor::identity {

using TestKey = std::shared_ptr<EVP_PKEY>;

inline TestKey owned(EVP_PKEY* key) { return {key, EVP_PKEY_free}; }

inline TestKey new_rsa_key(unsigned bits = 2048) { return owned(EVP_RSA_gen(bits)); }
inline TestKey new_ec_key(const char* curve = "P-256") { return owned(EVP_EC_gen(curve)); }

inline const TestKey& rsa_key() {
  static const TestKey key = new_rsa_key();
  return key;
}
inline const TestKey& other_rsa_key() {
  static const TestKey key = new_rsa_key();
  return key;
}
inline const TestKey& ec_key() {
  static const TestKey key = new_ec_key();
  return key;
}

inline std::string pem_text(BIO* bio) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

inline std::string public_pem(const TestKey& key) {
  const std::shared_ptr<BIO> out(BIO_new(BIO_s_mem()), BIO_free_all);
  PEM_write_bio_PUBKEY(out.get(), key.get());
  return pem_text(out.get());
}

inline std::string private_pem(const TestKey& key) {
  const std::shared_ptr<BIO> out(BIO_new(BIO_s_mem()), BIO_free_all);
  PEM_write_bio_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return pem_text(out.get());
}

// r and s, 32 bytes each (RFC 7518 section 3.4), from the DER form.
inline std::string raw_ecdsa(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const std::shared_ptr<ECDSA_SIG> pair(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())),
                                        ECDSA_SIG_free);
  std::string raw(64, '\0');
  auto* out = reinterpret_cast<unsigned char*>(raw.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), out, 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), out + 32, 32);
  return raw;
}

// The signature of RS256 or ES256, by the type of the key.
inline std::string sign_sha256(const TestKey& key, std::string_view text) {
  const std::shared_ptr<EVP_MD_CTX> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t size = 0;
  if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) != 1) {
    throw std::runtime_error("the test key cannot sign");
  }
  std::string signature(size, '\0');
  EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes,
                 text.size());
  signature.resize(size);
  return EVP_PKEY_is_a(key.get(), "EC") ? raw_ecdsa(signature) : signature;
}

}  // namespace parlor::identity
