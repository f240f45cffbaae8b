#include "dialects/conversation/event_json.h"

#include <boost/json/array.hpp>
#include <charconv>

#include "base/clock.h"
#include "chat/names.h"
#include "dialects/conversation/message_json.h"
#include "dialects/conversation/room_json.h"

namespace parlor::dialects::conversation {

namespace json = boost::json;

namespace {

constexpr const char* kRoomType = "support";

// The documented type of an update: a change of priority is told as one of status.
std::string_view update_type(chat::RoomChangeKind what) {
  switch (what) {
    case chat::RoomChangeKind::created:
      return "created";
    case chat::RoomChangeKind::status:
    case chat::RoomChangeKind::priority:
      return "status";
    case chat::RoomChangeKind::assignee:
      return "assignee";
    case chat::RoomChangeKind::tags:
      return "tags";
    case chat::RoomChangeKind::notes:
      return "notes";
  }
  return "status";
}

NamedEvent update_event(RoomId room, chat::RoomChangeKind what, std::int64_t seq,
                        json::object data) {
  return {"updateRoom",
          {{"room_id", to_hex(room)},
           {"type", update_type(what)},
           {"data", std::move(data)},
           {"seq", seq}}};
}

template <class Visit>
void split(std::string_view text, char separator, Visit visit) {
  while (!text.empty()) {
    const auto end = text.find(separator);
    visit(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

json::object replayed_data(const chat::RoomChange& change) {
  switch (change.kind) {
    case chat::RoomChangeKind::created:
      return {};
    case chat::RoomChangeKind::status:
      return {{"status", change.new_value}};
    case chat::RoomChangeKind::priority:
      return {{"priority", change.new_value}};
    case chat::RoomChangeKind::notes:
      return {{"notes", change.new_value}};
    case chat::RoomChangeKind::tags: {
      json::array tags;
      split(change.new_value, '\n', [&](std::string_view tag) { tags.emplace_back(tag); });
      return {{"tags", std::move(tags)}};
    }
    case chat::RoomChangeKind::assignee: {
      json::array assignees;
      split(change.new_value, ',', [&](std::string_view digits) {
        ConversationId agent;
        std::from_chars(digits.data(), digits.data() + digits.size(), agent.value);
        assignees.push_back(json::object{{"conversation_id", to_hex(agent)}});
      });
      return {{"assignees", std::move(assignees)}};
    }
  }
  return {};
}

}  // namespace

NamedEvent new_message_event(const Links& links, const chat::Message& message) {
  const auto* type = message.sender == chat::SenderKind::customer ? "support" : "team";
  return {"newMessage",
          {{"message", message_json(links, message, chat::DeliveryStatus::sent)}, {"type", type}}};
}

NamedEvent join_room_event(RoomId room, std::int64_t seq) {
  return {"joinRoom", {{"room_id", to_hex(room)}, {"type", kRoomType}, {"seq", seq}}};
}

NamedEvent update_room_event(const chat::Room& room, chat::RoomChangeKind what, std::int64_t seq) {
  json::object data;
  switch (what) {
    case chat::RoomChangeKind::created:
    case chat::RoomChangeKind::status:
    case chat::RoomChangeKind::priority:
      data = {{"status", chat::name_of(room.status)}, {"priority", chat::name_of(room.priority)}};
      break;
    case chat::RoomChangeKind::assignee:
      data = {{"assignees", assignees_json(room)}};
      break;
    case chat::RoomChangeKind::tags:
      data = {{"tags", json::array(room.tags.begin(), room.tags.end())}};
      break;
    case chat::RoomChangeKind::notes:
      data = {{"notes", room.notes}};
      break;
  }
  data["_id"] = to_hex(room.id);
  data["updated_at"] = to_iso8601(room.updated_at);
  return update_event(room.id, what, seq, std::move(data));
}

NamedEvent contact_status_event(const chat::Room& room, std::int64_t seq) {
  return update_event(room.id, chat::RoomChangeKind::status, seq,
                      {{"status", chat::name_of(room.status)}});
}

NamedEvent access_lost_event(const chat::Room& room, std::int64_t seq) {
  return update_event(room.id, chat::RoomChangeKind::assignee, seq,
                      {{"assignees", assignees_json(room)}});
}

NamedEvent preference_event(const chat::PreferenceChanged& changed) {
  const auto& preference = changed.preference;
  const auto room_id = to_hex(preference.room);
  json::object data = {{"_id", room_id}};
  const bool is_favorite = changed.what == chat::PreferenceChanged::What::favorite;
  if (is_favorite) {
    data["is_favorite"] = preference.is_favorite;
  } else {
    data["snoozed_until"] = preference.snoozed_until.ms;
  }
  return {"updateRoom",
          {{"room_id", room_id},
           {"type", is_favorite ? "favorite" : "snooze"},
           {"data", std::move(data)}}};
}

NamedEvent message_read_event(RoomId room, const chat::MessagesRead& read) {
  return {"messageRead",
          {{"room_id", to_hex(room)},
           {"reader", json::object{{"conversation_id", to_hex(read.reader)},
                                   {"kind", chat::name_of(read.reader_kind)},
                                   {"name", read.reader_name}}},
           {"last_read_id", to_hex(read.last_read)},
           {"last_read_seq", read.seq}}};
}

NamedEvent typing_event(const delivery::Typing& typing) {
  const auto& signal = typing.signal;
  return {"typing",
          {{"room_id", to_hex(signal.room)},
           {"from", json::object{{"conversation_id", to_hex(signal.from)},
                                 {"kind", chat::name_of(signal.kind)},
                                 {"name", signal.name}}},
           {"is_typing", typing.is_typing}}};
}

NamedEvent viewing_event(const delivery::Viewers& viewers) {
  json::array agents;
  for (const auto& viewer : viewers.agents) {
    agents.push_back(
        json::object{{"conversation_id", to_hex(viewer.agent)}, {"name", viewer.name}});
  }
  return {"viewing", {{"room_id", to_hex(viewers.room)}, {"agents", std::move(agents)}}};
}

NamedEvent replayed_event(const Links& links, const chat::SyncChange& change) {
  if (const auto* message = std::get_if<chat::Message>(&change.what)) {
    return new_message_event(links, *message);
  }
  if (const auto* lost = std::get_if<chat::RoomLost>(&change.what)) {
    return update_event(change.room, lost->change.kind, change.seq, replayed_data(lost->change));
  }
  const auto& room_change = std::get<chat::RoomChange>(change.what);
  if (room_change.kind == chat::RoomChangeKind::created) {
    return join_room_event(change.room, change.seq);
  }
  return update_event(change.room, room_change.kind, change.seq, replayed_data(room_change));
}

}  // namespace parlor::dialects::conversation
