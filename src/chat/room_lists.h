// Lists of rooms: an agent's and a visitor's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr int kDefaultPageSize = 20;
inline constexpr int kMaxPageSize = 100;  // a larger limit means this one
inline constexpr int kMaxPage = 10'000;
inline constexpr std::size_t kMaxSearchCharacters = 200;

struct Paging {
  int page = 1;
  int limit = kDefaultPageSize;
};
// What is asked for, within the bounds; invalid below 1 and beyond kMaxPage.
Result<Paging> check_paging(int page, int limit);

// Of the rooms that the agent may see: all; assigned to it; to nobody; pending ones of inboxes with
// the bot on; its favourites; those it has snoozed.
enum class RoomView { all, mine, unassigned, bot, favorite, snoozed };

struct ListRooms {
  RoomView view = RoomView::all;
  std::optional<RoomStatus> status;
  std::optional<Priority> priority;
  std::optional<InboxId> inbox;
  std::optional<ConversationId> of_agent;  // another agent's list and views: for admins
  std::string tag;                         // empty = any
  std::string search;
  RoomSort sort = RoomSort::updated_at;
  int page = 1;
  int limit = kDefaultPageSize;
};

struct RoomEntry {
  Room room;
  Contact contact;
  Inbox inbox;
  std::int64_t unread = 0;    // the caller's
  RoomPreference preference;  // the caller's
  std::optional<SearchHit> hit;
};
struct RoomList {
  std::vector<RoomEntry> rooms;
  int page = 1;
  int limit = kDefaultPageSize;  // as applied
  std::int64_t total = 0;        // of searches and of a tag: counted up to 1,000
};
// For agents. Filters are ANDed. invalid: page or limit below 1, search or tag too long; forbidden:
// another agent's list.
Result<RoomList> list_rooms(Transaction& transaction, const Actor& actor, const ListRooms& input);

struct ListUserRooms {
  std::string search;
  bool verified_only = false;  // then a session that is not verified sees none
  int page = 1;
  int limit = kDefaultPageSize;
};

// What a visitor may know of a room: no agent, tag, note, nor text of a note.
struct UserRoomEntry {
  RoomId id;
  InboxId inbox;
  std::string subject;
  RoomStatus status = RoomStatus::open;
  std::optional<MessagePreview> last_message;
  std::int64_t unread = 0;
  Timestamp created_at;
};
struct UserRoomList {
  std::vector<UserRoomEntry> rooms;
  int page = 1;
  int limit = kDefaultPageSize;
  std::int64_t total = 0;
};
// For contacts: their own.
Result<UserRoomList> list_user_rooms(Transaction& transaction, const Actor& actor,
                                     const ListUserRooms& input);

}  // namespace parlor::chat
