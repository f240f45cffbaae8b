#include "identity/signature.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <utility>

#include "base/digest.h"

namespace parlor::identity {
namespace {

constexpr std::size_t kP256Bytes = 32;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::shared_ptr<EVP_PKEY> parse(const std::string& pem) {
  const std::unique_ptr<BIO, int (*)(BIO*)> in(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
  EVP_PKEY* key = in ? PEM_read_bio_PUBKEY(in.get(), nullptr, nullptr, nullptr) : nullptr;
  return key != nullptr ? std::shared_ptr<EVP_PKEY>(key, EVP_PKEY_free) : nullptr;
}

// RFC 7518 section 3.4: r and s, 32 bytes each. OpenSSL wants them in DER; empty = not of that
// size.
std::string der_of(std::string_view signature) {
  if (signature.size() != 2 * kP256Bytes) return {};
  const std::unique_ptr<ECDSA_SIG, void (*)(ECDSA_SIG*)> pair(ECDSA_SIG_new(), ECDSA_SIG_free);
  BIGNUM* r = BN_bin2bn(bytes_of(signature), kP256Bytes, nullptr);
  BIGNUM* s = BN_bin2bn(bytes_of(signature) + kP256Bytes, kP256Bytes, nullptr);
  ECDSA_SIG_set0(pair.get(), r, s);
  const int size = i2d_ECDSA_SIG(pair.get(), nullptr);
  std::string der(static_cast<std::size_t>(size), '\0');
  auto* out = reinterpret_cast<unsigned char*>(der.data());
  i2d_ECDSA_SIG(pair.get(), &out);
  return der;
}

bool verifies(EVP_PKEY* key, std::string_view text, std::string_view signature) {
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                   EVP_MD_CTX_free);
  return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(text),
                          text.size()) == 1;
}

}  // namespace

bool signed_with_secret(std::string_view secret, std::string_view text,
                        std::string_view signature) {
  return !secret.empty() && equal_in_constant_time(hmac_sha256(secret, text), signature);
}

bool PublicKeys::signed_with(chat::KeyAlgorithm algorithm, const std::string& pem,
                             std::string_view text, std::string_view signature) {
  const Key key = find(pem);
  if (!key) return false;
  switch (algorithm) {
    case chat::KeyAlgorithm::hs256:
      return false;
    case chat::KeyAlgorithm::rs256:
      return EVP_PKEY_is_a(key.get(), "RSA") == 1 && verifies(key.get(), text, signature);
    case chat::KeyAlgorithm::es256: {
      const std::string der = der_of(signature);
      return !der.empty() && EVP_PKEY_is_a(key.get(), "EC") == 1 && verifies(key.get(), text, der);
    }
  }
  return false;
}

PublicKeys::Key PublicKeys::find(const std::string& pem) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = by_pem_.find(pem); found != by_pem_.end()) {
      by_use_.splice(by_use_.begin(), by_use_, found->second);
      return found->second->key;
    }
  }
  Key key = parse(pem);  // without the lock: it takes 1 ms
  const std::lock_guard lock(mutex_);
  if (by_pem_.contains(pem)) return key;
  if (by_use_.size() >= limit_) {
    by_pem_.erase(by_use_.back().pem);
    by_use_.pop_back();
  }
  by_use_.push_front({pem, key});
  by_pem_.emplace(by_use_.front().pem, by_use_.begin());
  return key;
}

}  // namespace parlor::identity
