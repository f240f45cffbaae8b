#include "store/sql/rooms.h"

#include <algorithm>
#include <unordered_set>

#include "store/sql/encoding.h"
#include "store/sql/room_search.h"

namespace parlor::store::sql {
namespace {

constexpr int kMaxRoomsOfContact = 1'000;
constexpr int kMaxTaggedExamined = 5'000;
constexpr int kMaxWaitingExamined = 5'000;
constexpr std::size_t kMaxWaitingListed = 1'000;
constexpr std::size_t kMaxRemembered = 64;
constexpr std::string_view kSameAsLastMessage = "=";

#define ROOM_COLUMNS                                                                      \
  "account, id, contact, conversation, inbox, status, priority, seq, customer_count, "    \
  "team_count, last_stamp, created_at, updated_at, last_activity, closed_at, queued_at, " \
  "assignees, subject, tags, notes, waiting_since, answered_at, student, bot"

#define UPDATE_ROOM                                                                        \
  "UPDATE room SET inbox = $3, status = $4, priority = $5, seq = $6, customer_count = $7," \
  " team_count = $8, last_stamp = $9, updated_at = $10, last_activity = $11,"              \
  " closed_at = $12, queued_at = $13, assignees = $14, subject = $15, tags = $16,"         \
  " notes = $17, answered_at = $18, last_message = $19, last_public_message = $20,"        \
  " student = $21, bot = $22"
#define THE_ROOM " WHERE account = $1 AND id = $2"

#define CHANGE_COLUMNS "account, room, seq, kind, changed_by, created_at, new_value"

auto fields(auto& room) {
  return std::tie(room.account, room.id, room.contact, room.conversation, room.inbox, room.status,
                  room.priority, room.seq, room.customer_count, room.team_count, room.last_stamp,
                  room.created_at, room.updated_at, room.last_activity, room.closed_at,
                  room.queued_at, room.assignees, room.subject, room.tags, room.notes,
                  room.waiting_since, room.answered_at, room.student, room.bot);
}

struct EncodedPreviews {
  std::string last;
  std::string last_public;

  explicit EncodedPreviews(const chat::Room& room)
      : last(encode_preview(room.last_message)),
        last_public(same_message(room) ? std::string(kSameAsLastMessage)
                                       : encode_preview(room.last_public_message)) {}

