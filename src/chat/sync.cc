// How it works. A cursor says that, room by room, everything stamped before `floor` was given out,
// and for the rooms in `seen` everything up to a seq. A sync walks the rooms that changed since, by
// their newest change, and gives out what lies behind each room's place. When the walk is done, the
// floor moves up to a minute ago: a stamp may become visible after a later one, but not by so much.
//
//   ----+-------------------+--------------------+---> stamps
//     floor               resume                now
//           every change of   rooms whose newest
//           an unseen room    change lies here are
//           is new            still to be walked
#include "chat/sync.h"

#include <algorithm>
#include <utility>

#include "chat/access.h"
#include "chat/sync_losses.h"

namespace parlor::chat {

namespace {

constexpr std::int64_t kOverlapMs = 60 * 1000;
constexpr std::int64_t kLeastOverlapMs = 2 * 1000;
constexpr std::size_t kPageBytes = 256 * 1024;
constexpr int kRoomsAtOnce = 100;  // below kSeenRoomsAtMost: one page's rooms are all remembered
constexpr int kRoomsWithOneStamp = 100'000;

// The rooms that the actor may see, changed since a time, oldest change first.
class Walk {
 public:
  Walk(Transaction& transaction, const Actor& actor) : transaction_(transaction), actor_(actor) {
    if (!actor.is_team()) return;
    scope_ = scope_of(transaction, actor.account, actor.conversation, actor.is_admin());
  }

  struct Rooms {
    std::vector<Room> rooms;
    bool more = false;
  };

  // The newest rooms: all that changed since, or so many.
  std::vector<Room> newest(Timestamp since, int limit) {
    if (!actor_.is_team()) return changed_since(since, limit);
    RoomQuery query;
    query.account = actor_.account;
    query.scope = scope_;
    query.limit = limit;
    return transaction_.rooms().list(query).rooms;
  }

  // More than asked for when so many changed in one and the same millisecond: the walk must get on.
  Rooms since(Timestamp resume) {
    for (int limit = kRoomsAtOnce;; limit *= 2) {
      auto rooms = changed_since(resume, limit);
      const bool more = rooms.size() == static_cast<std::size_t>(limit);
      const bool stuck = more && rooms.back().last_stamp == resume && limit < kRoomsWithOneStamp;
      if (!stuck) return {std::move(rooms), more};
    }
  }

  Losses losses_since(Timestamp resume) {
    return chat::losses_since(transaction_, actor_, scope_, resume);
  }

 private:
  std::vector<Room> changed_since(Timestamp resume, int limit) {
    auto& rooms = transaction_.rooms();
    return actor_.is_team()
               ? rooms.changed_since(actor_.account, scope_, resume, limit)
               : rooms.changed_since_of_contact(actor_.account, actor_.contact, resume, limit);
  }

