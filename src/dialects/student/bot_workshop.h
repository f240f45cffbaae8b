// The port through which administrators change an account's intents: checking and training takes
// seconds and belongs to no shard. Implemented in app/. Thread-safe.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "dialects/common/caller.h"

namespace parlor::dialects::student {

class BotWorkshop {
 public:
  virtual ~BotWorkshop() = default;

  // Once `then` has its answer the new intents are in force; refused, the old ones still are. Empty
  // text: those built in. invalid with line and reason; forbidden; unavailable when it is busy.
  // `then` is called once, on another thread.
  virtual void replace_intents(Caller caller, std::string text,
                               std::function<void(Result<Ok>)> then) = 0;
};

}  // namespace parlor::dialects::student
