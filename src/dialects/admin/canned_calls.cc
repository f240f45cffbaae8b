#include "dialects/admin/canned_calls.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/clock.h"
#include "chat/canned_replies.h"
#include "dialects/admin/answer.h"
#include "dialects/common/decode.h"

namespace parlor::dialects::admin {

namespace json = boost::json;

namespace {

json::object canned_json(const chat::CannedReply& canned) {
  json::value inbox = nullptr;
  if (canned.inbox) inbox = to_hex(canned.inbox);
  return {{"_id", to_hex(canned.id)},
          {"short_code", canned.short_code},
          {"text", canned.text},
          {"inbox_id", inbox},
          {"created_at", to_iso8601(canned.created_at)},
          {"updated_at", to_iso8601(canned.updated_at)}};
}

Result<CannedReplyId> decode_id(const net::HttpRequest& request) {
  return id_of<CannedReplyId>(request.param("id"), "Canned reply");
}

Result<chat::ListCanned> decode_list(const net::HttpRequest& request) {
  const auto& query = request.query();
  chat::ListCanned input;
  if (const auto text = query.get("inbox_id"); text && !text->empty()) {
    const auto inbox = id_of<InboxId>(*text, "Inbox");
    if (!inbox) return inbox.failure();
    input.inbox = *inbox;
  }
  if (const auto text = query.get("room_id"); text && !text->empty()) {
    const auto room = id_of<RoomId>(*text, "Room");
    if (!room) return room.failure();
    input.room = *room;
  }
  return input;
}

net::HttpResponse encode_list(const chat::Actor&, const chat::ListCanned&,
                              const std::vector<chat::CannedView>& views) {
  json::array list;
  for (const auto& view : views) {
    auto entry = canned_json(view.canned);
    if (view.rendered) entry["rendered"] = *view.rendered;
    list.push_back(std::move(entry));
  }
  return answer(std::move(list));
}

// Absent: nothing. Null: every inbox, 0.
Result<std::optional<InboxId>> decode_inbox(const json::object& object, JsonFields& body) {
  const auto text = body.optional_string("inbox_id");
  if (body.complaint()) return body.failure();
  if (!text) return object.contains("inbox_id") ? std::optional(InboxId{}) : std::nullopt;
  const auto inbox = id_of<InboxId>(*text, "Inbox");
  if (!inbox) return inbox.failure();
  return std::optional(*inbox);
}

Result<chat::CreateCanned> decode_create(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  chat::CreateCanned input;
  input.short_code = body.required_string("short_code");
  input.text = body.required_string("text");
  input.client_id = client_id_of(request, body, nullptr);
  const auto inbox = decode_inbox(*object, body);
  if (!inbox) return inbox.failure();
  input.inbox = *inbox;
  return input;
}

net::HttpResponse encode_created(const chat::Actor&, const chat::CreateCanned&,
                                 const chat::CannedReply& canned) {
  return answer(canned_json(canned));
}

Result<chat::UpdateCanned> decode_update(const net::HttpRequest& request) {
  const auto id = decode_id(request);
  if (!id) return id.failure();
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  body.require_any({"short_code", "text", "inbox_id"});
  chat::UpdateCanned input;
  input.canned = *id;
  input.short_code = body.optional_string("short_code");
  input.text = body.optional_string("text");
  const auto inbox = decode_inbox(*object, body);
  if (!inbox) return inbox.failure();
  input.inbox = *inbox;
  return input;
}

net::HttpResponse encode_updated(const chat::Actor&, const chat::UpdateCanned&,
                                 const chat::CannedReply& canned) {
  return answer(canned_json(canned));
}

net::HttpResponse encode_deleted(const chat::Actor&, const CannedReplyId&,
                                 const chat::CannedReply& canned) {
  return answer(canned_json(canned));
}

}  // namespace

void add_canned_calls(net::Router& router, const std::string& base, const Services& services) {
  using net::Method;
  router.add(Method::get, base + "/canned",
             serve(services, Endpoint<chat::ListCanned, std::vector<chat::CannedView>>{
                                 Callers::agents, Access::read, decode_list, chat::list_canned,
                                 encode_list}));
  router.add(Method::post, base + "/canned",
             serve(services, Endpoint<chat::CreateCanned, chat::CannedReply>{
                                 Callers::agents, Access::write, decode_create, chat::create_canned,
                                 encode_created}));
  router.add(Method::patch, base + "/canned/:id",
             serve(services, Endpoint<chat::UpdateCanned, chat::CannedReply>{
                                 Callers::agents, Access::write, decode_update, chat::update_canned,
                                 encode_updated}));
  router.add(Method::del, base + "/canned/:id",
             serve(services, Endpoint<CannedReplyId, chat::CannedReply>{
                                 Callers::agents, Access::write, decode_id,
                                 [](chat::Transaction& transaction, const chat::Actor& actor,
                                    const CannedReplyId& id) {
                                   return chat::delete_canned(transaction, actor, id);
                                 },
                                 encode_deleted}));
}

}  // namespace parlor::dialects::admin
