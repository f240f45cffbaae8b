#include "dialects/conversation/message_json.h"

#include <boost/json/array.hpp>

#include "base/clock.h"
#include "chat/names.h"

namespace parlor::dialects::conversation {

namespace json = boost::json;

namespace {

std::string_view name_of(chat::DeliveryStatus status) {
  switch (status) {
    case chat::DeliveryStatus::sent:
      return "sent";
    case chat::DeliveryStatus::delivered:
      return "delivered";
    case chat::DeliveryStatus::read:
      return "read";
  }
  return "sent";
}

json::array attachments_json(const std::vector<chat::Attachment>& attachments) {
  json::array array;
  array.reserve(attachments.size());
  for (const auto& attachment : attachments) {
    json::object object = {{"url", attachment.url}, {"type", attachment.type}};
    if (!attachment.name.empty()) object["name"] = attachment.name;
    object["size"] = attachment.size;
    array.push_back(std::move(object));
  }
  return array;
}

// What every reader of the message sees, in the source's order.
json::object common_json(const chat::Message& message, chat::DeliveryStatus status) {
  json::object object;
  object.reserve(16);
  object["_id"] = to_hex(message.id);
  object["room_id"] = to_hex(message.room);
  object["conversation_id"] = to_hex(message.author);
  object["content"] = message.content;
  object["type"] = chat::name_of(message.type);
  if (!message.attachments.empty()) object["attachments"] = attachments_json(message.attachments);
  if (!message.integration_app.empty()) object["integration_app"] = message.integration_app;
  const auto created_at = to_iso8601(message.created_at);
  object["created_at"] = created_at;
  object["updated_at"] = created_at;
  object["seq"] = message.seq;
  object["status"] = name_of(status);
  return object;
}

}  // namespace

json::object message_json(const chat::Message& message, chat::DeliveryStatus status) {
  auto object = common_json(message, status);
  object["sender_type"] = chat::name_of(message.sender);
  return object;
}

json::object agent_history_json(const chat::MessageView& view) {
  return message_json(view.message, view.status);
}

json::object visitor_history_json(const chat::MessageView& view) {
  auto object = common_json(view.message, view.status);
  object["is_mine"] = view.mine;
  return object;
}

}  // namespace parlor::dialects::conversation
