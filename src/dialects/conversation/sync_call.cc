#include "dialects/conversation/sync_call.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "chat/sync.h"
#include "dialects/conversation/event_json.h"

namespace parlor::dialects::conversation {

namespace json = boost::json;

namespace {

using MaybeCursor = std::optional<chat::SyncCursor>;

Result<MaybeCursor> decode_sync(const net::HttpRequest& request) {
  const auto after = request.query().get("after");
  if (!after || after->empty()) return MaybeCursor();
  auto cursor = chat::decode_cursor(*after);
  if (!cursor) return cursor.failure();
  return MaybeCursor(std::move(*cursor));
}

net::HttpResponse encode_sync(const Links& links, const chat::Actor&, const MaybeCursor&,
                              const chat::SyncPage& page) {
  json::array events;
  events.reserve(page.changes.size());
  for (const auto& change : page.changes) {
    auto told = replayed_event(links, change);
    json::object event = {{"event", std::move(told.name)},
                          {"seq", change.seq},
                          {"room_id", to_hex(change.room)},
                          {"data", std::move(told.argument)}};
    if (std::holds_alternative<chat::RoomLost>(change.what)) event["access_lost"] = true;
    events.push_back(std::move(event));
  }
  const json::object body = {{"success", true},
                             {"events", std::move(events)},
                             {"cursor", chat::encode_cursor(page.cursor)},
                             {"more", page.more}};
  return net::HttpResponse::json(200, json::serialize(body));
}

}  // namespace

void add_sync_call(net::Router& router, const std::string& base, const Services& services) {
  router.add(net::Method::get, base + "/sync",
             serve(services, Endpoint<MaybeCursor, chat::SyncPage>{
                                 Callers::agents_or_visitors, Access::read, decode_sync, chat::sync,
                                 nullptr, nullptr, encode_sync}));
}

}  // namespace parlor::dialects::conversation
