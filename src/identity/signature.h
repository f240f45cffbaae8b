// Whether a key has signed a token: HS256, RS256 and ES256 (RFC 7518 section 3), by OpenSSL.
//
// libjwt reads a PEM anew for each token that it verifies. That takes 1 ms, forty times what an RSA
// signature takes, and anybody may send forged tokens: so parsed keys are kept here.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "chat/account.h"

using EVP_PKEY = struct evp_pkey_st;

namespace parlor::identity {

bool signed_with_secret(std::string_view secret, std::string_view text, std::string_view signature);

// Thread-safe; the mutex is held for a look-up. Bounded: at `limit` keys the longest unused one
// goes.
class PublicKeys {
 public:
  explicit PublicKeys(std::size_t limit = 1024) : limit_(limit) {}

  // False too for a key that is none, or none for this algorithm.
  bool signed_with(chat::KeyAlgorithm algorithm, const std::string& pem, std::string_view text,
                   std::string_view signature);

 private:
  using Key = std::shared_ptr<EVP_PKEY>;  // null: the PEM is not a key
  struct Entry {
    std::string pem;
    Key key;
  };

  Key find(const std::string& pem);

  const std::size_t limit_;
  std::mutex mutex_;
  std::list<Entry> by_use_;  // the latest used first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_pem_;
};

}  // namespace parlor::identity
