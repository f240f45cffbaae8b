// Rooms: starting, finding, assigning and changing them.
//
// Each write takes an optional client id (idempotency.h): the same write again gives the same
// answer and tells nobody.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/responder.h"
#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr std::size_t kMaxAssignees = 50;
inline constexpr std::size_t kMaxTags = 50;
inline constexpr std::size_t kMaxTagCharacters = 50;
inline constexpr std::size_t kMaxNotesCharacters = 10'000;

struct CreateUserRoom {
  InboxId inbox;
  std::string description;  // the first message; cut at 80 characters, the subject
  std::string client_id;
  BotInput bot = {};
};
struct RoomCreatedAnswer {
  Room room;
  Message first_message;
};
// For contacts; where the inbox's bot is on, it answers in the same transaction. not_found "Inbox
// not found"; invalid without a description.
Result<RoomCreatedAnswer> create_user_room(Transaction& transaction, const Actor& actor,
                                           const CreateUserRoom& input);

struct CreateInternalRoom {
  InboxId inbox;
  ContactId contact;
  std::string client_id;
};
// For agents: the creator becomes the assignee.
Result<Room> create_internal_room(Transaction& transaction, const Actor& actor,
                                  const CreateInternalRoom& input);

struct AssigneeDetail {
  ConversationId conversation;
  std::string name;
  std::string email;
  Timestamp assigned_at;
};
// Of an order room: what the marketplace says of it, and who takes part.
struct OrderDetail {
  OrderRoom room;
  std::vector<OrderParticipant> participants;  // in the order of joining
};
struct RoomDetail {
  Room room;
  Contact contact;
  Inbox inbox;
  std::vector<AssigneeDetail> assignees;
  std::int64_t unread = 0;    // the caller's
  RoomPreference preference;  // the caller's
  std::optional<OrderDetail> order;
};
// For agents.
Result<RoomDetail> get_room(Transaction& transaction, const Actor& actor, RoomId room);

// Criteria are ANDed; at least one, else invalid.
struct FindRoomByContact {
  std::string email;
  std::string phone;
  std::optional<ContactId> contact;
};
// For agents; finds only. The newest room that is not closed first, else the newest; nothing when
// there is none.
Result<std::optional<RoomId>> find_room_by_contact(Transaction& transaction, const Actor& actor,
                                                   const FindRoomByContact& input);

struct ReassignRoom {
  RoomId room;
  std::vector<ConversationId> agents;  // replaces; empty = unassigned, back to the queue
  std::optional<InboxId> inbox;        // moves there; then every agent must be its member
  std::string client_id;
};
// For agents; answers the room with all its assignees. not_found: no such agent or inbox in this
// account; invalid: not a member of the inbox, or too many.
Result<Room> reassign_room(Transaction& transaction, const Actor& actor, const ReassignRoom& input);

struct UpdateRoom {
  RoomId room;
  std::optional<RoomStatus> status;
  std::optional<Priority> priority;
  std::optional<std::vector<std::string>> tags;  // replaces
  std::optional<std::string> notes;
  std::string client_id;
};
// For agents. At least one field, else invalid. What is so already changes nothing.
Result<Room> update_room(Transaction& transaction, const Actor& actor, const UpdateRoom& input);

inline constexpr std::size_t kMaxBulkRooms = 100;

// One room's share of a change of many: update_room and reassign_room as one write.
struct ChangeRoom {
  RoomId room;
  std::optional<RoomStatus> status;
  std::optional<Priority> priority;
  std::optional<std::vector<ConversationId>> agents;  // replaces
  std::optional<std::vector<std::string>> tags;       // replaces
  std::string client_id;
};
// For agents; fails as those two do, and then changes nothing.
Result<Room> change_room(Transaction& transaction, const Actor& actor, const ChangeRoom& input);

}  // namespace parlor::chat
