#include "dialects/conversation/room_json.h"

#include <boost/json/array.hpp>

#include "base/clock.h"
#include "chat/names.h"

namespace parlor::dialects::conversation {

namespace json = boost::json;

namespace {

json::value preview_json(const std::optional<chat::MessagePreview>& preview) {
  if (!preview) return nullptr;
  return json::object{{"_id", to_hex(preview->id)},
                      {"conversation_id", to_hex(preview->author)},
                      {"content", preview->content},
                      {"type", chat::name_of(preview->type)},
                      {"sender_type", chat::name_of(preview->sender)},
                      {"created_at", to_iso8601(preview->created_at)}};
}

// Of a list that was searched: the newest message with the words, and where in it they stand.
json::object match_json(const chat::SearchHit& hit) {
  json::array excerpt;
  for (const auto& piece : hit.excerpt)
    excerpt.push_back(json::object{{"text", piece.text}, {"is_match", piece.is_match}});
  return {{"_id", to_hex(hit.message)},
          {"conversation_id", to_hex(hit.author)},
          {"seq", hit.seq},
          {"type", chat::name_of(hit.type)},
          {"sender_type", chat::name_of(hit.sender)},
          {"created_at", to_iso8601(hit.created_at)},
          {"excerpt", std::move(excerpt)}};
}

json::object contact_json(const chat::Contact& contact) {
  json::object object = {
      {"_id", to_hex(contact.id)}, {"name", contact.name}, {"email", contact.email}};
  if (!contact.phone.empty()) object["phone"] = contact.phone;
  return object;
}

json::array tags_json(const chat::Room& room) {
  return json::array(room.tags.begin(), room.tags.end());
}

void add_preference(json::object& object, const chat::RoomPreference& preference) {
  object["is_favorite"] = preference.is_favorite;
  object["snoozed_until"] = preference.snoozed_until.ms;
}

void add_times(json::object& object, const chat::Room& room) {
  object["created_at"] = to_iso8601(room.created_at);
  object["updated_at"] = to_iso8601(room.updated_at);
  object["last_activity"] = to_iso8601(room.last_activity);
  if (room.closed_at.ms != 0) object["closed_at"] = to_iso8601(room.closed_at);
  if (room.waiting_since.ms != 0) object["waiting_since"] = to_iso8601(room.waiting_since);
}

// What every list of the team's shows.
json::object summary_json(const chat::Room& room, const chat::Inbox& inbox) {
  json::array assignees;
  for (const auto& assignee : room.assignees) assignees.emplace_back(to_hex(assignee.agent));
  json::object object;
  object["_id"] = to_hex(room.id);
  object["conversation_id"] = to_hex(room.conversation);
  object["inbox"] = {{"_id", to_hex(inbox.id)}, {"name", inbox.name}};
  object["subject"] = room.subject;
  object["status"] = chat::name_of(room.status);
  object["priority"] = chat::name_of(room.priority);
  object["assignees"] = std::move(assignees);
  object["tags"] = tags_json(room);
  object["last_message"] = preview_json(room.last_message);
  object["seq"] = room.seq;
  add_times(object, room);
  return object;
}

json::object order_json(const chat::OrderDetail& order) {
  json::array participants;
  for (const auto& participant : order.participants) {
    const auto& person = participant.person;
    participants.push_back(json::object{{"conversation_id", to_hex(participant.conversation)},
                                        {"user_type", chat::name_of(person.user_type)},
                                        {"user_id", person.user_id},
                                        {"name", person.username},
                                        {"email", person.email},
                                        {"phone", person.phone_num}});
  }
  return {{"number", order.room.number},
          {"type", chat::name_of(order.room.type)},
          {"order_id", order.room.order_id},
          {"vendor_id", order.room.vendor_id},
          {"participants", std::move(participants)}};
}

}  // namespace

json::object room_entry_json(const chat::RoomEntry& entry) {
  auto object = summary_json(entry.room, entry.inbox);
  object["contact"] = contact_json(entry.contact);
  object["unread_count"] = entry.unread;
  add_preference(object, entry.preference);
  if (entry.hit) object["match"] = match_json(*entry.hit);
  return object;
}

json::object contact_room_json(const chat::ContactRoomEntry& entry) {
  auto object = summary_json(entry.room, entry.inbox);
  object["may_enter"] = entry.may_enter;
  if (entry.closed_by) object["closed_by"] = to_hex(*entry.closed_by);
  return object;
}

json::object room_detail_json(const chat::RoomDetail& detail) {
  const auto& room = detail.room;
  json::array assignees;
  for (const auto& assignee : detail.assignees) {
    assignees.push_back(
        json::object{{"conversation_id", to_hex(assignee.conversation)},
                     {"user", json::object{{"name", assignee.name}, {"email", assignee.email}}},
                     {"assigned_at", to_iso8601(assignee.assigned_at)}});
  }
  auto contact = contact_json(detail.contact);
  contact["phone"] = detail.contact.phone;

  json::object object;
  object["_id"] = to_hex(room.id);
  object["conversation_id"] = to_hex(room.conversation);
  object["contact"] = std::move(contact);
  object["inbox_id"] = to_hex(room.inbox);
  object["inbox"] = {{"_id", to_hex(detail.inbox.id)}, {"name", detail.inbox.name}};
  object["subject"] = room.subject;
  object["status"] = chat::name_of(room.status);
  object["priority"] = chat::name_of(room.priority);
  object["assignees"] = std::move(assignees);
  object["tags"] = tags_json(room);
  object["notes"] = room.notes;
  object["unread_count"] = detail.unread;
  add_preference(object, detail.preference);
  if (detail.order) object["order"] = order_json(*detail.order);
  object["seq"] = room.seq;
  add_times(object, room);
  return object;
}

json::object user_room_json(const chat::UserRoomEntry& entry) {
  json::value last_message = nullptr;
  if (entry.last_message) {
    last_message = {{"content", entry.last_message->content},
                    {"type", chat::name_of(entry.last_message->type)},
                    {"is_mine", entry.last_message->sender == chat::SenderKind::customer},
                    {"created_at", to_iso8601(entry.last_message->created_at)}};
  }
  return {{"_id", to_hex(entry.id)},
          {"inbox_id", to_hex(entry.inbox)},
          {"subject", entry.subject},
          {"status", chat::name_of(entry.status)},
          {"last_message", std::move(last_message)},
          {"unread_count", entry.unread},
          {"created_at", to_iso8601(entry.created_at)}};
}

json::array assignees_json(const chat::Room& room) {
  json::array array;
  for (const auto& assignee : room.assignees) {
    array.push_back(json::object{{"conversation_id", to_hex(assignee.agent)},
                                 {"assigned_at", to_iso8601(assignee.assigned_at)}});
  }
  return array;
}

}  // namespace parlor::dialects::conversation
