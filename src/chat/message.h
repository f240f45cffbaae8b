// A message, and a change of a room that is none: the two things that take a room's next seq.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"

namespace parlor::chat {

enum class MessageType { text, note, image, file };
enum class SenderKind { customer, agent };

inline constexpr std::size_t kMaxContentCharacters = 150'000;
inline constexpr std::size_t kMaxAttachments = 15;

// What an attachment that was uploaded here knows beside its type, name and size (uploads.h).
struct AttachedUpload {
  std::string key;  // of its blob, see blob_store.h
  std::string
      origin;     // "https://chat.example.com": where its sender sees this server; may be empty
  int width = 0;  // of images, in pixels as they are shown; 0 = unknown
  int height = 0;
  bool has_thumbnail = false;
  int duration_s = 0;  // of sound; 0 = unknown

  friend bool operator==(const AttachedUpload&, const AttachedUpload&) = default;
};

struct Attachment {
  std::string url;   // as it was sent; empty for an upload: its links are made at each read
  std::string type;  // a MIME type
  std::string name;  // may be empty
  std::int64_t size = 0;
  std::optional<AttachedUpload> upload = std::nullopt;

  friend bool operator==(const Attachment&, const Attachment&) = default;
};

// A choice that a message of the bot offers: a client shows `text` and sends either of the two.
struct QuickReply {
  std::string id;
  std::string text;

  friend bool operator==(const QuickReply&, const QuickReply&) = default;
};

struct Message {
  MessageId id;
  AccountId account;
  RoomId room;
  InboxId inbox;  // the room's, for the search index
  std::int64_t seq = 0;
  ConversationId author;  // 0 = the bot
  SenderKind sender = SenderKind::customer;
  MessageType type = MessageType::text;
  std::string content;
  std::vector<Attachment> attachments;
  std::string integration_app;  // empty = none
  std::vector<QuickReply> quick_replies = {};
  std::string client_id;            // by which its sender knows it; kept of students' chats
  std::string author_name;          // as the message was sent; not kept: empty when it is read back
  std::int64_t customer_count = 0;  // the room's running counts, this message included
  std::int64_t team_count = 0;
  Timestamp created_at;

  bool is_by_bot() const { return sender == SenderKind::agent && !author; }
};

// A change of a room that is no message. `data` names what changed in the terms of the domain.
enum class RoomChangeKind { created, status, priority, assignee, tags, notes };

struct RoomChange {
  AccountId account;
  RoomId room;
  std::int64_t seq = 0;
  RoomChangeKind kind = RoomChangeKind::status;
  ConversationId by;      // who did it; 0 = the server
  std::string new_value;  // status, priority: its name; assignee: comma-separated conversation ids
                          // (decimal); tags: newline-separated; notes: the text
  Timestamp created_at;
};

}  // namespace parlor::chat
