// What people do that is worth telling at once and not worth keeping: it is delivered and
// forgotten.
#pragma once

#include "chat/typing.h"

namespace parlor::delivery {

struct Typing {
  chat::TypingSignal signal;
  bool is_typing = false;
};

}  // namespace parlor::delivery
