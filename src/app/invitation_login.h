// Signing in with an invitation: look-up, argon2id on the workers, the password stored and the
// invitation used up in one transaction, a token (spec admin.md).
//
// Nothing is hashed for a token that invites nobody, so that strangers keep no worker busy.
#pragma once

#include "base/workers.h"
#include "dialects/common/login.h"
#include "identity/login_throttle.h"
#include "store/store.h"

namespace parlor::app {

// Thread-safe. What it is given outlives it; destroyed after the store and the workers have
// stopped.
class StoreInvitationLogin final : public dialects::InvitationLogin {
 public:
  StoreInvitationLogin(store::Store& store, Workers& workers, const Clock& clock,
                       identity::LoginLimits limits);

  void accept(std::string token, std::string password, std::string client_address,
              std::function<void(Result<dialects::LoggedIn>)> then) override;

 private:
  struct Attempt;
  void hash(const std::shared_ptr<Attempt>& attempt);
  void store(const std::shared_ptr<Attempt>& attempt, std::string password_hash);

  store::Store& store_;
  Workers& workers_;
  const Clock& clock_;
  identity::LoginThrottle throttle_;
};

}  // namespace parlor::app
