// Why a search found a room: its newest message with the words, as far as the search looked.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "chat/message.h"

namespace parlor::chat {

struct SearchHit {
  struct Piece {
    std::string text;
    bool is_match = false;
  };
  MessageId message;
  ConversationId author;  // 0 = the bot
  std::int64_t seq = 0;
  SenderKind sender = SenderKind::customer;
  MessageType type = MessageType::text;
  std::vector<Piece> excerpt;  // in order; at most 160 characters, "…" where the text was cut
  Timestamp created_at;
};

}  // namespace parlor::chat
