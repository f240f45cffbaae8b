#include "dialects/admin/audit_calls.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <charconv>

#include "base/clock.h"
#include "chat/audit.h"
#include "dialects/admin/answer.h"
#include "dialects/common/decode.h"

namespace parlor::dialects::admin {

namespace json = boost::json;

namespace {

Result<chat::ListAudit> decode_list(const net::HttpRequest& request) {
  const auto& query = request.query();
  chat::ListAudit input;
  const auto limit = integer_of(query.get("limit"), "limit");
  if (!limit) return limit.failure();
  input.limit = limit->value_or(input.limit);
  const auto cursor = query.get("cursor").value_or("");
  if (cursor.empty()) return input;
  const auto* end = cursor.data() + cursor.size();
  const auto parsed = std::from_chars(cursor.data(), end, input.before);
  if (parsed.ec != std::errc() || parsed.ptr != end || input.before < 1) {
    return fail(ErrorCode::invalid, "cursor must be the cursor of an earlier answer");
  }
  return input;
}

json::object entry_json(const chat::AuditEntry& entry) {
  json::array changes;
  for (const auto& change : entry.changes) {
    changes.push_back(
        json::object{{"field", change.field}, {"from", change.from}, {"to", change.to}});
  }
  json::value actor_id = nullptr;
  if (entry.actor) actor_id = to_hex(entry.actor);
  const auto kind = entry.action.substr(0, entry.action.find('.'));
  return {
      {"number", entry.number},
      {"at", to_iso8601(entry.at)},
      {"actor", json::object{{"conversation_id", actor_id}, {"name", entry.actor_name}}},
      {"action", entry.action},
      {"subject",
       json::object{{"kind", kind}, {"_id", to_hex(entry.subject)}, {"name", entry.subject_name}}},
      {"changes", std::move(changes)}};
}

net::HttpResponse encode_list(const chat::Actor&, const chat::ListAudit&,
                              const chat::AuditPage& page) {
  json::array entries;
  for (const auto& entry : page.entries) entries.push_back(entry_json(entry));
  json::value cursor = nullptr;
  if (page.more) cursor = std::to_string(page.entries.back().number);
  return answer(json::object{{"entries", std::move(entries)}, {"cursor", cursor}});
}

}  // namespace

void add_audit_calls(net::Router& router, const std::string& base, const Services& services) {
  router.add(net::Method::get, base + "/audit",
             serve(services,
                   Endpoint<chat::ListAudit, chat::AuditPage>{
                       Callers::agents, Access::read, decode_list, chat::list_audit, encode_list}));
}

}  // namespace parlor::dialects::admin
