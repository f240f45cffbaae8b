#include "dialects/admin/token_calls.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/clock.h"
#include "chat/support_tokens.h"
#include "dialects/admin/answer.h"
#include "dialects/common/decode.h"

namespace parlor::dialects::admin {

namespace json = boost::json;

namespace {

json::object token_json(const chat::SupportToken& token) {
  json::value last_seen = nullptr;
  if (token.last_seen.ms != 0) last_seen = to_iso8601(token.last_seen);
  return {{"_id", to_hex(token.id)},
          {"name", token.name},
          {"domain", json::array(token.domains.begin(), token.domains.end())},
          {"scopes", json::array(token.scopes.begin(), token.scopes.end())},
          {"expiry_time", token.expires_at.ms},
          {"last_seen", last_seen},
          {"created_at", to_iso8601(token.created_at)}};
}

Result<Ok> decode_list(const net::HttpRequest&) { return Ok(); }

net::HttpResponse encode_list(const chat::Actor&, const Ok&,
                              const std::vector<chat::SiteView>& sites) {
  json::array list;
  for (const auto& site : sites) {
    auto entry = token_json(site.token);
    entry["expired"] = site.is_expired;
    entry["ends_soon"] = site.ends_soon;
    list.push_back(std::move(entry));
  }
  return answer(std::move(list));
}

// `domain` is one host or a list of them.
std::vector<std::string> decode_domains(const json::object& object, JsonFields& body) {
  const auto* domain = object.if_contains("domain");
  if (domain && domain->is_array())
    return body.optional_strings("domain").value_or(std::vector<std::string>());
  const auto one = body.optional_string("domain").value_or("");
  if (one.empty()) return {};
  return {one};
}

Result<chat::CreateSupportToken> decode_create(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  chat::CreateSupportToken input;
  input.domains = decode_domains(*object, body);
  input.scopes = body.optional_strings("scopes").value_or(std::vector<std::string>());
  input.expires_at = Timestamp{body.optional_integer("expiry_time").value_or(0)};
  input.name = body.optional_string("name").value_or("");
  if (input.name.empty()) input.name = input.domains.empty() ? "any site" : input.domains.front();
  input.client_id = client_id_of(request, body, nullptr);
  if (body.complaint()) return body.failure();
  return input;
}

net::HttpResponse encode_created(const chat::Actor&, const chat::CreateSupportToken&,
                                 const chat::SupportTokenCreated& created) {
  auto data = token_json(created.token);
  data.erase("last_seen");  // nobody has used it yet
  data["token"] = created.secret;
  return answer(std::move(data));
}

Result<SupportTokenId> decode_id(const net::HttpRequest& request) {
  return id_of<SupportTokenId>(request.param("id"), "Support token");
}

net::HttpResponse encode_revoked(const chat::Actor&, const SupportTokenId&,
                                 const chat::SupportToken& token) {
  return answer(token_json(token));
}

}  // namespace

void add_token_calls(net::Router& router, const std::string& base, const Services& services) {
  using net::Method;
  router.add(Method::get, base + "/token",
             serve(services, Endpoint<Ok, std::vector<chat::SiteView>>{
                                 Callers::agents, Access::read, decode_list,
                                 [](chat::Transaction& transaction, const chat::Actor& actor,
                                    const Ok&) { return list_sites(transaction, actor); },
                                 encode_list}));
  router.add(Method::post, base + "/token",
             serve(services, Endpoint<chat::CreateSupportToken, chat::SupportTokenCreated>{
                                 Callers::agents, Access::write, decode_create,
                                 chat::create_support_token, encode_created}));
  router.add(Method::del, base + "/token/:id",
             serve(services, Endpoint<SupportTokenId, chat::SupportToken>{
                                 Callers::agents, Access::write, decode_id,
                                 [](chat::Transaction& transaction, const chat::Actor& actor,
                                    const SupportTokenId& id) {
                                   return chat::revoke_support_token(transaction, actor, id);
                                 },
                                 encode_revoked}));
}

}  // namespace parlor::dialects::admin