  // A message never changes, and so the previews of one are equal.
  static bool same_message(const chat::Room& room) {
    return room.last_message && room.last_public_message &&
           room.last_message->id == room.last_public_message->id;
  }
};

chat::Room decode_room(Rows& rows) {
  chat::Room room;
  rows.read(fields(room));
  constexpr int kLastMessage = 24;
  room.last_message = decode_preview(rows.text(kLastMessage));
  const auto last_public = rows.text(kLastMessage + 1);
  room.last_public_message =
      last_public == kSameAsLastMessage ? room.last_message : decode_preview(last_public);
  return room;
}

auto fields_of_change(auto& change) {
  return std::tie(change.account, change.room, change.seq, change.kind, change.by,
                  change.created_at, change.new_value);
}

auto marker_fields(auto& marker) {
  return std::tie(marker.room, marker.reader, marker.seq, marker.counted, marker.delivered_seq);
}

template <class Item>
std::vector<Item> cut_page(std::vector<Item> items, int page, int limit) {
  const auto size = static_cast<std::int64_t>(items.size());
  const auto from = std::min(size, (std::int64_t{std::max(page, 1)} - 1) * std::max(limit, 0));
  const auto to = std::min(size, from + std::max(limit, 0));
  return {items.begin() + from, items.begin() + to};
}

std::vector<RoomId> ids_of(const auto& summaries) {
  std::vector<RoomId> ids;
  ids.reserve(summaries.size());
  for (const auto& summary : summaries) ids.push_back(summary.id);
  return ids;
}

bool is_waiting(const chat::Room& room) {
  return room.status == chat::RoomStatus::open && room.waiting_since.ms != 0;
}

void sort_rooms(std::vector<chat::Room>& rooms, chat::RoomSort sort) {
  const auto key = [sort](const chat::Room& room) {
    if (sort == chat::RoomSort::waiting && is_waiting(room))
      return std::tuple(1, Timestamp{-room.waiting_since.ms}, room.id);
    const auto rank = sort == chat::RoomSort::priority ? static_cast<int>(room.priority) : 0;
    const auto time = sort == chat::RoomSort::created_at ? room.created_at : room.updated_at;
    return std::tuple(rank, time, room.id);
  };
  std::sort(rooms.begin(), rooms.end(),
            [&](const chat::Room& a, const chat::Room& b) { return key(a) > key(b); });
}

chat::RoomPage page_of(std::vector<chat::Room> matches, const chat::RoomQuery& query) {
  sort_rooms(matches, query.sort);
  chat::RoomPage page;
  page.total = static_cast<std::int64_t>(matches.size());
  page.rooms = cut_page(std::move(matches), query.page, query.limit);
  return page;
}

}  // namespace

std::optional<chat::Room> SqlRooms::read(AccountId account, RoomId id) {
  auto rows = db_.read("SELECT " ROOM_COLUMNS
                       ", last_message, last_public_message FROM room"
                       " WHERE account = $1 AND id = $2",
                       account, id);
  if (!rows.next()) return std::nullopt;
  return decode_room(rows);
}

std::optional<chat::Room> SqlRooms::find(AccountId account, RoomId id) {
  auto room = read(account, id);
  if (room) remember(*room);
  return room;
}

void SqlRooms::remember(const chat::Room& room) {
  auto found = std::find_if(found_.begin(), found_.end(), [&](const Found& other) {
    return other.room == room.id && other.account == room.account;
  });
  if (found == found_.end()) {
    if (found_.size() >= kMaxRemembered) found_.clear();
    found = found_.insert(found_.end(), Found{});
  }
  *found = {room.account,           room.id,           room.contact, placement_of(room),
            student_place_of(room), room.waiting_since};
}

void SqlRooms::insert(const chat::Room& room) {
  const EncodedPreviews previews(room);
  std::apply(
      [&](const auto&... values) {
        db_.write("INSERT INTO room (" ROOM_COLUMNS
                  ", last_message, last_public_message) VALUES ($1, $2, $3, $4, $5, $6, $7, $8,"
                  " $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,"
                  " $25, $26)",
                  values..., previews.last, previews.last_public);
      },
      fields(room));
  lists_.insert(room.account, room.id, placement_of(room));
  routing_.insert(room.account, room.id, placement_of(room));
  if (const auto place = student_place_of(room)) student_lists_.insert(room, *place);
  remember(room);
}

void SqlRooms::write_changed(const chat::Room& room, bool with_waiting_since) {
  const EncodedPreviews previews(room);
  const auto write = [&](Sql sql, const auto&... more) {
    db_.write(sql, room.account, room.id, room.inbox, room.status, room.priority, room.seq,
              room.customer_count, room.team_count, room.last_stamp, room.updated_at,
              room.last_activity, room.closed_at, room.queued_at, room.assignees, room.subject,
              room.tags, room.notes, room.answered_at, previews.last, previews.last_public,
              room.student, room.bot, more...);
  };
  if (with_waiting_since)
    write(UPDATE_ROOM ", waiting_since = $23" THE_ROOM, room.waiting_since);
  else
    write(UPDATE_ROOM THE_ROOM);
}

// created_at never changes; waiting_since and the contact's columns are written only when they do,
// because indexes hold them.
void SqlRooms::update(const chat::Room& room) {
  const auto is_it = [&](const Found& found) {
    return found.room == room.id && found.account == room.account;
  };
  auto before = std::find_if(found_.begin(), found_.end(), is_it);
  if (before == found_.end()) {
    if (!find(room.account, room.id)) return;
    before = std::find_if(found_.begin(), found_.end(), is_it);
  }
  write_changed(room, before->waiting_since != room.waiting_since);
  if (before->contact != room.contact)
    db_.write("UPDATE room SET contact = $3, conversation = $4 WHERE account = $1 AND id = $2",
              room.account, room.id, room.contact, room.conversation);
  auto placement = placement_of(room);
  placement.created_at = before->placement.created_at;
  lists_.move(room.account, room.id, before->placement, placement);
  routing_.move(room.account, room.id, before->placement, placement);
  if (const auto place = student_place_of(room)) {
    student_lists_.move(room, before->student, *place);
    before->student = place;
  }
  before->contact = room.contact;
  before->waiting_since = room.waiting_since;
  before->placement = std::move(placement);
}

std::vector<chat::Room> SqlRooms::read_all(AccountId account, const std::vector<RoomId>& ids) {
  std::vector<chat::Room> rooms;
  rooms.reserve(ids.size());
  for (const auto id : ids)
    if (auto room = read(account, id)) rooms.push_back(std::move(*room));
  return rooms;
}

chat::RoomPage SqlRooms::list(const chat::RoomQuery& query) {
  if (!query.search.empty()) return found(query);
  if (query.among || !query.tag.empty()) return picked(query);
  if (query.sort == chat::RoomSort::waiting) return waiting_first(query);
  chat::RoomPage page;
  page.rooms = read_all(query.account, lists_.page(query, page.total));
  return page;
}

// Those who wait are few, or there is more to read than anybody can answer.
chat::RoomPage SqlRooms::waiting_first(const chat::RoomQuery& query) {
  std::vector<chat::Room> waiting;
  std::unordered_set<RoomId> listed;
  for (auto rows = db_.read("SELECT " ROOM_COLUMNS ", last_message, last_public_message FROM room"
                            " WHERE account = $1 AND waiting_since > 0"
                            " ORDER BY waiting_since, id LIMIT $2",
                            query.account, kMaxWaitingExamined);
       waiting.size() < kMaxWaitingListed && rows.next();) {
    auto room = decode_room(rows);
    if (!is_waiting(room) || !is_listed(room, query)) continue;
    listed.insert(room.id);
    waiting.push_back(std::move(room));
  }
  const auto limit = std::int64_t{std::max(query.limit, 0)};
  const auto from = (std::int64_t{std::max(query.page, 1)} - 1) * limit;
  const auto waiting_count = static_cast<std::int64_t>(waiting.size());
  chat::RoomPage page;
  page.rooms = cut_page(std::move(waiting), query.page, query.limit);
  const auto rest = limit - static_cast<std::int64_t>(page.rooms.size());
  const auto others = lists_.range(query, std::max<std::int64_t>(0, from - waiting_count), rest,
                                   listed, page.total);
  for (auto& room : read_all(query.account, others)) page.rooms.push_back(std::move(room));
  return page;
}

// Few enough to be read and sorted: of a tag, its newest rooms.
chat::RoomPage SqlRooms::picked(const chat::RoomQuery& query) {
  std::vector<RoomId> candidates;
  if (query.among) {
    candidates = *query.among;
  } else {
    for (auto rows = db_.read("SELECT room FROM room_tag WHERE account = $1 AND tag = $2"
                              " ORDER BY created_at DESC, room DESC LIMIT $3",
                              query.account, query.tag, kMaxTaggedExamined);
         rows.next();)
      candidates.push_back(rows.get<RoomId>(0));
  }
  std::vector<chat::Room> matches;
  for (const auto id : candidates) {
    auto room = read(query.account, id);
    if (room && is_listed(*room, query)) matches.push_back(std::move(*room));
    if (matches.size() == kMaxRoomsFound) break;
  }
  return page_of(std::move(matches), query);
}

chat::RoomPage SqlRooms::found(const chat::RoomQuery& query) {
  RoomSearch search(
      db_, search_,
      [&](RoomId id) {
        auto room = read(query.account, id);
        if (room && !is_listed(*room, query)) room.reset();
        return room;
      },
      [&](ContactId contact) { return ids_of(newest_of_contact(query.account, contact)); });
  auto matches = search.find(query, few_rooms(query));
  auto page = page_of(std::move(matches), query);
  page.hits = search.hits_of(query, page.rooms);
  return page;
}

// The whole list that is searched, unless it is long.
std::optional<std::vector<RoomId>> SqlRooms::few_rooms(const chat::RoomQuery& query) {
  auto whole = query;
  whole.sort = chat::RoomSort::updated_at;
  whole.page = 1;
  whole.limit = RoomSearch::kFewRooms;
  std::int64_t total = 0;
  auto rooms = lists_.page(whole, total);
  if (total > RoomSearch::kFewRooms) return std::nullopt;
  return rooms;
}

std::vector<SqlRooms::Summary> SqlRooms::newest_of_contact(AccountId account, ContactId contact) {
  std::vector<Summary> summaries;
  for (auto rows = db_.read(
           "SELECT id, updated_at, last_activity FROM room WHERE account = $1 AND contact = $2"
           " ORDER BY created_at DESC, id DESC LIMIT $3",
           account, contact, kMaxRoomsOfContact);
       rows.next();) {
    auto& summary = summaries.emplace_back();
    rows.read(std::tie(summary.id, summary.updated_at, summary.last_activity));
  }
  return summaries;
}

chat::RoomPage SqlRooms::list_of_contact(AccountId account, ContactId contact,
                                         std::string_view search, int page, int limit) {
  auto summaries = newest_of_contact(account, contact);
  std::sort(summaries.begin(), summaries.end(), [](const Summary& a, const Summary& b) {
    return std::tie(a.last_activity, a.id) > std::tie(b.last_activity, b.id);
  });
  auto ids = ids_of(summaries);
  if (!search.empty()) {
    const auto matching = search_.rooms_of(account, ids, search);
    const std::unordered_set<RoomId> wanted(matching.begin(), matching.end());
    std::erase_if(ids, [&](RoomId id) { return !wanted.contains(id); });
  }
  chat::RoomPage result;
  result.total = static_cast<std::int64_t>(ids.size());
  result.rooms = read_all(account, cut_page(std::move(ids), page, limit));
  return result;
}

std::optional<chat::Room> SqlRooms::newest_open_of_contact(AccountId account, ContactId contact) {
  RoomId newest;
  for (auto rows = db_.read("SELECT id, status FROM room WHERE account = $1 AND contact = $2"
                            " ORDER BY created_at DESC, id DESC LIMIT $3",
                            account, contact, kMaxRoomsOfContact);
       rows.next();) {
    const bool is_open = rows.get<chat::RoomStatus>(1) != chat::RoomStatus::closed;
    if (!newest || is_open) newest = rows.get<RoomId>(0);
    if (is_open) break;
  }
  if (!newest) return std::nullopt;
  return find(account, newest);
}

std::vector<chat::Room> SqlRooms::changed_since(AccountId account, const chat::RoomScope& scope,
                                                Timestamp since, int limit) {
  return read_all(account, lists_.updated_since(account, scope, since, limit));
}

std::vector<chat::Room> SqlRooms::changed_since_of_contact(AccountId account, ContactId contact,
                                                           Timestamp since, int limit) {
  auto summaries = newest_of_contact(account, contact);
  std::erase_if(summaries, [&](const Summary& summary) { return summary.updated_at < since; });
  std::sort(summaries.begin(), summaries.end(), [](const Summary& a, const Summary& b) {
    return std::tie(a.updated_at, a.id) < std::tie(b.updated_at, b.id);
  });
  auto ids = ids_of(summaries);
  return read_all(account, cut_page(std::move(ids), 1, limit));
}

void SqlRooms::insert_change(const chat::RoomChange& change) {
  db_.write("INSERT INTO room_change (" CHANGE_COLUMNS
            ")"
            " VALUES ($1, $2, $3, $4, $5, $6, $7)",
            change.account, change.room, change.seq, change.kind, change.by, change.created_at,
            change.new_value);
}

std::vector<chat::RoomChange> SqlRooms::changes_after(AccountId account, RoomId room,
                                                      std::int64_t seq, int limit) {
  std::vector<chat::RoomChange> changes;
  for (auto rows = db_.read("SELECT " CHANGE_COLUMNS " FROM room_change"
                            " WHERE account = $1 AND room = $2 AND seq > $3 ORDER BY seq LIMIT $4",
                            account, room, seq, limit);
       rows.next();)
    rows.read(fields_of_change(changes.emplace_back()));
  return changes;
}

std::optional<chat::RoomChange> SqlRooms::last_change(AccountId account, RoomId room,
                                                      chat::RoomChangeKind kind) {
  auto rows = db_.read("SELECT " CHANGE_COLUMNS
                       " FROM room_change"
                       " WHERE account = $1 AND room = $2 AND kind = $3 ORDER BY seq DESC LIMIT 1",
                       account, room, kind);
  if (!rows.next()) return std::nullopt;
  chat::RoomChange change;
  rows.read(fields_of_change(change));
  return change;
}

std::optional<chat::ReadMarker> SqlRooms::marker(AccountId account, RoomId room,
                                                 ConversationId reader) {
  auto rows = db_.read(
      "SELECT room, reader, seq, counted, delivered_seq FROM marker"
      " WHERE account = $1 AND room = $2 AND reader = $3",
      account, room, reader);
  if (!rows.next()) return std::nullopt;
  chat::ReadMarker marker;
  rows.read(marker_fields(marker));
  return marker;
}

std::vector<chat::ReadMarker> SqlRooms::markers(AccountId account, RoomId room) {
  std::vector<chat::ReadMarker> markers;
  for (auto rows = db_.read("SELECT room, reader, seq, counted, delivered_seq FROM marker"
                            " WHERE account = $1 AND room = $2 ORDER BY reader",
                            account, room);
       rows.next();)
    rows.read(marker_fields(markers.emplace_back()));
  return markers;
}

std::vector<chat::ReadMarker> SqlRooms::markers_of(AccountId account, ConversationId reader,
                                                   const std::vector<RoomId>& rooms) {
  std::vector<chat::ReadMarker> markers;
  for (const auto room : rooms)
    if (auto found = marker(account, room, reader)) markers.push_back(*found);
  return markers;
}

void SqlRooms::upsert_marker(AccountId account, const chat::ReadMarker& marker) {
  db_.write(
      "INSERT INTO marker (account, room, reader, seq, counted, delivered_seq)"
      " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO UPDATE SET seq = excluded.seq,"
      " counted = excluded.counted, delivered_seq = excluded.delivered_seq",
      account, marker.room, marker.reader, marker.seq, marker.counted, marker.delivered_seq);
}

void SqlRooms::move_marker(AccountId account, RoomId room, ConversationId from, ConversationId to) {
  auto moved = marker(account, room, from);
  if (!moved) return;
  if (const auto there = marker(account, room, to)) {
    moved->seq = std::max(moved->seq, there->seq);
    moved->counted = std::max(moved->counted, there->counted);
    moved->delivered_seq = std::max(moved->delivered_seq, there->delivered_seq);
  }
  moved->reader = to;
  db_.write("DELETE FROM marker WHERE account = $1 AND room = $2 AND reader = $3", account, room,
            from);
  upsert_marker(account, *moved);
}

}  // namespace parlor::store::sql
