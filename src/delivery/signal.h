// What people do that is worth telling at once and not worth keeping: it is delivered and
// forgotten.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "chat/membership.h"
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

// A member of a ticket says that they are there, from one of their sockets: a live membership is
// all that it needs. `then` is called on the Publisher's thread with the member, or with nothing
// where there is no such member (any more); empty when nobody waits for it.
struct Heartbeat {
  chat::TicketKey ticket;
  ConversationId person;
  std::string presence;  // see chat::check_presence
  std::function<void(std::optional<chat::Member>)> then;
};

// A ticket's member has come, is present in another way, or has gone.
struct MembershipChange {
  enum class What { joined, updated, left };
  chat::TicketKey ticket;
  What what = What::joined;
  chat::Member member;
};

// The server's private rooms of those whose connection is in a ticket's room: the team hears
// everything of it, customers no notes.
std::string channel_of_team(const chat::TicketKey& ticket);
std::string channel_of_customers(const chat::TicketKey& ticket);

// A buyer's or vendor's own: unlike other people's, their sockets are told what their own dialect
// addresses to them here, and nothing of what is told to a room's contact.
std::string channel_of_trader(ConversationId person);

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
