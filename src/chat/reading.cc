#include "chat/reading.h"

#include <algorithm>
#include <utility>

#include "chat/access.h"
#include "chat/audience.h"
#include "chat/unread.h"

namespace parlor::chat {

namespace {

// A marker is no change of its room: clients that drop events by seq keep this one.
constexpr std::int64_t kNoChange = 0;

// A place in the room, with the other side's running count there.
struct Place {
  std::int64_t seq = 0;
  std::int64_t counted = 0;
};

Result<Place> place_of(Transaction& transaction, const Actor& actor, const Room& room,
                       MessageId id) {
  if (!id) return Place{room.seq, counted_for(actor.kind, room)};
  const auto message = transaction.messages().find(actor.account, room.id, id);
  if (!message || (!actor.is_team() && message->type == MessageType::note)) {
    return fail(ErrorCode::not_found, "Message not found");
  }
  return Place{message->seq, counted_for(actor.kind, *message)};
}

ReadMarker marker_of(Transaction& transaction, const Actor& actor, const Room& room) {
  const auto marker = transaction.rooms().marker(actor.account, room.id, actor.conversation);
  return marker.value_or(ReadMarker{room.id, actor.conversation, 0, 0, 0});
}

Receipts receipts_of(Transaction& transaction, const Actor& actor, const Room& room,
                     std::int64_t after_seq, std::int64_t up_to_seq) {
  const auto other = actor.is_team() ? SenderKind::customer : SenderKind::agent;
  return {transaction.messages().between(room.account, room.id, other, after_seq, up_to_seq,
                                         kMaxReceipts),
          transaction.now()};
}

// Behind a very long row of the reader's own side nobody is told.
void announce_read(Transaction& transaction, const Actor& actor, const AccessedRoom& access,
                   const ReadMarker& marker, std::int64_t before) {
  const auto& [room, inbox] = access;
  const SenderKind other = actor.is_team() ? SenderKind::customer : SenderKind::agent;
  const auto last = transaction.messages().newest_of(room.account, room.id, other, marker.seq);
  if (!last) return;
  MessagesRead read;
  read.reader = actor.conversation;
  read.reader_kind = actor.is_team() ? SenderKind::agent : SenderKind::customer;
  read.reader_name = actor.name;
  read.last_read = *last;
  read.seq = marker.seq;
  Audience other_side = actor.is_team() ? contact_of(room) : team_of(room, inbox.visibility);
  if (room.student) read.receipts = receipts_of(transaction, actor, room, before, marker.seq);
  transaction.record(Event{std::move(other_side), room, kNoChange, std::move(read)});
}

// Only the two sides of a student's chat are told: their dialect says so of each message.
void announce_delivered(Transaction& transaction, const Actor& actor, const AccessedRoom& access,
                        std::int64_t before, std::int64_t seq) {
  const auto& [room, inbox] = access;
  if (!room.student) return;
  MessagesDelivered delivered;
  delivered.reader_kind = actor.is_team() ? SenderKind::agent : SenderKind::customer;
  delivered.receipts = receipts_of(transaction, actor, room, before, seq);
  if (delivered.receipts.messages.empty()) return;
  Audience other_side = actor.is_team() ? contact_of(room) : team_of(room, inbox.visibility);
  transaction.record(Event{std::move(other_side), room, kNoChange, std::move(delivered)});
}

}  // namespace

Result<MarkerMoved> mark_read(Transaction& transaction, const Actor& actor,
                              const ReachMessage& input) {
  const auto access = access_room(transaction, actor, input.room);
  if (!access) return access.failure();
  const auto place = place_of(transaction, actor, access->room, input.message);
  if (!place) return place.failure();
  ReadMarker marker = marker_of(transaction, actor, access->room);
  if (place->seq <= marker.seq) return MarkerMoved{marker, false};

  const bool has_news = place->counted > marker.counted;
  const auto before = marker.seq;
  marker.seq = place->seq;
  marker.counted = std::max(marker.counted, place->counted);
  marker.delivered_seq = std::max(marker.delivered_seq, place->seq);
  transaction.rooms().upsert_marker(actor.account, marker);
  if (has_news) announce_read(transaction, actor, *access, marker, before);
  return MarkerMoved{marker, true};
}

Result<MarkerMoved> mark_delivered(Transaction& transaction, const Actor& actor,
                                   const ReachMessage& input) {
  const auto access = access_room(transaction, actor, input.room);
  if (!access) return access.failure();
  const auto place = place_of(transaction, actor, access->room, input.message);
  if (!place) return place.failure();
  ReadMarker marker = marker_of(transaction, actor, access->room);
  if (place->seq <= marker.delivered_seq) return MarkerMoved{marker, false};
  const auto before = std::exchange(marker.delivered_seq, place->seq);
  transaction.rooms().upsert_marker(actor.account, marker);
  announce_delivered(transaction, actor, *access, before, marker.delivered_seq);
  return MarkerMoved{marker, true};
}

}  // namespace parlor::chat
