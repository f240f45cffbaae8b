#include "chat/room_lists.h"

#include <algorithm>
#include <map>
#include <utility>

#include "chat/access.h"
#include "chat/fields.h"
#include "chat/rooms.h"
#include "chat/unread.h"

namespace parlor::chat {

namespace {

// The caller's own rooms, or for admins another agent's.
Result<RoomScope> scope_for(Transaction& transaction, const Actor& actor,
                            const std::optional<ConversationId>& of_agent) {
  if (!of_agent || *of_agent == actor.conversation) {
    return scope_of(transaction, actor.account, actor.conversation, actor.is_admin());
  }
  if (!actor.is_admin()) {
    return fail(ErrorCode::forbidden, "Another agent's list of rooms is for admins");
  }
  const auto agent = transaction.agents().find_by_conversation(actor.account, *of_agent);
  if (!agent) return fail(ErrorCode::not_found, "Agent not found");
  return scope_of(transaction, actor.account, agent->conversation, agent->role == AgentRole::admin);
}

// The reader's markers by room.
std::map<RoomId, ReadMarker> markers_in(Transaction& transaction, const Actor& actor,
                                        const std::vector<Room>& rooms) {
  std::vector<RoomId> ids;
  ids.reserve(rooms.size());
  for (const Room& room : rooms) ids.push_back(room.id);
  std::map<RoomId, ReadMarker> markers;
  for (const ReadMarker& marker :
       transaction.rooms().markers_of(actor.account, actor.conversation, ids)) {
    markers.emplace(marker.room, marker);
  }
  return markers;
}

std::int64_t unread_in(const std::map<RoomId, ReadMarker>& markers, const Actor& actor,
                       const Room& room) {
  const auto found = markers.find(room.id);
  return unread_of(actor.kind, room,
                   found == markers.end() ? std::nullopt : std::optional(found->second));
}

std::map<InboxId, Inbox> inboxes_of(Transaction& transaction, AccountId account,
                                    const std::vector<Room>& rooms) {
  std::map<InboxId, Inbox> inboxes;
  for (const Room& room : rooms) {
    if (inboxes.count(room.inbox) > 0) continue;
    inboxes.emplace(room.inbox, transaction.inboxes().find(account, room.inbox).value());
  }
  return inboxes;
}

std::vector<InboxId> inboxes_with_bot(Transaction& transaction, AccountId account) {
  std::vector<InboxId> ids;
  for (const Inbox& inbox : transaction.inboxes().list(account)) {
    if (inbox.has_bot) ids.push_back(inbox.id);
  }
  return ids;
}

// Narrows the query to the view: what its viewer may see stays the limit.
void narrow(Transaction& transaction, RoomView view, RoomQuery& query) {
  const auto viewer = query.scope.viewer;
  switch (view) {
    case RoomView::all:
      return;
    case RoomView::mine:
      query.holder = RoomHolder::viewer;
      return;
    case RoomView::unassigned:
      query.holder = RoomHolder::nobody;
      return;
    case RoomView::bot:
      query.inboxes = inboxes_with_bot(transaction, query.account);
      query.status = RoomStatus::pending;
      query.holder = RoomHolder::nobody;
      return;
    case RoomView::favorite:
      query.among = transaction.room_preferences().favorites(query.account, viewer);
      return;
    case RoomView::snoozed:
      query.among =
          transaction.room_preferences().snoozed(query.account, viewer, transaction.now());
      return;
  }
}

// The filters, over the view: no room satisfies filters that contradict it.
void filter(const ListRooms& input, RoomQuery& query) {
  const bool contradicts = input.status && query.status && *input.status != *query.status;
  if (input.status) query.status = input.status;
  query.priority = input.priority;
  if (input.inbox) {
    const bool is_in = !query.inboxes || std::find(query.inboxes->begin(), query.inboxes->end(),
                                                   *input.inbox) != query.inboxes->end();
    query.inboxes = is_in ? std::vector{*input.inbox} : std::vector<InboxId>{};
  }
  if (contradicts) query.inboxes = std::vector<InboxId>{};
}

UserRoomEntry entry_for_contact(Room room, std::int64_t unread) {
  UserRoomEntry entry;
  entry.id = room.id;
  entry.inbox = room.inbox;
  entry.subject = std::move(room.subject);
  entry.status = room.status;
  entry.last_message = std::move(room.last_public_message);
  entry.unread = unread;
  entry.created_at = room.created_at;
  return entry;
}

}  // namespace

Result<Paging> check_paging(int page, int limit) {
  if (page < 1 || page > kMaxPage) {
    return fail(ErrorCode::invalid, "page must be between 1 and " + std::to_string(kMaxPage));
  }
  if (limit < 1) return fail(ErrorCode::invalid, "limit must be at least 1");
  return Paging{page, std::min(limit, kMaxPageSize)};
}

Result<RoomList> list_rooms(Transaction& transaction, const Actor& actor, const ListRooms& input) {
  if (auto team = require_team(actor); !team) return team.failure();
  auto scope = scope_for(transaction, actor, input.of_agent);
  if (!scope) return scope.failure();
  const auto paging = check_paging(input.page, input.limit);
  if (!paging) return paging.failure();
  auto search = check_line("search", input.search, kMaxSearchCharacters);
  if (!search) return search.failure();
  auto tag = check_line("filter[tag]", input.tag, kMaxTagCharacters);
  if (!tag) return tag.failure();

  RoomQuery query;
  query.account = actor.account;
  query.scope = std::move(*scope);
  narrow(transaction, input.view, query);
  filter(input, query);
  query.tag = std::move(*tag);
  query.search = std::move(*search);
  query.sort = input.sort;
  query.page = paging->page;
  query.limit = paging->limit;
  RoomPage page = transaction.rooms().list(query);

  const auto markers = markers_in(transaction, actor, page.rooms);
  const auto inboxes = inboxes_of(transaction, actor.account, page.rooms);
  RoomList list{{}, paging->page, paging->limit, page.total};
  for (Room& room : page.rooms) {
    RoomEntry entry;
    entry.contact = transaction.contacts().find(actor.account, room.contact).value();
    entry.inbox = inboxes.at(room.inbox);
    entry.unread = unread_in(markers, actor, room);
    entry.preference =
        transaction.room_preferences().find(actor.account, room.id, actor.conversation);
    if (const auto hit = page.hits.find(room.id); hit != page.hits.end())
      entry.hit = std::move(hit->second);
    entry.room = std::move(room);
    list.rooms.push_back(std::move(entry));
  }
  return list;
}

Result<UserRoomList> list_user_rooms(Transaction& transaction, const Actor& actor,
                                     const ListUserRooms& input) {
  if (auto contact = require_contact(actor); !contact) return contact.failure();
  const auto paging = check_paging(input.page, input.limit);
  if (!paging) return paging.failure();
  const auto search = check_line("search", input.search, kMaxSearchCharacters);
  if (!search) return search.failure();
  UserRoomList list{{}, paging->page, paging->limit, 0};
  if (input.verified_only && !actor.verified) return list;

  RoomPage page = transaction.rooms().list_of_contact(actor.account, actor.contact, *search,
                                                      paging->page, paging->limit);
  const auto markers = markers_in(transaction, actor, page.rooms);
  list.total = page.total;
  for (Room& room : page.rooms) {
    const auto unread = unread_in(markers, actor, room);
    list.rooms.push_back(entry_for_contact(std::move(room), unread));
  }
  return list;
}

}  // namespace parlor::chat
