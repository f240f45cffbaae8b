#include "dialects/conversation/session_calls.h"

#include <boost/json/serialize.hpp>

#include "base/clock.h"
#include "chat/sessions.h"
#include "dialects/common/decode.h"

namespace parlor::dialects::conversation {

namespace json = boost::json;

namespace {

net::HttpResponse ok(const json::object& body) {
  return net::HttpResponse::json(200, json::serialize(body));
}

chat::Surroundings surroundings_in(JsonFields& body) {
  chat::Surroundings surroundings;
  surroundings.language = body.optional_string("language").value_or("");
  surroundings.timezone = body.optional_string("timezone").value_or("");
  surroundings.page = body.optional_string("page").value_or("");
  return surroundings;
}

struct OpenSessionAtSite {
  std::string support_token;
  std::string origin;
  chat::OpenSession session;
};

Result<OpenSessionAtSite> decode_open(const net::HttpRequest& request) {
  OpenSessionAtSite input;
  auto token = request.header("X-Support-Token");
  if (token.empty()) token = request.bearer_token();
  if (token.empty()) {
    return fail(ErrorCode::unauthenticated,
                "send the site's support token: X-Support-Token: <token>");
  }
  input.support_token = token;
  input.origin = request.origin();

  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  auto& session = input.session;
  session.device_id = body.required_string("device_id");
  session.name = body.optional_string("name").value_or("");
  session.email = body.optional_string("email").value_or("");
  session.phone = body.optional_string("phone").value_or("");
  session.identifier = body.optional_string("identifier").value_or("");
  session.identifier_hash = body.optional_string("identifier_hash").value_or("");
  session.address = request.client_address;
  session.surroundings = surroundings_in(body);
  if (body.complaint()) return body.failure();
  return input;
}

Result<chat::SessionOpened> open_session_at_site(chat::Transaction& transaction, const chat::Actor&,
                                                 const OpenSessionAtSite& input) {
  const auto site = chat::authenticate_site(transaction, input.support_token, input.origin);
  if (!site) return site.failure();
  return chat::open_session(transaction, *site, input.session);
}

net::HttpResponse encode_opened(const chat::Actor&, const OpenSessionAtSite&,
                                const chat::SessionOpened& opened) {
  return ok({{"success", true},
             {"session", json::object{{"session_id", opened.session_id},
                                      {"conversation_id", to_hex(opened.contact.conversation)},
                                      {"contact_id", to_hex(opened.contact.id)},
                                      {"verified", opened.verified},
                                      {"expires_at", to_iso8601(opened.expires_at)}}}});
}

Result<chat::VisitorCredentials> decode_end(const net::HttpRequest& request) {
  return visitor_credentials(request);
}

net::HttpResponse encode_ended(const chat::Actor&, const chat::VisitorCredentials&, const Ok&) {
  return ok({{"success", true}});
}

Result<chat::UpdateSession> decode_update(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  chat::UpdateSession input{visitor_credentials(request), surroundings_in(body)};
  if (body.complaint()) return body.failure();
  return input;
}

net::HttpResponse encode_updated(const chat::Actor&, const chat::UpdateSession&, const Ok&) {
  return ok({{"success", true}});
}

}  // namespace

void add_session_calls(net::Router& router, const std::string& base, const Services& services) {
  using net::Method;
  router.add(Method::post, base + "/session",
             serve(services, Endpoint<OpenSessionAtSite, chat::SessionOpened>{
                                 Callers::anyone, Access::write, decode_open, open_session_at_site,
                                 encode_opened}));
  router.add(Method::patch, base + "/session",
             serve(services, Endpoint<chat::UpdateSession, Ok>{
                                 Callers::anyone, Access::write, decode_update,
                                 [](chat::Transaction& transaction, const chat::Actor&,
                                    const chat::UpdateSession& input) {
                                   return chat::update_session(transaction, input);
                                 },
                                 encode_updated}));
  router.add(Method::del, base + "/session",
             serve(services, Endpoint<chat::VisitorCredentials, Ok>{
                                 Callers::anyone, Access::write, decode_end,
                                 [](chat::Transaction& transaction, const chat::Actor&,
                                    const chat::VisitorCredentials& credentials) {
                                   return chat::end_session(transaction, credentials);
                                 },
                                 encode_ended}));
}

}  // namespace parlor::dialects::conversation
