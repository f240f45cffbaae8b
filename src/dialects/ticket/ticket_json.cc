#include "dialects/ticket/ticket_json.h"

#include <boost/json/serialize.hpp>

#include "chat/names.h"
#include "dialects/common/json_writer.h"
#include "dialects/conversation/message_json.h"

namespace parlor::dialects::ticket {
namespace {

std::string data_of(const Links& links, const chat::Message& message) {
  JsonWriter data;
  data.text("content", message.content);
  if (!message.attachments.empty()) {
    data.array("attachments", message.attachments, [&](const chat::Attachment& attachment) {
      return boost::json::serialize(conversation::attachment_json(links, attachment));
    });
  }
  return data.take();
}

}  // namespace

std::string room_of(const chat::TicketKey& ticket) { return std::string(kRoomPrefix) + ticket.id; }

std::string person_json(const chat::Person& person) {
  return JsonWriter().text("kind", name_of(person.kind)).text("userId", person.user_id).take();
}

std::string member_json(const chat::Member& member) {
  return JsonWriter()
      .json("actor", person_json(member.person))
      .json("metadata", member.metadata)
      .json("presence", member.presence)
      .text("joinedAt", to_iso8601(member.joined_at))
      .text("expiresAt", to_iso8601(member.expires_at))
      .take();
}

std::string message_json(const Links& links, const chat::TicketEntry& entry) {
  return std::visit(
      [&](const auto& said) {
        JsonWriter json;
        json.text("id", to_hex(said.id)).number("seq", said.seq);
        if constexpr (std::is_same_v<std::decay_t<decltype(said)>, chat::TicketMessage>) {
          json.text("type", said.type).json("data", said.data);
        } else {
          json.text("type", chat::name_of(said.type)).json("data", data_of(links, said));
        }
        return json.json("actor", person_json(entry.author))
            .text("createdAt", to_iso8601(said.created_at))
            .take();
      },
      entry.said);
}

std::string snapshot_json(const chat::TicketSnapshot& snapshot) {
  return JsonWriter()
      .text("name", snapshot.name)
      .json("metadata", snapshot.metadata)
      .number("version", snapshot.version)
      .number("seq", snapshot.seq)
      .json("actor", person_json(snapshot.author))
      .text("createdAt", to_iso8601(snapshot.created_at))
      .take();
}

}  // namespace parlor::dialects::ticket
