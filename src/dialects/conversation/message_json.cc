#include "dialects/conversation/message_json.h"

#include <boost/json/array.hpp>

#include "base/clock.h"
#include "chat/names.h"

namespace parlor::dialects::conversation {

namespace json = boost::json;

namespace {

json::array attachments_json(const Links& links, const std::vector<chat::Attachment>& attachments) {
  json::array array;
  array.reserve(attachments.size());
  for (const auto& attachment : attachments) array.push_back(attachment_json(links, attachment));
  return array;
}

json::array quick_replies_json(const std::vector<chat::QuickReply>& replies) {
  json::array array;
  for (const auto& reply : replies) array.push_back({{"id", reply.id}, {"text", reply.text}});
  return array;
}

// What every reader of the message sees, in the source's order.
json::object common_json(const Links& links, const chat::Message& message,
                         chat::DeliveryStatus status) {
  json::object object;
  object.reserve(16);
  object["_id"] = to_hex(message.id);
  object["room_id"] = to_hex(message.room);
  object["conversation_id"] = to_hex(message.author);
  object["content"] = message.content;
  object["type"] = chat::name_of(message.type);
  if (!message.attachments.empty()) {
    object["attachments"] = attachments_json(links, message.attachments);
  }
  if (!message.integration_app.empty()) object["integration_app"] = message.integration_app;
  if (!message.quick_replies.empty()) {
    object["quick_replies"] = quick_replies_json(message.quick_replies);
  }
  const auto created_at = to_iso8601(message.created_at);
  object["created_at"] = created_at;
  object["updated_at"] = created_at;
  object["seq"] = message.seq;
  object["status"] = chat::name_of(status);
  return object;
}

}  // namespace

json::object attachment_json(const Links& links, const chat::Attachment& attachment) {
  using chat::BlobPart;
  const auto& upload = attachment.upload;
  json::object object;
  object["url"] =
      upload ? links.to(upload->key, BlobPart::original, upload->origin) : attachment.url;
  object["type"] = attachment.type;
  if (!attachment.name.empty()) object["name"] = attachment.name;
  object["size"] = attachment.size;
  if (!upload) return object;
  if (upload->width > 0) {
    object["width"] = upload->width;
    object["height"] = upload->height;
  }
  if (upload->has_thumbnail) {
    object["thumbnail_url"] = links.to(upload->key, BlobPart::thumbnail, upload->origin);
  }
  return object;
}

json::object message_json(const Links& links, const chat::Message& message,
                          chat::DeliveryStatus status) {
  auto object = common_json(links, message, status);
  object["sender_type"] = chat::name_of(message.sender);
  return object;
}

json::object agent_history_json(const Links& links, const chat::MessageView& view) {
  return message_json(links, view.message, view.status);
}

json::object visitor_history_json(const Links& links, const chat::MessageView& view) {
  auto object = common_json(links, view.message, view.status);
  object["is_mine"] = view.mine;
  return object;
}

}  // namespace parlor::dialects::conversation
