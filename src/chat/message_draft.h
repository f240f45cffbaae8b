// A message as its author hands it in.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "chat/message.h"
#include "chat/order_room.h"

namespace parlor::chat {

struct MessageDraft {
  MessageType type = MessageType::text;
  std::string content;
  // An upload may come with a URL of another server, in case it is none of ours.
  std::vector<Attachment> attachments;
  std::string integration_app;  // empty = none
  std::vector<QuickReply> quick_replies = {};
  std::string client_id = {};  // kept with the message; says nothing of what it says
  // What stands beside it, of those who write through the order dialect (order_messages.h).
  std::shared_ptr<const OrderMessage> order = nullptr;
};

// Text and notes need content, images and files content or an attachment; attachments are http(s)
// URLs or paths of this server, or uploads (claim_uploads in uploads.h). too_large: more than
// kMaxContentCharacters; invalid: all else.
Result<Ok> check_draft(const MessageDraft& draft);

// For idempotency.h: the same for drafts that say the same.
std::string digest_of(const MessageDraft& draft);

}  // namespace parlor::chat