  Transaction& transaction_;
  const Actor& actor_;
  RoomScope scope_;
};

std::vector<Message> messages_after(Transaction& transaction, const Room& room, std::int64_t seq,
                                    int limit) {
  MessageQuery query;
  query.account = room.account;
  query.room = room.id;
  query.with_notes = true;
  query.after_seq = seq;
  query.newest_first = false;
  query.limit = limit;
  return transaction.messages().list(query);
}

// When the room's first change with at least this seq was made.
Timestamp stamp_from(Transaction& transaction, const Room& room, std::int64_t seq) {
  Timestamp stamp = room.last_stamp;
  const auto messages = messages_after(transaction, room, seq - 1, 1);
  const auto changes = transaction.rooms().changes_after(room.account, room.id, seq - 1, 1);
  if (!messages.empty()) stamp = std::min(stamp, messages.front().created_at);
  if (!changes.empty()) stamp = std::min(stamp, changes.front().created_at);
  return stamp;
}

// The last seq stamped before `floor`; stamps grow with seq, so halving finds it.
std::int64_t seq_before(Transaction& transaction, const Room& room, Timestamp floor) {
  if (room.created_at >= floor) return 0;
  std::int64_t before = 0;             // stamped before floor, or none
  std::int64_t behind = room.seq + 1;  // not stamped before floor, or none
  while (behind - before > 1) {
    const std::int64_t middle = before + (behind - before) / 2;
    (stamp_from(transaction, room, middle) < floor ? before : behind) = middle;
  }
  return before;
}

struct Stretch {
  std::vector<SyncChange> changes;
  std::int64_t up_to = 0;  // nothing of the room is missing up to here
};

// The next changes of a room, of both kinds, at most `limit`.
Stretch read_stretch(Transaction& transaction, const Room& room, std::int64_t after, int limit) {
  auto messages = messages_after(transaction, room, after, limit);
  auto changes = transaction.rooms().changes_after(room.account, room.id, after, limit);
  Stretch stretch{{}, room.seq};
  if (!messages.empty() && !messages_after(transaction, room, messages.back().seq, 1).empty()) {
    stretch.up_to = std::min(stretch.up_to, messages.back().seq);
  }
  if (changes.size() == static_cast<std::size_t>(limit)) {
    stretch.up_to = std::min(stretch.up_to, changes.back().seq);
  }
  for (Message& message : messages) {
    stretch.changes.push_back({room.id, message.seq, message.created_at, std::move(message)});
  }
  for (RoomChange& change : changes) {
    stretch.changes.push_back({room.id, change.seq, change.created_at, std::move(change)});
  }
  std::sort(stretch.changes.begin(), stretch.changes.end(),
            [](const SyncChange& a, const SyncChange& b) { return a.seq < b.seq; });
  std::erase_if(stretch.changes, [&](const SyncChange& c) { return c.seq > stretch.up_to; });
  if (stretch.changes.size() > static_cast<std::size_t>(limit)) {
    stretch.changes.resize(static_cast<std::size_t>(limit));
    stretch.up_to = stretch.changes.back().seq;
  }
  return stretch;
}

bool may_see(const Actor& actor, const SyncChange& change) {
  if (actor.is_team()) return true;
  if (const auto* message = std::get_if<Message>(&change.what)) {
    return message->type != MessageType::note;
  }
  const auto kind = std::get<RoomChange>(change.what).kind;
  return kind == RoomChangeKind::created || kind == RoomChangeKind::status;
}

std::size_t bytes_of(const SyncChange& change) {
  if (const auto* message = std::get_if<Message>(&change.what)) return message->content.size();
  if (const auto* lost = std::get_if<RoomLost>(&change.what)) return lost->change.new_value.size();
  return std::get<RoomChange>(change.what).new_value.size();
}

// Remembers the room as the newest one seen; forgets the oldest beyond the bound.
void remember(std::vector<SeenRoom>& seen, RoomId room, std::int64_t seq) {
  std::erase_if(seen, [&](const SeenRoom& entry) { return entry.room == room; });
  seen.push_back({room, seq});
  if (seen.size() > kSeenRoomsAtMost) seen.erase(seen.begin());
}

std::optional<std::int64_t> seen_seq(const SyncCursor& cursor, RoomId room) {
  for (const SeenRoom& entry : cursor.seen) {
    if (entry.room == room) return entry.seq;
  }
  return std::nullopt;
}

// After a finished walk: a new floor, and of the rooms only those that changed above it. A walk in
// several pages does not know that of the rooms of its earlier pages, and keeps them.
void settle(SyncCursor& cursor, const SyncCursor& from, const std::vector<Room>& walked,
            Timestamp now) {
  cursor.floor = std::max(from.floor, Timestamp{now.ms - kOverlapMs});
  cursor.resume = cursor.floor;
  const bool in_one_page = from.resume == from.floor;
  std::erase_if(cursor.seen, [&](const SeenRoom& entry) {
    const auto room = std::find_if(walked.begin(), walked.end(),
                                   [&](const Room& r) { return r.id == entry.room; });
    return room == walked.end() ? in_one_page : room->last_stamp < cursor.floor;
  });
}

// The losses of the stretch of time that this page has walked.
void tell(Losses losses, SyncPage& page) {
  for (SyncChange& change : losses.changes) {
    if (page.more && change.at > page.cursor.resume) break;
    page.changes.push_back(std::move(change));
  }
}

// Where more rooms changed in the last minute than a cursor remembers, the overlap is as long as
// those that it does reach.
SyncCursor cursor_of_now(Transaction& transaction, const Actor& actor) {
  const auto now_ms = transaction.now().ms;
  auto floor_ms = std::max<std::int64_t>(0, now_ms - kOverlapMs);
  auto newest = Walk(transaction, actor).newest({floor_ms}, kRoomsAtOnce);
  std::sort(newest.begin(), newest.end(),
            [](const Room& a, const Room& b) { return a.last_stamp < b.last_stamp; });
  if (newest.size() == kRoomsAtOnce) {
    const auto reached_ms = std::min(newest.front().last_stamp.ms + 1, now_ms - kLeastOverlapMs);
    floor_ms = std::max(floor_ms, reached_ms);
  }
  SyncCursor cursor{{floor_ms}, {floor_ms}, {}};
  for (const Room& room : newest) {
    if (room.last_stamp >= cursor.floor) remember(cursor.seen, room.id, room.seq);
  }
  return cursor;
}

}  // namespace

Result<SyncPage> sync(Transaction& transaction, const Actor& actor,
                      const std::optional<SyncCursor>& from) {
  if (!from) return SyncPage{{}, cursor_of_now(transaction, actor), false};

  SyncPage page{{}, *from, false};
  int left = kSyncPageChanges;
  std::size_t bytes = 0;
  Walk walk(transaction, actor);
  const auto walked = walk.since(from->resume);
  auto losses = walk.losses_since(from->resume);
  left -= static_cast<int>(std::min(losses.changes.size(), kLossesAtOnce));
  page.more = walked.more || losses.up_to;
  bool is_cut = false;
  for (const Room& room : walked.rooms) {
    if (losses.up_to && room.last_stamp > *losses.up_to) break;
    is_cut = left <= 0 || bytes >= kPageBytes;
    if (is_cut) break;
    page.cursor.resume = room.last_stamp;
    const auto seen = seen_seq(*from, room.id);
    const auto after = seen ? *seen : seq_before(transaction, room, from->floor);
    if (after >= room.seq) {
      remember(page.cursor.seen, room.id, room.seq);
      continue;
    }
    auto stretch = read_stretch(transaction, room, after, left);
    left -= static_cast<int>(stretch.changes.size());
    for (SyncChange& change : stretch.changes) {
      bytes += bytes_of(change);
      if (may_see(actor, change)) page.changes.push_back(std::move(change));
    }
    remember(page.cursor.seen, room.id, stretch.up_to);
    is_cut = stretch.up_to < room.seq;
    if (is_cut) break;
  }
  page.more = page.more || is_cut;
  const bool walked_to_losses =
      losses.up_to && !is_cut && (!walked.more || walked.rooms.back().last_stamp > *losses.up_to);
  if (walked_to_losses) page.cursor.resume = std::max(page.cursor.resume, *losses.up_to);
  tell(std::move(losses), page);
  if (!page.more) settle(page.cursor, *from, walked.rooms, transaction.now());
  std::stable_sort(page.changes.begin(), page.changes.end(),
                   [](const SyncChange& a, const SyncChange& b) { return a.at < b.at; });
  return page;
}

}  // namespace parlor::chat
