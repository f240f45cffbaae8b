#include "dialects/common/login.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "base/clock.h"
#include "chat/names.h"

namespace parlor::dialects {

net::HttpResponse encode_logged_in(const LoggedIn& logged_in) {
  const auto& agent = logged_in.agent;
  const boost::json::object body = {
      {"token", logged_in.token},
      {"expires_at", to_iso8601(logged_in.expires_at)},
      {"agent", boost::json::object{{"_id", to_hex(agent.id)},
                                    {"conversation_id", to_hex(agent.conversation)},
                                    {"name", agent.name},
                                    {"email", agent.email},
                                    {"role", chat::name_of(agent.role)}}}};
  return net::HttpResponse::json(200, boost::json::serialize(body));
}

}  // namespace parlor::dialects
