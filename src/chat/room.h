// A room: one conversation between a contact and the team, from its first message to its closing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "chat/bot_talk.h"
#include "chat/message.h"
#include "chat/student_chat.h"

namespace parlor::chat {

enum class RoomStatus { open, pending, closed };
enum class Priority { low, medium, high, urgent };

struct Assignee {
  ConversationId agent;
  Timestamp assigned_at;

  friend bool operator==(const Assignee&, const Assignee&) = default;
};

// What a list shows of a room's newest message.
struct MessagePreview {
  MessageId id;
  ConversationId author;
  SenderKind sender = SenderKind::customer;
  MessageType type = MessageType::text;
  std::string content;  // cut at kPreviewBytes, at a character's boundary
  Timestamp created_at;
};

inline constexpr std::size_t kPreviewBytes = 400;
inline constexpr std::size_t kSubjectCharacters = 80;

struct Room {
  RoomId id;
  AccountId account;
  ContactId contact;
  ConversationId conversation;  // the contact's
  InboxId inbox;
  std::string subject;
  RoomStatus status = RoomStatus::open;
  Priority priority = Priority::medium;
  std::vector<std::string> tags;
  std::string notes;
  std::vector<Assignee> assignees;     // empty = unassigned, in the inbox's queue
  std::optional<StudentChat> student;  // of a student's chat: `status` follows from it
  std::optional<BotTalk> bot;          // of another room that the bot answers or has answered

  std::int64_t seq = 0;             // of the newest change; dense, starts at 1
  std::int64_t customer_count = 0;  // messages of the customer so far
  std::int64_t team_count = 0;      // messages of the team so far, notes excluded
  Timestamp last_stamp;             // newest created_at given out in this room; strictly increasing

  std::optional<MessagePreview> last_message;         // as agents see it
  std::optional<MessagePreview> last_public_message;  // as the contact sees it: never a note

  Timestamp created_at;
  Timestamp updated_at;
  Timestamp last_activity;
  Timestamp closed_at;      // 0 = not closed
  Timestamp waiting_since;  // the customer's message that nobody has answered yet; 0 = none
  Timestamp answered_at;    // when a person of the team first wrote; 0 = never
  Timestamp queued_at;      // since when it waits for an assignee; 0 = assigned or not open
};

// How far one reader has read one room. Per reader, not per device; it only grows.
struct ReadMarker {
  RoomId room;
  ConversationId reader;
  std::int64_t seq = 0;            // everything up to here is read
  std::int64_t counted = 0;        // the other side's running count at `seq`
  std::int64_t delivered_seq = 0;  // everything up to here reached a device
};

}  // namespace parlor::chat
