#include "dialects/order/order_json.h"

#include <boost/json/parse.hpp>

#include "chat/names.h"

namespace parlor::dialects::order {

namespace json = boost::json;

namespace {

constexpr int kVersion = 0;  // what the source's database keeps as __v

template <class Tag>
std::string shown_id(Id<Tag> id, const std::string& source_id) {
  return source_id.empty() ? to_hex(id) : source_id;
}

std::string shown_id(const chat::OrderRoom& room) { return shown_id(room.room, room.source_id); }

// What every participant and message repeats of its room.
void add_room_keys(json::object& object, const chat::OrderRoom& room) {
  object["room_name"] = room.name;
  object["vendor_id"] = room.vendor_id;
  object["vendor_user_id"] = room.vendor_user_id;
  object["order_user_id"] = room.order_user_id;
  object["order_vendor_id"] = room.order_vendor_id;
}

void add_if_said(json::object& object, std::string_view name, const std::string& text) {
  if (!text.empty()) object[name] = text;
}

// What was imported is shown as it was.
void add_as_imported(json::object& object, const std::string& as_imported) {
  if (as_imported.empty()) return;
  const auto said = json::parse(as_imported);
  for (const auto& field : said.as_object()) object[field.key()] = field.value();
}

json::object upload_json(const Links& links, const chat::Attachment& attachment) {
  const auto& upload = attachment.upload;
  json::object object;
  object["url"] =
      upload ? links.to(upload->key, chat::BlobPart::original, upload->origin) : attachment.url;
  object["type"] = attachment.type;
  add_if_said(object, "name", attachment.name);
  object["size"] = attachment.size;
  return object;
}

// As it was written; of an upload, links that are made at each read.
void add_media(json::object& object, const Links& links, const chat::OrderMessageView& view) {
  const auto& [message, order] = view;
  if (order.is_media) object["is_media"] = true;
  const auto* first = message.attachments.empty() ? nullptr : &message.attachments.front();
  const auto* upload = first && first->upload ? &*first->upload : nullptr;
  if (upload) {
    object["mediaUrl"] = links.to(upload->key, chat::BlobPart::original, upload->origin);
  } else {
    add_if_said(object, "mediaUrl", order.media_url);
  }
  if (upload && upload->has_thumbnail) {
    object["thumbnailUrl"] = links.to(upload->key, chat::BlobPart::thumbnail, upload->origin);
  } else {
    add_if_said(object, "thumbnailUrl", order.thumbnail_url);
  }
  add_if_said(object, "mediaType", order.media_type);
  if (message.attachments.size() < 2) return;
  json::array all;
  for (const auto& attachment : message.attachments) all.push_back(upload_json(links, attachment));
  object["attachments"] = std::move(all);
}

}  // namespace

json::object participant_json(const chat::OrderParticipant& participant,
                              const chat::OrderRoom& room) {
  const auto& person = participant.person;
  json::object object;
  object.reserve(20);
  object["_id"] = shown_id(participant.id, participant.source_id);
  object["status"] = true;
  object["room_id"] = shown_id(room);
  object["user_type"] = chat::name_of(person.user_type);
  object["user_id"] = person.user_id;
  object["email"] = person.email;
  object["username"] = person.username;
  object["phone_num"] = person.phone_num;
  object["display_image"] = person.display_image;
  add_if_said(object, "sub_domain", person.sub_domain);
  add_room_keys(object, room);
  object["auth_user_id"] = person.user_id;
  object["created_date"] = to_iso8601(participant.created_at);
  object["updated_date"] = to_iso8601(participant.updated_at);
  object["__v"] = kVersion;
  add_as_imported(object, participant.as_imported);
  return object;
}

json::object message_json(const Links& links, const chat::OrderMessageView& view,
                          const chat::OrderRoom& room) {
  const auto& [message, order] = view;
  const auto& author = order.author;
  json::object object;
  object.reserve(32);
  object["_id"] = shown_id(message.id, order.source_id);
  object["display_image"] = author.display_image;
  object["phone_num"] = author.phone_num;
  object["message"] = message.content;
  object["user_type"] = chat::name_of(author.user_type);
  object["to_message"] = order.to_message;
  object["from_message"] = order.from_message;
  object["email"] = author.email;
  object["username"] = author.username;
  object["chat_type"] = order.chat_type;
  add_if_said(object, "sub_domain", author.sub_domain);
  add_media(object, links, view);
  add_room_keys(object, room);
  object["auth_user_id"] = author.user_id;
  if (order.from_console) object["agent_id"] = author.user_id;
  object["room"] = shown_id(room);
  object["to_id"] = order.to_id;
  object["from_id"] = order.from_id;
  object["from_user_id"] = author.user_id;
  object["created_date"] = to_iso8601(order.created_at);
  if (order.source_id.empty()) object["seq"] = message.seq;
  object["__v"] = kVersion;
  add_as_imported(object, order.as_imported);
  return object;
}

json::object room_json(const Links& links, const chat::OrderRoomView& view) {
  const auto& room = view.order;
  json::object object;
  object.reserve(20);
  object["_id"] = shown_id(room);
  object["status"] = view.status != chat::RoomStatus::closed;
  object["type"] = chat::name_of(room.type);
  object["room_id"] = room.number;
  object["room_name"] = room.name;
  object["order_vendor_id"] = room.order_vendor_id;
  object["order_id"] = room.order_id;
  object["agent_db"] = room.agent_db;
  object["vendor_id"] = room.vendor_id;
  object["sub_domain"] = room.sub_domain;
  object["vendor_user_id"] = room.vendor_user_id;
  object["order_user_id"] = room.order_user_id;
  object["agent_id"] = room.agent_id;
  object["db_name"] = room.db_name;
  object["client_id"] = room.client_id;
  object["created_date"] = to_iso8601(room.created_at);
  object["updated_date"] = to_iso8601(room.updated_at);
  object["__v"] = kVersion;
  add_as_imported(object, room.as_imported);
  json::array participants;
  participants.reserve(view.participants.size());
  for (const auto& participant : view.participants) {
    participants.push_back(participant_json(participant, room));
  }
  object["user_Data"] = std::move(participants);
  json::array last;
  if (view.last) last.push_back(message_json(links, *view.last, room));
  object["chat_Data"] = std::move(last);
  return object;
}

json::array rooms_json(const Links& links, const std::vector<chat::OrderRoomView>& views) {
  json::array rooms;
  rooms.reserve(views.size());
  for (const auto& view : views) rooms.push_back(room_json(links, view));
  return rooms;
}

}  // namespace parlor::dialects::order
