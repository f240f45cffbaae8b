// How long customers wait: from the message that starts a wait to the first answer of a person.
//
// A wait starts with a customer's message while none runs. It ends with a message of the team that
// the customer can see and a person wrote: notes end none, nor does anything with an
// integration_app (the bot, automations). Closing the room ends it without an answer.
#pragma once

#include <cstdint>
#include <optional>

#include "chat/message.h"
#include "chat/room.h"

namespace parlor::chat {

struct Answered {
  std::int64_t wait_ms = 0;
  bool is_first = false;  // the room's first answer: the wait is its first-response time
};

// Brings the room's waiting_since and answered_at up to the message, and says what it answered.
std::optional<Answered> follow_wait(Room& room, const Message& message);

// After the room was closed.
void drop_wait(Room& room);

}  // namespace parlor::chat
