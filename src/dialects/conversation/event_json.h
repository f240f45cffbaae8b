// The arguments of the events that conversation-v2's clients get: the same over Socket.IO and in
// GET /sync.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "chat/event.h"
#include "chat/sync.h"
#include "delivery/signal.h"
#include "dialects/common/attachment_links.h"

namespace parlor::dialects::conversation {

struct NamedEvent {
  std::string name;
  boost::json::object argument;
};

NamedEvent new_message_event(const Links& links, const chat::Message& message);
NamedEvent join_room_event(RoomId room, std::int64_t seq);
// The team sees what has changed; the contact only a new status.
NamedEvent update_room_event(const chat::Room& room, chat::RoomChangeKind what, std::int64_t seq);
NamedEvent contact_status_event(const chat::Room& room, std::int64_t seq);
// All that those who have just lost the room are told: who has it now.
NamedEvent access_lost_event(const chat::Room& room, std::int64_t seq);
// The agent's own view of the room: no seq, because the room has not changed.
NamedEvent preference_event(const chat::PreferenceChanged& changed);
NamedEvent message_read_event(RoomId room, const chat::MessagesRead& read);
NamedEvent typing_event(const delivery::Typing& typing);
NamedEvent viewing_event(const delivery::Viewers& viewers);

// A stored change, told later to one who was away.
NamedEvent replayed_event(const Links& links, const chat::SyncChange& change);

}  // namespace parlor::dialects::conversation
