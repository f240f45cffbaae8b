// Who may do what: the one place that decides it. Every use case calls it first.
//
// A room: admins; its assignees; the members of its inbox while nobody is assigned, or always where
// the inbox's visibility says so; its contact. Another account's room is not found; another room of
// the same account is forbidden.
#pragma once

#include "base/result.h"
#include "chat/actor.h"
#include "chat/transaction.h"

namespace parlor::chat {

// What the decision needs to know of the actor's place in the room's inbox.
struct InboxStanding {
  Visibility visibility = Visibility::assigned;
  bool is_member = false;
};

InboxStanding standing_in(Transaction& transaction, const Actor& actor, const Inbox& inbox);

bool may_enter(const Actor& actor, const Room& room, const InboxStanding& standing);

// Whether the members of its inbox see the room, whoever is assigned.
bool open_to_members(const Room& room, Visibility visibility);
bool is_assigned_to(const Room& room, ConversationId agent);

struct AccessedRoom {
  Room room;
  Inbox inbox;
};

// not_found "Room not found"; forbidden "Not assigned to room".
Result<AccessedRoom> access_room(Transaction& transaction, const Actor& actor, RoomId room);

// Inboxes in which the agent may start rooms: a member's, an admin's. not_found, forbidden.
Result<Inbox> access_inbox(Transaction& transaction, const Actor& actor, InboxId inbox);

// forbidden, saying for whom the call is.
Result<Ok> require_team(const Actor& actor);
Result<Ok> require_admin(const Actor& actor);
Result<Ok> require_contact(const Actor& actor);
// Members of any inbox, and admins.
Result<Ok> require_inbox_member(Transaction& transaction, const Actor& actor);
// Before every write of a visitor, and for their sockets: a blocked contact only reads.
Result<Ok> require_unblocked(const Actor& actor);

// The rooms that a member of the team may see, for lists and sync.
RoomScope scope_of(Transaction& transaction, AccountId account, ConversationId agent,
                   bool is_admin);

}  // namespace parlor::chat
