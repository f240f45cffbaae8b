// Rooms that the bot answers first: students' chats, and visitors' rooms of an inbox whose bot is
// on.
//
// A visitor's room keeps no status beside its own (spec conversation-v2.md):
//
//               visitor writes            hand-off, an agent writes or takes it
//   (new) ──▶ pending, nobody's ─────────────────────────────────────────────▶ open
//                 ▲   │ thanks / solved                                        │ closed by a
//                 │   └──────────────▶ closed by the bot                       │ person
//                 └── any other message ──┘           closed ◀─────────────────┘
//                                                        └── any message ──▶ open, its assignees
//                                                        kept
#pragma once

#include <optional>

#include "base/result.h"
#include "chat/access.h"
#include "chat/actor.h"
#include "chat/transaction.h"

namespace parlor::chat {

// A visitor's room begins to keep one when the bot is first asked about it.
BotTalk& talk_of(Room& room);
const BotTalk& talk_of(const Room& room);

// The room's standing in the words of the bot's policy.
StudentStatus status_for_bot(const Room& room);

// Of a visitor's room: pending, and nobody's, where the bot is on.
bool is_with_bot(const Room& room, const Inbox& inbox);
// Whether the bot answers a visitor's next message there.
bool bot_answers_next(const Room& room, const Inbox& inbox);

// Where a visitor is about to write: a room, or a new one in an inbox.
struct WriteAhead {
  RoomId room;
  InboxId inbox;  // 0 = the room's
};
// For contacts; reads only. The account whose bot will answer; nothing if none will.
Result<std::optional<AccountId>> find_bot_ahead(Transaction& transaction, const Actor& actor,
                                                const WriteAhead& input);

// A person of the team has written in a visitor's room, or taken it: the bot's part is over. One
// that was with it opens, and follow_room routes it. The caller stores the room.
void take_from_bot(Transaction& transaction, AccessedRoom& access, bool was_with_bot,
                   ConversationId by);

// A person of the team has set the status of a visitor's room by hand.
void note_status_by_hand(Transaction& transaction, Room& room);

}  // namespace parlor::chat
