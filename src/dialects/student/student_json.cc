#include "dialects/student/student_json.h"

#include <algorithm>
#include <boost/json/array.hpp>

#include "base/clock.h"
#include "chat/names.h"
#include "chat/sound.h"

namespace parlor::dialects::student {

namespace json = boost::json;

namespace {

std::string_view role_of(chat::SenderKind sender) {
  return sender == chat::SenderKind::customer ? "student" : "admin";
}

std::string_view type_of(const chat::Message& message) {
  if (message.is_by_bot()) return "auto_reply";
  if (message.type == chat::MessageType::image) return "image";
  if (message.type != chat::MessageType::file) return "text";
  return chat::is_sound(message) ? "audio" : "file";
}

// Arabic letters begin with these bytes in UTF-8.
bool is_arabic(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xD8 && byte <= 0xDB;
  });
}

std::string name_of_author(const chat::Message& message) {
  if (!message.author_name.empty() || !message.is_by_bot()) return message.author_name;
  return is_arabic(message.content) ? "رد تلقائي" : "Auto reply";
}

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value() : json::value(text);
}

json::value time_or_null(Timestamp at) {
  return at == Timestamp{} ? json::value() : json::value(to_iso8601(at));
}

json::object media_json(const Links& links, const chat::Attachment& attachment) {
  using chat::BlobPart;
  const auto& upload = attachment.upload;
  json::object media;
  media["media_url"] =
      upload ? links.to(upload->key, BlobPart::original, upload->origin) : attachment.url;
  media["media_type"] = text_or_null(attachment.type);
  media["media_name"] = text_or_null(attachment.name);
  media["media_size"] =
      upload || attachment.size > 0 ? json::value(attachment.size) : json::value();
  media["duration"] =
      upload && upload->duration_s > 0 ? json::value(upload->duration_s) : json::value();
  return media;
}

void add_media(const Links& links, const chat::Message& message, json::object& to) {
  if (message.attachments.empty()) {
    for (const auto* field : {"media_url", "media_type", "media_name", "media_size", "duration"}) {
      to[field] = nullptr;
    }
    return;
  }
  for (auto& [name, value] : media_json(links, message.attachments.front())) {
    to[name] = std::move(value);
  }
  // The dialect knows one file a message; the console may send more.
  if (message.attachments.size() == 1) return;
  json::array all;
  for (const auto& attachment : message.attachments) all.push_back(media_json(links, attachment));
  to["attachments"] = std::move(all);
}

}  // namespace

json::object chat_json(const chat::Room& room) {
  const auto& chat = *room.student;
  const auto last = room.last_public_message ? room.last_public_message->created_at : Timestamp{};
  json::object object;
  object["id"] = room.id.value;
  object["student_id"] = room.conversation.value;
  object["admin_id"] = chat.admin ? json::value(chat.admin.value) : json::value();
  object["status"] = chat::name_of(chat.status);
  object["last_message_at"] = time_or_null(last);
  object["created_at"] = to_iso8601(room.created_at);
  object["updated_at"] = to_iso8601(room.updated_at);
  object["current_intent"] = text_or_null(chat.intent);
  object["bot_attempts"] = chat.bot_attempts;
  object["seq"] = room.seq;
  return object;
}

json::object message_json(const Links& links, const chat::Message& message,
                          chat::DeliveryStatus status, ConversationId student) {
  const bool by_bot = message.is_by_bot();
  json::object object;
  object.reserve(24);
  object["id"] = message.id.value;
  object["chat_id"] = message.room.value;
  object["sender_id"] = (by_bot ? student : message.author).value;
  object["sender_role"] = role_of(message.sender);
  object["message_type"] = type_of(message);
  object["text"] = text_or_null(message.content);
  add_media(links, message, object);
  object["is_auto_reply"] = by_bot;
  object["created_at"] = to_iso8601(message.created_at);
  object["sender_name"] = name_of_author(message);
  object["status"] = chat::name_of(status);
  object["seq"] = message.seq;
  object["_timestamp"] = message.created_at.ms;
  object["_uniqueId"] = message.client_id.empty() ? "msg_" + std::to_string(message.id.value) +
                                                        "_" + std::to_string(message.created_at.ms)
                                                  : message.client_id;
  if (!message.quick_replies.empty()) {
    json::array replies;
    for (const auto& reply : message.quick_replies) {
      replies.push_back(json::object{{"id", reply.id}, {"text", reply.text}});
    }
    object["quick_replies"] = std::move(replies);
  }
  return object;
}

json::object question_json(const chat::Question& question) {
  return {{"id", question.id.value},
          {"question", question.question},
          {"answer", question.answer},
          {"priority", question.priority},
          {"language", question.language}};
}

json::object full_question_json(const chat::Question& question) {
  auto object = question_json(question);
  object["keywords"] = json::array(question.keywords.begin(), question.keywords.end());
  object["is_published"] = question.is_published;
  object["created_at"] = to_iso8601(question.created_at);
  object["updated_at"] = to_iso8601(question.updated_at);
  return object;
}

}  // namespace parlor::dialects::student
