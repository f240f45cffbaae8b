// The ports through which a dialect reaches the rest of the server: who runs calls, who verifies
// tokens. Implemented in app/. Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "chat/authenticate.h"
#include "dialects/common/call.h"
#include "net/http_types.h"

namespace parlor::dialects {

using HttpCall = Call<net::HttpResponse>;

class Pipeline {
 public:
  virtual ~Pipeline() = default;
  // Runs the call in the store and answers `respond` behind its commit.
  virtual void execute(std::unique_ptr<HttpCall> call, net::Responder respond) = 0;
};

class TokenAuthority {
 public:
  virtual ~TokenAuthority() = default;
  // Verifies a JWT's account, signature and times. `then` is called once: before this returns when
  // the token is known, else later on another thread.
  virtual void verify(std::string token, std::function<void(Result<chat::TokenClaims>)> then) = 0;
};

}  // namespace parlor::dialects
