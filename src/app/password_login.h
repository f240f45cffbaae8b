// Signing in: throttle, look-up, argon2id on the workers, a token (spec identity.md, Login).
#pragma once

#include "base/workers.h"
#include "dialects/common/login.h"
#include "identity/login_throttle.h"
#include "store/store.h"

namespace parlor::app {

// Thread-safe. What it is given outlives it; destroyed after the store and the workers have
// stopped.
class PasswordLogin final : public dialects::Login {
 public:
  PasswordLogin(store::Store& store, Workers& workers, const Clock& clock,
                identity::LoginLimits limits);

  void log_in(std::string email, std::string password, std::string client_address,
              std::function<void(Result<dialects::LoggedIn>)> then) override;

 private:
  struct Attempt;
  void check(const std::shared_ptr<Attempt>& attempt);

  store::Store& store_;
  Workers& workers_;
  const Clock& clock_;
  identity::LoginThrottle throttle_;
};

}  // namespace parlor::app
