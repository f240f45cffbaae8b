#include "identity/password.h"

#include <sodium.h>

#include <new>
#include <stdexcept>
#include <utility>

namespace parlor::identity {
namespace {

// OWASP's first choice for argon2id: 19 MiB, two passes.
constexpr std::size_t kMemoryBytes = std::size_t{19456} * 1024;
constexpr unsigned long long kPasses = 2;

// What a password is compared with when there is no hash: the hash of something random.
const std::string& hash_of_nobody() {
  static const std::string hash = [] {
    char secret[32] = {};
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
    randombytes_buf(secret, sizeof secret);
    return hash_password({secret, sizeof secret});
  }();
  return hash;
}

bool verify(const std::string& hash, std::string_view password) {
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace

Result<Ok> check_new_password(std::string_view password) {
  if (password.size() >= kLeastPasswordBytes && password.size() <= kMaxPasswordBytes) return Ok{};
  return fail(ErrorCode::invalid, "a password has at least " + std::to_string(kLeastPasswordBytes) +
                                      " bytes and at most " + std::to_string(kMaxPasswordBytes) +
                                      " bytes");
}

std::string hash_password(std::string_view password) {
  if (password.size() > kMaxPasswordBytes) {
    throw std::invalid_argument("a password has at most 1024 bytes");
  }
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
  char encoded[crypto_pwhash_STRBYTES] = {};
  if (crypto_pwhash_str_alg(encoded, password.data(), password.size(), kPasses, kMemoryBytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc();
  }
  return encoded;
}

bool verify_or_burn(const std::string& hash, std::string_view password) {
  const std::string& burnt = hash_of_nobody();
  const bool possible =
      !hash.empty() && hash.size() < crypto_pwhash_STRBYTES && password.size() <= kMaxPasswordBytes;
  return verify(possible ? hash : burnt, password.substr(0, kMaxPasswordBytes)) && possible;
}

bool check_password(Workers& workers, std::string hash, std::string password,
                    std::function<void(bool matches)> done) {
  return workers.submit([hash = std::move(hash), password = std::move(password),
                         done = std::move(done)] { done(verify_or_burn(hash, password)); });
}

}  // namespace parlor::identity
