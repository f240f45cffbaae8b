#include "dialects/student/student_json.h"

#include <algorithm>
#include <boost/json/array.hpp>

#include "base/clock.h"
#include "chat/names.h"
#include "chat/sound.h"
#include "dialects/common/json_writer.h"

namespace parlor::dialects::student {

namespace json = boost::json;

namespace {

constexpr std::string_view kNull = "null";
constexpr std::size_t kUsualBytes = 640;  // of a message beside its text

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

void write_media(const Links& links, const chat::Attachment& attachment, JsonWriter& to) {
  const auto& upload = attachment.upload;
  to.text("media_url",
          upload ? links.to(upload->key, chat::BlobPart::original, upload->origin) : attachment.url)
      .text_or_null("media_type", attachment.type)
      .text_or_null("media_name", attachment.name);
  if (upload || attachment.size > 0) {
    to.number("media_size", attachment.size);
  } else {
    to.json("media_size", kNull);
  }
  if (upload && upload->duration_s > 0) {
    to.number("duration", upload->duration_s);
  } else {
    to.json("duration", kNull);
  }
}

void add_media(const Links& links, const chat::Message& message, JsonWriter& to) {
  if (message.attachments.empty()) {
    for (const auto* field : {"media_url", "media_type", "media_name", "media_size", "duration"}) {
      to.json(field, kNull);
    }
    return;
  }
  write_media(links, message.attachments.front(), to);
  // The dialect knows one file a message; the console may send more.
  if (message.attachments.size() == 1) return;
  to.array("attachments", message.attachments, [&](const chat::Attachment& attachment) {
    JsonWriter media;
    write_media(links, attachment, media);
    return media.take();
  });
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

std::string message_json(const Links& links, const chat::Message& message,
                         chat::DeliveryStatus status, ConversationId student) {
  const bool by_bot = message.is_by_bot();
  JsonWriter json(kUsualBytes + message.content.size());
  json.number("id", message.id.value)
      .number("chat_id", message.room.value)
      .number("sender_id", (by_bot ? student : message.author).value)
      .text("sender_role", role_of(message.sender))
      .text("message_type", type_of(message))
      .text_or_null("text", message.content);
  add_media(links, message, json);
  json.boolean("is_auto_reply", by_bot)
      .text("created_at", to_iso8601(message.created_at))
      .text("sender_name", name_of_author(message))
      .text("status", chat::name_of(status))
      .number("seq", message.seq)
      .number("_timestamp", message.created_at.ms)
      .text("_uniqueId", message.client_id.empty() ? "msg_" + std::to_string(message.id.value) +
                                                         "_" + std::to_string(message.created_at.ms)
                                                   : message.client_id);
  if (!message.quick_replies.empty()) {
    json.array("quick_replies", message.quick_replies, [](const chat::QuickReply& reply) {
      return JsonWriter().text("id", reply.id).text("text", reply.text).take();
    });
  }
  return json.take();
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
