#include "load/parlor_site.h"

#include <boost/json/parse.hpp>
#include <boost/json/value_to.hpp>

#include "load/process.h"

namespace parlor::bench {
namespace {

constexpr std::string_view kBase = "/api/conversation-v2/support";

std::string text_of(const boost::json::value& value) {
  return boost::json::value_to<std::string>(value);
}

}  // namespace

DemoAccount demo_account(const std::string& parlor, const std::string& data) {
  const auto demo = boost::json::parse(output_of({parlor, "demo", "--data-dir", data}));
  const auto key = [&](std::string_view name) { return text_of(demo.as_object().at(name)); };
  return {key("account_id"), key("inbox_id"), key("admin_jwt"), key("agent_jwt"),
          key("support_token")};
}

std::vector<Visitor> open_sessions(HttpClient& http, const DemoAccount& account,
                                   std::size_t count) {
  const std::string target = std::string(kBase) + "/session";
  std::vector<Visitor> visitors;
  for (std::size_t n = 0; n < count; ++n) {
    const std::string device = "device-" + std::to_string(n);
    const auto answer =
        http.post(target, {"X-Support-Token: " + account.support_token}, {{"device_id", device}});
    visitors.push_back({device, text_of(answer.at("session").at("session_id"))});
  }
  return visitors;
}

std::vector<std::string> open_rooms(HttpClient& http, const DemoAccount& account,
                                    const std::vector<Visitor>& visitors, std::size_t count) {
  const std::string target = std::string(kBase) + "/user/room";
  std::vector<std::string> rooms;
  for (std::size_t n = 0; n < count; ++n) {
    const Visitor& visitor = visitors.at(n % visitors.size());
    const auto answer =
        http.post(target,
                  {"X-Support-Token: " + account.support_token,
                   "X-Support-Session: " + visitor.session_id, "X-Device-Id: " + visitor.device_id},
                  {{"inbox_id", account.inbox_id},
                   {"description", "My order has not arrived yet, please help"}});
    rooms.push_back(text_of(answer.at("result").at("id")));
  }
  return rooms;
}

}  // namespace parlor::bench
