// What people do that is worth telling at once and not worth keeping: it is delivered and
// forgotten.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/id.h"
#include "chat/typing.h"

namespace parlor::delivery {

struct Typing {
  chat::TypingSignal signal;
  bool is_typing = false;
};

// A socket of an agent was let in, or has ended; or the agent counts as here until it is seen
// whether one comes.
struct AgentSignal {
  enum class What { socket_opened, socket_closed, expected };
  AccountId account;
  ConversationId agent;
  What what = What::socket_opened;
  std::uint64_t connection = 0;  // which socket, see chat::RoomViewed
};

// Who has a room open now, for those who are to know.
struct Viewers {
  struct Viewer {
    ConversationId agent;
    std::string name;
  };
  RoomId room;
  chat::Audience audience;
  std::vector<Viewer> agents;  // each once, in the order of opening
};

}  // namespace parlor::delivery
