// Tokens that have been verified already, so that a request costs a look-up and not a signature.
// The hash has a random key: its time tells nobody anything about the tokens that are here.
//
// Thread-safe; one mutex, held for a look-up. Bounded: at `limit` entries the longest unused one
// goes. An entry dies at its token's exp (plus leeway), and with its account's keys.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "base/id.h"
#include "identity/token_verifier.h"

namespace parlor::identity {

class TokenCache {
 public:
  explicit TokenCache(const Clock& clock, std::size_t limit = 16'384);

  // Nothing when the token has not been verified lately.
  std::shared_ptr<const VerifiedToken> find(std::string_view token);

  // Take it before the account's keys are read, and give it to insert(): what was verified with
  // keys that were forgotten meanwhile is not kept.
  std::uint64_t generation() const;

  void insert(std::string_view token, std::shared_ptr<const VerifiedToken> verified,
              std::uint64_t generation);

  // The account's keys have changed.
  void forget(AccountId account);

  std::size_t size() const;

 private:
  struct Entry {
    std::string token;
    std::shared_ptr<const VerifiedToken> verified;
  };
  // SipHash-2-4.
  struct KeyedHash {
    std::array<unsigned char, 16> key;
    std::size_t operator()(std::string_view token) const noexcept;
  };
  static KeyedHash new_hash();

  const Clock& clock_;
  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::uint64_t generation_ = 0;
  std::list<Entry> by_use_;  // the latest used first
  std::unordered_map<std::string_view, std::list<Entry>::iterator, KeyedHash> by_token_;
};

}  // namespace parlor::identity
