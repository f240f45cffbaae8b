#include "dialects/conversation/bulk_call.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "chat/access.h"
#include "chat/rooms.h"
#include "dialects/common/call.h"
#include "dialects/common/decode.h"
#include "dialects/conversation/room_json.h"

namespace parlor::dialects::conversation {

namespace json = boost::json;

namespace {

struct BulkChange {
  std::vector<std::string> rooms;  // as they were written: one answer for each
  chat::ChangeRoom change;         // but for its room
};

// `assignee` is an agent's id, or a list of them; an empty list unassigns.
Result<std::optional<std::vector<ConversationId>>> decode_assignee(JsonFields& body,
                                                                   const json::object& object) {
  std::optional<std::vector<std::string>> texts;
  const auto* assignee = object.if_contains("assignee");
  if (assignee && assignee->is_string()) {
    texts = {std::string(assignee->get_string())};
  } else {
    texts = body.optional_strings("assignee");
  }
  if (!texts) return std::optional<std::vector<ConversationId>>();
  std::vector<ConversationId> agents;
  for (const auto& text : *texts) {
    const auto agent = id_of<ConversationId>(text, "Agent");
    if (!agent) return agent.failure();
    agents.push_back(*agent);
  }
  return std::optional(std::move(agents));
}

Result<std::vector<std::string>> decode_rooms(JsonFields& body) {
  auto rooms = body.optional_strings("room_ids");
  if (!rooms) body.complain("room_ids", "is required: an array of rooms' ids");
  if (body.complaint()) return body.failure();
  if (rooms->empty() || rooms->size() > chat::kMaxBulkRooms) {
    return fail(ErrorCode::invalid,
                "room_ids must name 1 to " + std::to_string(chat::kMaxBulkRooms) + " rooms");
  }
  return std::move(*rooms);
}

Result<BulkChange> decode_bulk(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  BulkChange bulk;
  const auto status_name = body.optional_string("status");
  const auto priority_name = body.optional_string("priority");
  bulk.change.tags = body.optional_strings("tags");
  bulk.change.client_id = client_id_of(request, body, nullptr);
  auto agents = decode_assignee(body, *object);
  auto rooms = decode_rooms(body);
  if (!rooms) return rooms.failure();
  if (!agents) return agents.failure();
  bulk.rooms = std::move(*rooms);
  bulk.change.agents = std::move(*agents);
  const auto status = enum_of<chat::RoomStatus>(status_name, "status");
  if (!status) return status.failure();
  bulk.change.status = *status;
  const auto priority = enum_of<chat::Priority>(priority_name, "priority");
  if (!priority) return priority.failure();
  bulk.change.priority = *priority;
  const auto& change = bulk.change;
  if (!change.status && !change.priority && !change.agents && !change.tags) {
    return fail(ErrorCode::invalid, "At least one of status, priority, assignee, tags is required");
  }
  return bulk;
}

net::HttpResponse encode_changed(const chat::Actor&, const chat::ChangeRoom&,
                                 const chat::Room& room) {
  const json::object data = {{"status", chat::name_of(room.status)},
                             {"priority", chat::name_of(room.priority)},
                             {"assignees", assignees_json(room)},
                             {"tags", json::array(room.tags.begin(), room.tags.end())},
                             {"updated_at", to_iso8601(room.updated_at)}};
  return net::HttpResponse::json(200,
                                 json::serialize(json::object{{"success", true}, {"data", data}}));
}

// The answers as they come in, from threads of the store; the last one sends them all.
class BulkAnswer {
 public:
  BulkAnswer(std::vector<std::string> rooms, net::Responder respond)
      : rooms_(std::move(rooms)),
        answers_(rooms_.size()),
        missing_(rooms_.size()),
        respond_(std::move(respond)) {}

  void put(std::size_t at, const net::HttpResponse& response) {
    const std::lock_guard lock(mutex_);
    auto answer = parse_json_object(response.body);
    json::object object = {{"room_id", rooms_[at]}, {"code", response.status}};
    if (answer) object.insert(answer->begin(), answer->end());
    answers_[at] = std::move(object);
    if (--missing_ > 0) return;
    json::array all(answers_.begin(), answers_.end());
    respond_(net::HttpResponse::json(
        200, json::serialize(json::object{{"success", true}, {"data", std::move(all)}})));
  }

 private:
  std::mutex mutex_;
  const std::vector<std::string> rooms_;
  std::vector<json::object> answers_;
  std::size_t missing_;
  net::Responder respond_;
};

void change_one(const Services& services, const Caller& caller, const BulkChange& bulk,
                const std::shared_ptr<BulkAnswer>& answer, std::size_t at) {
  const auto room = id_of<RoomId>(bulk.rooms[at], "Room");
  if (!room) return answer->put(at, services.encode_error(room.error()));
  auto change = bulk.change;
  change.room = *room;
  services.pipeline.execute(
      make_call(CallParts<net::HttpResponse, chat::ChangeRoom, chat::Room>{
          Access::write, caller, std::move(change), chat::change_room, encode_changed,
          services.encode_error, sizeof(BulkChange), nullptr}),
      net::Responder::to(
          [answer, at](const net::HttpResponse& response) { answer->put(at, response); }));
}

// A bulk change on its way, until its caller is known.
struct Waiting {
  Caller caller;
  BulkChange bulk;
  net::Responder respond;
};

void change_all(const Services& services, Waiting& waiting) {
  const auto answer = std::make_shared<BulkAnswer>(waiting.bulk.rooms, std::move(waiting.respond));
  for (std::size_t at = 0; at < waiting.bulk.rooms.size(); ++at) {
    change_one(services, waiting.caller, waiting.bulk, answer, at);
  }
}

// Who may not call at all is told so once, and not for each room.
Result<Ok> may_call(chat::Transaction&, const chat::Actor& actor, const Ok&) {
  return chat::require_team(actor);
}

net::HttpResponse encode_may_call(const chat::Actor&, const Ok&, const Ok&) {
  return net::HttpResponse::empty(200);
}

void serve_bulk(const Services& services, Caller caller, const net::HttpRequest& request,
                net::Responder respond) {
  auto bulk = decode_bulk(request);
  if (!bulk) return refuse(services, std::move(caller), bulk.error(), std::move(respond));
  const auto waiting =
      std::make_shared<Waiting>(Waiting{caller, std::move(*bulk), std::move(respond)});
  services.pipeline.execute(make_call(CallParts<net::HttpResponse, Ok, Ok>{
                                Access::read, std::move(caller), Ok(), may_call, encode_may_call,
                                services.encode_error, 0, nullptr}),
                            net::Responder::to([&services, waiting](net::HttpResponse response) {
                              if (response.status != 200)
                                return waiting->respond(std::move(response));
                              change_all(services, *waiting);
                            }));
}

}  // namespace

void add_bulk_call(net::Router& router, const std::string& base, const Services& services) {
  router.add(net::Method::post, base + "/room/bulk",
             [&services](net::HttpRequest request, net::Responder respond) {
               identify(services, Callers::agents, std::move(request), std::move(respond),
                        [&services](Caller caller, net::HttpRequest asked, net::Responder answer) {
                          serve_bulk(services, std::move(caller), asked, std::move(answer));
                        });
             });
}

}  // namespace parlor::dialects::conversation
