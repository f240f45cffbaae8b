// Contacts as agents see them: who they are, where they came from, and what they wrote before.
//
// For members of any inbox, and admins. A blocked contact's writes are forbidden and its sockets
// end; what it wrote stays, and it may still read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/room_lists.h"
#include "chat/transaction.h"

namespace parlor::chat {

// not_found "Contact not found".
Result<Contact> get_contact(Transaction& transaction, const Actor& actor, ContactId contact);

struct UpdateContact {
  ContactId contact;
  std::optional<std::string> name;  // of these three, empty means none
  std::optional<std::string> email;
  std::optional<std::string> phone;
  std::optional<bool> blocked;
};
// At least one field, else invalid.
Result<Contact> update_contact(Transaction& transaction, const Actor& actor,
                               const UpdateContact& input);

struct ListContactRooms {
  ContactId contact;
  std::string search;
  int page = 1;
  int limit = kDefaultPageSize;
};
struct ContactRoomEntry {
  Room room;
  Inbox inbox;
  bool may_enter = false;  // else it is only listed
  // Of a closed room, where that is known: 0 = the bot.
  std::optional<ConversationId> closed_by;
};
struct ContactRoomList {
  std::vector<ContactRoomEntry> rooms;  // newest activity first
  int page = 1;
  int limit = kDefaultPageSize;  // as applied
  std::int64_t total = 0;        // of the contact's newest 1,000
};
Result<ContactRoomList> list_contact_rooms(Transaction& transaction, const Actor& actor,
                                           const ListContactRooms& input);

inline constexpr int kMaxSessionsShown = 50;

// What a visitor acts as, with its newest sessions.
struct SupportConversation {
  Contact contact;
  std::vector<VisitorSession> sessions;  // newest first
};
// For agents. not_found "Conversation not found", also for an agent's own.
Result<SupportConversation> get_conversation(Transaction& transaction, const Actor& actor,
                                             ConversationId conversation);

}  // namespace parlor::chat
