// Verifies JWTs for the dialects: signatures by identity/, keys from the store, what was verified
// once from memory.
//
// Thread-safe. A token that is not in the cache costs one read of its account's keys and one
// signature, on a reader thread of the store.
#pragma once

#include "dialects/common/pipeline.h"
#include "identity/token_cache.h"
#include "store/store.h"

namespace parlor::app {

class StoreTokenAuthority final : public dialects::TokenAuthority {
 public:
  StoreTokenAuthority(store::Store& store, const Clock& clock);

  void verify(std::string token, std::function<void(Result<chat::TokenClaims>)> then) override;
  // The same with the token's end, for connections that must not outlive it.
  void verify_until(const std::string& token,
                    std::function<void(Result<identity::VerifiedToken>)> then);

  // The account's keys have changed.
  void forget(AccountId account) { cache_.forget(account); }

 private:
  store::Store& store_;
  const Clock& clock_;
  identity::TokenCache cache_;
  identity::TokenVerifier verifier_;
};

}  // namespace parlor::app
