#include "dialects/admin/integration_calls.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/clock.h"
#include "chat/integrations.h"
#include "dialects/admin/answer.h"
#include "dialects/common/decode.h"

namespace parlor::dialects::admin {

namespace json = boost::json;

namespace {

json::object integration_json(const chat::Integration& integration) {
  return {{"_id", to_hex(integration.id)},
          {"name", integration.name},
          {"created_at", to_iso8601(integration.created_at)}};
}

Result<Ok> decode_list(const net::HttpRequest&) { return Ok(); }

net::HttpResponse encode_list(const chat::Actor&, const Ok&,
                              const std::vector<chat::Integration>& integrations) {
  json::array list;
  for (const auto& integration : integrations) list.push_back(integration_json(integration));
  return answer(std::move(list));
}

Result<chat::CreateIntegration> decode_create(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  chat::CreateIntegration input;
  input.name = body.required_string("name");
  input.client_id = client_id_of(request, body, nullptr);
  if (body.complaint()) return body.failure();
  return input;
}

net::HttpResponse encode_created(const chat::Actor&, const chat::CreateIntegration&,
                                 const chat::IntegrationCreated& created) {
  auto data = integration_json(created.integration);
  data["key"] = created.key;
  return answer(std::move(data));
}

Result<IntegrationId> decode_delete(const net::HttpRequest& request) {
  return id_of<IntegrationId>(request.param("id"), "Integration");
}

net::HttpResponse encode_deleted(const chat::Actor&, const IntegrationId&,
                                 const chat::Integration& integration) {
  return answer(integration_json(integration));
}

}  // namespace

void add_integration_calls(net::Router& router, const std::string& base, const Services& services) {
  using net::Method;
  router.add(Method::get, base + "/integration",
             serve(services, Endpoint<Ok, std::vector<chat::Integration>>{
                                 Callers::agents, Access::read, decode_list,
                                 [](chat::Transaction& transaction, const chat::Actor& actor,
                                    const Ok&) { return list_integrations(transaction, actor); },
                                 encode_list}));
  router.add(Method::post, base + "/integration",
             serve(services, Endpoint<chat::CreateIntegration, chat::IntegrationCreated>{
                                 Callers::agents, Access::write, decode_create,
                                 chat::create_integration, encode_created}));
  router.add(Method::del, base + "/integration/:id",
             serve(services, Endpoint<IntegrationId, chat::Integration>{
                                 Callers::agents, Access::write, decode_delete,
                                 [](chat::Transaction& transaction, const chat::Actor& actor,
                                    const IntegrationId& id) {
                                   return chat::delete_integration(transaction, actor, id);
                                 },
                                 encode_deleted}));
}

}  // namespace parlor::dialects::admin
