#include "dialects/conversation/availability_call.h"

#include <boost/json/serialize.hpp>

#include "base/clock.h"
#include "chat/availability.h"
#include "dialects/common/decode.h"

namespace parlor::dialects::conversation {
namespace {

namespace json = boost::json;

Result<chat::SetAvailability> decode_availability(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  const auto name = body.required_string("status");
  chat::SetAvailability input;
  input.pinned = body.optional_bool("pinned");
  if (body.complaint()) return body.failure();
  const auto status = chat::parse_name<chat::Availability>(name);
  if (!status) return not_allowed("status", chat::allowed_names<chat::Availability>());
  input.status = *status;
  return input;
}

net::HttpResponse encode_availability(const chat::Actor&, const chat::SetAvailability&,
                                      const chat::AgentAvailability& now) {
  const json::object data = {{"_id", to_hex(now.agent.id)},
                             {"conversation_id", to_hex(now.agent.conversation)},
                             {"status", chat::name_of(now.agent.availability)},
                             {"pinned", now.presence.pinned}};
  return net::HttpResponse::json(200,
                                 json::serialize(json::object{{"success", true}, {"data", data}}));
}

}  // namespace

void add_availability_call(net::Router& router, const std::string& base, const Services& services) {
  router.add(net::Method::patch, base + "/agent/availability",
             serve(services, Endpoint<chat::SetAvailability, chat::AgentAvailability>{
                                 Callers::agents, Access::write, decode_availability,
                                 chat::set_availability, encode_availability}));
}

}  // namespace parlor::dialects::conversation
