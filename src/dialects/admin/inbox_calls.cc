#include "dialects/admin/inbox_calls.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/clock.h"
#include "chat/inboxes.h"
#include "dialects/admin/answer.h"
#include "dialects/admin/hours_json.h"
#include "dialects/common/decode.h"

namespace parlor::dialects::admin {

namespace json = boost::json;

namespace {

json::object member_json(const chat::MemberView& member) {
  const auto& agent = member.agent;
  return {{"conversation_id", to_hex(agent.conversation)},
          {"user", json::object{{"name", agent.name}, {"email", agent.email}}},
          {"role", chat::name_of(agent.role)},
          {"capacity", agent.capacity},
          {"current_load", member.current_load}};
}

// Seconds, 0 when nobody was answered lately.
json::object statistics_json(const chat::InboxStatistics& statistics) {
  constexpr std::int64_t kSecondMs = 1'000;
  return {{"total_conversations", statistics.total_conversations},
          {"active_conversations", statistics.active_conversations},
          {"avg_response_time", statistics.average_response_ms.value_or(0) / kSecondMs}};
}

json::object inbox_json(const chat::InboxView& view) {
  const auto& inbox = view.inbox;
  json::array members;
  for (const auto& member : view.members) members.push_back(member_json(member));
  return {
      {"_id", to_hex(inbox.id)},
      {"name", inbox.name},
      {"icon", inbox.icon},
      {"channel", chat::name_of(inbox.channel)},
      {"algorithm", chat::name_of(inbox.algorithm)},
      {"visibility", chat::name_of(inbox.visibility)},
      {"bot", inbox.has_bot},
      {"members", std::move(members)},
      {"statistics", statistics_json(view.statistics)},
      {"hours", hours_json(inbox.hours)},
      {"away_message", inbox.away_message},
      {"pre_chat_fields", json::array(inbox.pre_chat_fields.begin(), inbox.pre_chat_fields.end())},
      {"created_at", to_iso8601(inbox.created_at)}};
}

Result<Ok> decode_list(const net::HttpRequest&) { return Ok(); }

net::HttpResponse encode_list(const chat::Actor&, const Ok&,
                              const std::vector<chat::InboxView>& views) {
  json::array list;
  for (const auto& view : views) list.push_back(inbox_json(view));
  return answer(std::move(list));
}

Result<InboxId> decode_id(const net::HttpRequest& request) {
  return id_of<InboxId>(request.param("id"), "Inbox");
}

net::HttpResponse encode_found(const chat::Actor&, const InboxId&, const chat::InboxView& view) {
  return answer(inbox_json(view));
}

using Members = std::optional<std::vector<ConversationId>>;

// Each member is a conversation id, or an object with one, as answers have them.
Result<Members> decode_members(JsonFields& body) {
  const auto* items = body.optional_array("members");
  if (!items) return Members();
  std::vector<ConversationId> members;
  for (const auto& item : *items) {
    const auto* object = item.if_object();
    const auto* id = object ? object->if_contains("conversation_id") : &item;
    if (!id || !id->is_string()) {
      return fail(ErrorCode::invalid, "members must be an array of agents' conversation ids");
    }
    const auto member = id_of<ConversationId>(std::string_view(id->get_string()), "Agent");
    if (!member) return member.failure();
    members.push_back(*member);
  }
  return Members(std::move(members));
}

using Hours = std::optional<chat::OpeningHours>;

// Absent: nothing. Null: always open.
Result<std::optional<Hours>> decode_hours_field(const json::object& object, JsonFields& body) {
  const auto* written = body.optional_object("hours");
  if (body.complaint()) return body.failure();
  // Not deduced: an optional of an optional would be taken for the inner one.
  std::optional<Hours> named;
  if (!written) {
    if (object.contains("hours")) named.emplace();
    return named;
  }
  auto hours = decode_hours(*written);
  if (!hours) return hours.failure();
  named.emplace(std::move(*hours));
  return named;
}

// The fields that creating and changing have in common.
Result<chat::UpdateInbox> decode_fields(const json::object& object, JsonFields& body) {
  chat::UpdateInbox input;
  input.name = body.optional_string("name");
  input.icon = body.optional_string("icon");
  input.has_bot = body.optional_bool("bot");
  input.away_message = body.optional_string("away_message");
  input.pre_chat_fields = body.optional_strings("pre_chat_fields");
  const auto channel_name = body.optional_string("channel");
  const auto algorithm_name = body.optional_string("algorithm");
  const auto visibility_name = body.optional_string("visibility");
  const auto members = decode_members(body);
  if (body.complaint()) return body.failure();
  if (!members) return members.failure();
  input.members = *members;
  const auto hours = decode_hours_field(object, body);
  if (!hours) return hours.failure();
  input.hours = *hours;
  const auto channel = enum_of<chat::Channel>(channel_name, "channel");
  if (!channel) return channel.failure();
  input.channel = *channel;
  const auto algorithm = enum_of<chat::RoutingAlgorithm>(algorithm_name, "algorithm");
  if (!algorithm) return algorithm.failure();
  input.algorithm = *algorithm;
  const auto visibility = enum_of<chat::Visibility>(visibility_name, "visibility");
  if (!visibility) return visibility.failure();
  input.visibility = *visibility;
  return input;
}

Result<chat::CreateInbox> decode_create(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  chat::CreateInbox input;
  input.name = body.required_string("name");
  input.client_id = client_id_of(request, body, nullptr);
  auto fields = decode_fields(*object, body);
  if (!fields) return fields.failure();
  input.icon = fields->icon.value_or("");
  input.channel = fields->channel.value_or(input.channel);
  input.algorithm = fields->algorithm.value_or(input.algorithm);
  input.visibility = fields->visibility.value_or(input.visibility);
  input.has_bot = fields->has_bot.value_or(false);
  input.away_message = fields->away_message.value_or("");
  input.hours = fields->hours.value_or(std::nullopt);
  input.pre_chat_fields = fields->pre_chat_fields.value_or(std::vector<std::string>());
  input.members = fields->members.value_or(std::vector<ConversationId>());
  return input;
}

net::HttpResponse encode_created(const chat::Actor&, const chat::CreateInbox&,
                                 const chat::InboxView& view) {
  return answer(inbox_json(view));
}

Result<chat::UpdateInbox> decode_update(const net::HttpRequest& request) {
  const auto inbox = decode_id(request);
  if (!inbox) return inbox.failure();
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  body.require_any({"name", "icon", "channel", "algorithm", "visibility", "bot", "members",
                    "away_message", "hours", "pre_chat_fields"});
  auto input = decode_fields(*object, body);
  if (input) input->inbox = *inbox;
  return input;
}

net::HttpResponse encode_updated(const chat::Actor&, const chat::UpdateInbox&,
                                 const chat::InboxView& view) {
  return answer(inbox_json(view));
}

}  // namespace

void add_inbox_calls(net::Router& router, const std::string& base, const Services& services) {
  using net::Method;
  router.add(Method::get, base + "/inbox",
             serve(services, Endpoint<Ok, std::vector<chat::InboxView>>{
                                 Callers::agents, Access::read, decode_list,
                                 [](chat::Transaction& transaction, const chat::Actor& actor,
                                    const Ok&) { return list_inbox_views(transaction, actor); },
                                 encode_list}));
  router.add(
      Method::get, base + "/inbox/:id",
      serve(services, Endpoint<InboxId, chat::InboxView>{
                          Callers::agents, Access::read, decode_id,
                          [](chat::Transaction& transaction, const chat::Actor& actor,
                             const InboxId& id) { return chat::get_inbox(transaction, actor, id); },
                          encode_found}));
  router.add(Method::post, base + "/inbox",
             serve(services, Endpoint<chat::CreateInbox, chat::InboxView>{
                                 Callers::agents, Access::write, decode_create, chat::open_inbox,
                                 encode_created}));
  router.add(Method::patch, base + "/inbox/:id",
             serve(services, Endpoint<chat::UpdateInbox, chat::InboxView>{
                                 Callers::agents, Access::write, decode_update, chat::change_inbox,
                                 encode_updated}));
}

}  // namespace parlor::dialects::admin
