// Signing in with e-mail and password: the port behind POST /api/auth/login. Implemented in app/,
// because it needs password hashing on worker threads, a throttle and the keys that sign tokens.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "chat/agent.h"

namespace parlor::dialects {

struct LoggedIn {
  std::string token;
  Timestamp expires_at;
  chat::Agent agent;
};

class Login {
 public:
  virtual ~Login() = default;
  // `then` is called once, on any thread. unauthenticated: the same error in the same time whether
  // the address exists or not; rate_limited; unavailable.
  virtual void log_in(std::string email, std::string password, std::string client_address,
                      std::function<void(Result<LoggedIn>)> then) = 0;
};

}  // namespace parlor::dialects
