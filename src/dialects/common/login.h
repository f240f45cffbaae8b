// Signing in: the ports behind POST /api/auth/login and /api/auth/invitation. Implemented in app/,
// because they need password hashing on worker threads, a throttle and the keys that sign tokens.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "chat/agent.h"
#include "net/http_types.h"

namespace parlor::dialects {

struct LoggedIn {
  std::string token;
  Timestamp expires_at;
  chat::Agent agent;
};

// As both calls that sign somebody in answer.
net::HttpResponse encode_logged_in(const LoggedIn& logged_in);

class Login {
 public:
  virtual ~Login() = default;
  // `then` is called once, on any thread. unauthenticated: the same error in the same time whether
  // the address exists or not; rate_limited; unavailable.
  virtual void log_in(std::string email, std::string password, std::string client_address,
                      std::function<void(Result<LoggedIn>)> then) = 0;
};

// Signing in for the first time, with an invitation (chat/agents.h).
class InvitationLogin {
 public:
  virtual ~InvitationLogin() = default;
  // `then` is called once, on any thread. unauthenticated: the invitation is no good (any more);
  // invalid: the password; rate_limited; unavailable.
  virtual void accept(std::string token, std::string password, std::string client_address,
                      std::function<void(Result<LoggedIn>)> then) = 0;
};

}  // namespace parlor::dialects
