// What a use case has changed, and who may see it: recorded in the transaction, delivered after its
// commit.
//
// An audience is a value computed inside the transaction from the access rules; it is never a room
// name that a client could join.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/shared.h"
#include "chat/actor.h"
#include "chat/message.h"
#include "chat/order_room.h"
#include "chat/room.h"
#include "chat/room_preference.h"
#include "chat/ticket.h"

namespace parlor::chat {

struct Audience {
  AccountId account;
  bool admins = false;                    // every admin of the account
  std::vector<ConversationId> agents;     // these agents
  std::optional<InboxId> members_of;      // every member of this inbox
  std::optional<ConversationId> contact;  // this contact's devices
  std::vector<ConversationId> except;     // but none of these people's sockets
};

struct MessagePosted {
  Shared<Message> message;
};

struct RoomCreated {};

// `what` and the fields of `room` say what is new.
struct RoomUpdated {
  RoomChangeKind what = RoomChangeKind::status;
  bool status_changed = false;  // then the contact is told too
  // Of the team's event: the row of the ticket of the room's id, if there is one (ticket.h).
  std::shared_ptr<const Ticket> ticket = nullptr;
};

// The receivers have just lost access to the room: they are told its assignees once, and nothing
// after.
struct AccessLost {};

// An agent's own view of the room is another: that agent alone is told. No change of the room.
struct PreferenceChanged {
  enum class What { favorite, snooze };
  What what = What::favorite;
  RoomPreference preference;
};

// Messages of the other side, the newest kMaxReceipts at most, and when they got so far.
struct Receipts {
  std::vector<MessageId> messages;
  Timestamp at;
};
inline constexpr int kMaxReceipts = 50;

// `reader` has read everything up to `seq`; `last_read` is the newest message that is the other
// side's.
struct MessagesRead {
  ConversationId reader;
  SenderKind reader_kind = SenderKind::customer;
  std::string reader_name;
  MessageId last_read;
  std::int64_t seq = 0;
  Receipts receipts;  // of students' chats
};

// The messages have reached a device of the other side: told of students' chats only.
struct MessagesDelivered {
  SenderKind reader_kind = SenderKind::customer;
  Receipts receipts;
};

// Something in a student's chat that the team is to notice, beside its messages.
struct StudentNotice {
  enum class Kind { escalation, person_wanted, long_wait };
  Kind kind = Kind::escalation;
  std::string note;  // what the bot says of it, for the team; may be empty
};

// The account's intents or questions are others now: told to the server itself.
struct BotKnowledgeChanged {};

// An agent has opened the room on one of its connections, or closed it there. `connection` tells
// these apart for as long as the server runs. Nothing of it is kept.
struct RoomViewed {
  ConversationId agent;
  std::string name;
  bool is_open = false;
  std::uint64_t connection = 0;
};

// Somebody's right to be connected ended or what they may see has changed: their sockets are
// closed, and those who still may come back join what they may see now. keys_changed: everybody
// who came with a token of the account's.
struct ConnectionsRevoked {
  enum class Why {
    session_ended,
    token_revoked,
    agent_revoked,
    membership_changed,
    keys_changed,
    contact_blocked
  };
  Why why = Why::session_ended;
  SupportTokenId token;   // token_revoked
  AccountId account;      // keys_changed
  ConversationId person;  // of everything else
};

// Routing has work to do (routing.h): told to the server itself, not to clients.
struct RoutingDue {};

// The agent counts as present for now, connected or not: likewise.
struct AgentExpected {
  ConversationId agent;
};

// What order rooms are told beside all rooms (order_rooms.h, order_messages.h).
struct OrderRoomOpened {
  OrderRoomView view;
};
struct OrderMessagePosted {
  OrderMessageView message;
  OrderRoom order;
};

using EventBody =
    std::variant<MessagePosted, RoomCreated, RoomUpdated, AccessLost, PreferenceChanged,
                 MessagesRead, MessagesDelivered, StudentNotice, RoomViewed, ConnectionsRevoked,
                 RoutingDue, AgentExpected, BotKnowledgeChanged, OrderRoomOpened,
                 OrderMessagePosted, TicketChanged, MembershipAsked>;

// One event for one audience. The same change may be recorded twice, for audiences that are told
// different things.
struct Event {
  Audience audience;
  Shared<Room> room;     // as it is after the change; empty for what is about no room
  std::int64_t seq = 0;  // of the change in the room
  EventBody body;
  // Told once the answer to whoever did it has been written: their own devices know by then what
  // they did. Later events of the room wait behind it.
  bool behind_answer = false;
};

}  // namespace parlor::chat
