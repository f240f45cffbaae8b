#include "chat/access.h"

#include <algorithm>

namespace parlor::chat {

bool is_assigned_to(const Room& room, ConversationId agent) {
  return std::any_of(room.assignees.begin(), room.assignees.end(),
                     [&](const Assignee& assignee) { return assignee.agent == agent; });
}

bool open_to_members(const Room& room, Visibility visibility) {
  return room.assignees.empty() || visibility == Visibility::inbox;
}

bool may_enter(const Actor& actor, const Room& room, const InboxStanding& standing) {
  if (actor.account != room.account) return false;
  switch (actor.kind) {
    case ActorKind::admin:
      return true;
    case ActorKind::agent:
      return is_assigned_to(room, actor.conversation) ||
             (standing.is_member && open_to_members(room, standing.visibility));
    case ActorKind::contact:
      return room.contact == actor.contact;
    case ActorKind::integration:
      return false;
  }
  return false;
}

InboxStanding standing_in(Transaction& transaction, const Actor& actor, const Inbox& inbox) {
  return {inbox.visibility,
          actor.kind == ActorKind::agent &&
              transaction.inboxes().is_member(actor.account, inbox.id, actor.conversation)};
}

Result<AccessedRoom> access_room(Transaction& transaction, const Actor& actor, RoomId id) {
  auto room = transaction.rooms().find(actor.account, id);
  if (!room) return fail(ErrorCode::not_found, "Room not found");
  auto inbox = transaction.inboxes().find(actor.account, room->inbox).value();
  if (!may_enter(actor, *room, standing_in(transaction, actor, inbox))) {
    return fail(ErrorCode::forbidden, "Not assigned to room");
  }
  return AccessedRoom{std::move(*room), std::move(inbox)};
}

Result<Inbox> access_inbox(Transaction& transaction, const Actor& actor, InboxId id) {
  auto inbox = transaction.inboxes().find(actor.account, id);
  if (!inbox) return fail(ErrorCode::not_found, "Inbox not found");
  const bool allowed =
      actor.is_admin() || (actor.is_team() && transaction.inboxes().is_member(
                                                  actor.account, inbox->id, actor.conversation));
  if (!allowed) {
    return fail(ErrorCode::forbidden,
                "Not a member of inbox \"" + inbox->name + "\": ask an admin to add you");
  }
  return std::move(*inbox);
}

Result<Ok> require_team(const Actor& actor) {
  if (!actor.is_team()) return fail(ErrorCode::forbidden, "This call is for agents");
  return Ok{};
}

Result<Ok> require_admin(const Actor& actor) {
  if (!actor.is_admin()) return fail(ErrorCode::forbidden, "This call is for admins");
  return Ok{};
}

Result<Ok> require_contact(const Actor& actor) {
  if (actor.kind != ActorKind::contact) {
    return fail(ErrorCode::forbidden, "This call is for visitors");
  }
  return Ok{};
}

Result<Ok> require_inbox_member(Transaction& transaction, const Actor& actor) {
  if (auto team = require_team(actor); !team) return team;
  if (actor.is_admin()) return Ok{};
  if (transaction.inboxes().of_member(actor.account, actor.conversation).empty()) {
    return fail(ErrorCode::forbidden,
                "Contacts are for members of an inbox: ask an admin to add you to one");
  }
  return Ok{};
}

Result<Ok> require_unblocked(const Actor& actor) {
  if (!actor.blocked) return Ok{};
  return fail(ErrorCode::forbidden, "Blocked: the team takes no messages from you");
}

RoomScope scope_of(Transaction& transaction, AccountId account, ConversationId agent,
                   bool is_admin) {
  RoomScope scope;
  scope.whole_account = is_admin;
  scope.viewer = agent;
  if (is_admin) return scope;
  scope.inboxes = transaction.inboxes().of_member(account, agent);
  for (const InboxId id : scope.inboxes) {
    const auto inbox = transaction.inboxes().find(account, id);
    if (inbox && inbox->visibility == Visibility::inbox) scope.open_inboxes.push_back(id);
  }
  return scope;
}

}  // namespace parlor::chat
