// What each call answers.
#include "chat/ticket_cursor.h"
#include "dialects/common/json_writer.h"
#include "dialects/ticket/calls.h"
#include "dialects/ticket/ticket_json.h"

namespace parlor::dialects::ticket {
namespace {

void add_cursor(JsonWriter& answer, std::string_view name, const std::string& cursor) {
  if (!cursor.empty()) answer.text(name, cursor);
}

std::string members_cursor(const chat::TicketKey& ticket, const chat::MembershipAnswer& answer) {
  if (answer.next == 0) return {};
  return chat::encode_ticket_cursor(chat::TicketList::members, ticket, answer.next);
}

void add_history(JsonWriter& answer, std::string_view name, const Links& links,
                 const chat::TicketHistory& history) {
  answer.array(name, history.entries,
               [&](const chat::TicketEntry& entry) { return message_json(links, entry); });
  add_cursor(answer, "nextCursor", history.next_cursor);
}

}  // namespace

Result<std::string> SetMetadata::encode(const Links&, const Input&, const Output& set) {
  return JsonWriter()
      .text("room", room_of(set.key))
      .json("metadata", set.metadata.text())
      .number("version", set.version)
      .take();
}

Result<std::string> Join::encode(const Links& links, const Input&, const Output& joined) {
  const auto& answer = *joined.answer;
  if (answer.error) return Failure(*answer.error);
  JsonWriter json;
  json.text("room", room_of(joined.about.key))
      .json("member", member_json(*answer.member))
      .array("members", answer.members, member_json)
      .json("metadata", joined.about.metadata.text())
      .number("version", joined.about.version)
      .text("resumeToken", answer.resume_token);
  add_cursor(json, "membersCursor", members_cursor(joined.about.key, answer));
  add_history(json, "history", links, joined.history);
  return json.take();
}

Result<std::string> BePresent::encode(const Links&, const Input&, const Output& asked) {
  if (asked.answer->error) return Failure(*asked.answer->error);
  return JsonWriter()
      .text("room", room_of(asked.key))
      .json("member", member_json(*asked.answer->member))
      .take();
}

Result<std::string> ListMembers::encode(const Links&, const Input&, const Output& asked) {
  if (asked.answer->error) return Failure(*asked.answer->error);
  JsonWriter json;
  json.array("members", asked.answer->members, member_json);
  add_cursor(json, "nextCursor", members_cursor(asked.key, *asked.answer));
  return json.take();
}

Result<std::string> Leave::encode(const Links&, const Input&, const Output& asked) {
  if (asked.answer->error) return Failure(*asked.answer->error);
  return JsonWriter().text("room", room_of(asked.key)).json("left", "true").take();
}

Result<std::string> Publish::encode(const Links& links, const Input&, const Output& published) {
  return JsonWriter().json("message", message_json(links, published.entry)).take();
}

Result<std::string> ReadHistory::encode(const Links& links, const Input&, const Output& history) {
  JsonWriter json;
  add_history(json, "messages", links, history);
  return json.take();
}

Result<std::string> Get::encode(const Links&, const Input&, const Output& view) {
  if (view.answer->error) return Failure(*view.answer->error);
  const auto standing = chat::standing_of(view);
  JsonWriter json;
  json.text("room", room_of(view.about.key))
      .text("kind", "room")
      .text("status", name_of(standing.status))
      .number("activeConnections", view.answer->connections);
  if (standing.idle_since != Timestamp{}) json.text("idleSince", to_iso8601(standing.idle_since));
  if (view.is_closed) json.text("closedAt", to_iso8601(view.closed_at));
  return json.json("metadata", view.about.metadata.text())
      .number("version", view.about.version)
      .take();
}

Result<std::string> SaveSnapshot::encode(const Links&, const Input&, const Output& saved) {
  return JsonWriter()
      .text("room", room_of(saved.key))
      .json("snapshot", snapshot_json(saved.snapshot))
      .take();
}

Result<std::string> ListSnapshots::encode(const Links&, const Input&, const Output& page) {
  JsonWriter json;
  json.array("snapshots", page.snapshots, snapshot_json);
  add_cursor(json, "nextCursor", page.next_cursor);
  return json.take();
}

Result<std::string> Close::encode(const Links&, const Input&, const Output& closed) {
  return JsonWriter()
      .text("room", room_of(closed.key))
      .text("status", name_of(chat::TicketStatus::destroyed))
      .text("closedAt", to_iso8601(closed.closed_at))
      .take();
}

}  // namespace parlor::dialects::ticket
