#include "dialects/admin/agent_calls.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <limits>

#include "base/clock.h"
#include "chat/agents.h"
#include "dialects/admin/answer.h"
#include "dialects/common/attachment_links.h"
#include "dialects/common/decode.h"

namespace parlor::dialects::admin {

namespace json = boost::json;

namespace {

json::object agent_json(const chat::Agent& agent) {
  return {{"_id", to_hex(agent.id)},
          {"conversation_id", to_hex(agent.conversation)},
          {"external_id", agent.external_id},
          {"name", agent.name},
          {"email", agent.email},
          {"role", chat::name_of(agent.role)},
          {"seat", agent.has_seat},
          {"capacity", agent.capacity},
          {"avatar", agent.avatar},
          {"availability", chat::name_of(agent.availability)},
          {"deactivated", agent.deactivated_at.ms != 0},
          {"created_at", to_iso8601(agent.created_at)}};
}

Result<Ok> decode_list(const net::HttpRequest&) { return Ok(); }

net::HttpResponse encode_list(const chat::Actor&, const Ok&,
                              const std::vector<chat::TeamMember>& team) {
  json::array list;
  for (const auto& member : team) {
    auto entry = agent_json(member.agent);
    entry["invited_until"] = nullptr;
    if (member.invited_until) entry["invited_until"] = to_iso8601(*member.invited_until);
    list.push_back(std::move(entry));
  }
  return answer(std::move(list));
}

// A number that no int holds is out of any range: let the rule say so.
std::optional<int> small_integer(JsonFields& body, std::string_view name) {
  const auto value = body.optional_integer(name);
  if (!value) return std::nullopt;
  using Limits = std::numeric_limits<int>;
  return static_cast<int>(std::clamp<std::int64_t>(*value, Limits::min(), Limits::max()));
}

// An invitation, and where its link leads.
struct Invite {
  chat::InviteAgent invitation;
  std::string base_url;
};

Result<Invite> decode_invite(const net::HttpRequest& request, const LinkSigner& links) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  Invite input;
  input.base_url = links.origin_of(request);
  auto& agent = input.invitation.agent;
  agent.name = body.required_string("name");
  agent.email = body.required_string("email");
  const auto role_name = body.optional_string("role");
  agent.has_seat = body.optional_bool("seat").value_or(agent.has_seat);
  agent.capacity = small_integer(body, "capacity").value_or(agent.capacity);
  agent.avatar = body.optional_string("avatar").value_or("");
  agent.external_id = body.optional_string("external_id").value_or("");
  input.invitation.client_id = client_id_of(request, body, nullptr);
  if (body.complaint()) return body.failure();
  const auto role = enum_of<chat::AgentRole>(role_name, "role");
  if (!role) return role.failure();
  agent.role = role->value_or(agent.role);
  return input;
}

// The token stands behind the #: browsers send that part to no server and write it to no log.
net::HttpResponse invited_answer(const chat::AgentInvited& invited, const std::string& base_url) {
  auto data = agent_json(invited.agent);
  data["invitation_link"] = base_url + "/console#invitation=" + invited.token;
  data["invited_until"] = to_iso8601(invited.expires_at);
  return answer(std::move(data));
}

struct InviteAgain {
  AgentId agent;
  std::string base_url;
};

Result<chat::UpdateAgent> decode_update(const net::HttpRequest& request) {
  const auto agent = id_of<AgentId>(request.param("id"), "Agent");
  if (!agent) return agent.failure();
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  body.require_any({"name", "email", "avatar", "role", "seat", "capacity", "deactivated"});
  chat::UpdateAgent input;
  input.agent = *agent;
  input.name = body.optional_string("name");
  input.email = body.optional_string("email");
  input.avatar = body.optional_string("avatar");
  const auto role_name = body.optional_string("role");
  input.has_seat = body.optional_bool("seat");
  input.capacity = small_integer(body, "capacity");
  input.deactivated = body.optional_bool("deactivated");
  if (body.complaint()) return body.failure();
  const auto role = enum_of<chat::AgentRole>(role_name, "role");
  if (!role) return role.failure();
  input.role = *role;
  return input;
}

net::HttpResponse encode_updated(const chat::Actor&, const chat::UpdateAgent&,
                                 const chat::Agent& agent) {
  return answer(agent_json(agent));
}

}  // namespace

void add_agent_calls(net::Router& router, const std::string& base, const Services& services) {
  using net::Method;
  const auto& links = services.links;
  router.add(Method::get, base + "/agent",
             serve(services, Endpoint<Ok, std::vector<chat::TeamMember>>{
                                 Callers::agents, Access::read, decode_list,
                                 [](chat::Transaction& transaction, const chat::Actor& actor,
                                    const Ok&) { return list_team(transaction, actor); },
                                 encode_list}));
  router.add(
      Method::post, base + "/agent",
      serve(services,
            Endpoint<Invite, chat::AgentInvited>{
                Callers::agents, Access::write,
                [&links](const net::HttpRequest& request) { return decode_invite(request, links); },
                [](chat::Transaction& transaction, const chat::Actor& actor, const Invite& input) {
                  return chat::invite_agent(transaction, actor, input.invitation);
                },
                [](const chat::Actor&, const Invite& input, const chat::AgentInvited& invited) {
                  return invited_answer(invited, input.base_url);
                }}));
  router.add(Method::post, base + "/agent/:id/invitation",
             serve(services, Endpoint<InviteAgain, chat::AgentInvited>{
                                 Callers::agents, Access::write,
                                 [&links](const net::HttpRequest& request) -> Result<InviteAgain> {
                                   const auto agent = id_of<AgentId>(request.param("id"), "Agent");
                                   if (!agent) return agent.failure();
                                   return InviteAgain{*agent, links.origin_of(request)};
                                 },
                                 [](chat::Transaction& transaction, const chat::Actor& actor,
                                    const InviteAgain& input) {
                                   return chat::invite_again(transaction, actor, input.agent);
                                 },
                                 [](const chat::Actor&, const InviteAgain& input,
                                    const chat::AgentInvited& invited) {
                                   return invited_answer(invited, input.base_url);
                                 }}));
  router.add(Method::patch, base + "/agent/:id",
             serve(services, Endpoint<chat::UpdateAgent, chat::Agent>{
                                 Callers::agents, Access::write, decode_update, chat::update_agent,
                                 encode_updated}));
}

}  // namespace parlor::dialects::admin
