#include "dialects/conversation/room_list_calls.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "chat/room_lists.h"
#include "dialects/common/decode.h"
#include "dialects/conversation/paging.h"
#include "dialects/conversation/room_json.h"

namespace parlor::dialects::conversation {

namespace json = boost::json;

namespace {

// filter[status]=open, or filter={"status":"open"}.
class Filter {
 public:
  static Result<Filter> of(const net::QueryParams& query) {
    Filter filter(query);
    const auto text = query.get("filter");
    if (!text || text->empty()) return filter;
    auto object = parse_json_object(*text);
    if (!object) return fail(ErrorCode::invalid, "filter: " + object.error().message);
    filter.object_ = std::move(*object);
    for (const auto& member : filter.object_) {
      if (!member.value().is_string() && !member.value().is_null()) {
        return fail(ErrorCode::invalid,
                    "filter." + std::string(member.key()) + " must be a string");
      }
    }
    return filter;
  }

  std::optional<std::string_view> get(std::string_view name) const {
    if (const auto text = query_.get("filter[" + std::string(name) + "]")) return text;
    const auto* value = object_.if_contains(name);
    if (!value || !value->is_string()) return std::nullopt;
    return std::string_view(value->get_string());
  }

 private:
  explicit Filter(const net::QueryParams& query) : query_(query) {}

  const net::QueryParams& query_;
  json::object object_;
};

Result<chat::RoomSort> decode_sort(std::optional<std::string_view> text) {
  if (!text || text->empty() || *text == "updated_at") return chat::RoomSort::updated_at;
  if (*text == "created_at") return chat::RoomSort::created_at;
  if (*text == "priority") return chat::RoomSort::priority;
  if (*text == "waiting") return chat::RoomSort::waiting;
  return fail(ErrorCode::invalid, "sort must be one of: created_at, updated_at, priority, waiting");
}

Result<Ok> decode_filter(const net::QueryParams& query, chat::ListRooms& input) {
  const auto filter = Filter::of(query);
  if (!filter) return filter.failure();
  const auto status = enum_of<chat::RoomStatus>(filter->get("status"), "filter[status]");
  if (!status) return status.failure();
  input.status = *status;
  const auto priority = enum_of<chat::Priority>(filter->get("priority"), "filter[priority]");
  if (!priority) return priority.failure();
  input.priority = *priority;
  if (const auto inbox = filter->get("inbox_id"); inbox && !inbox->empty()) {
    const auto id = id_of<InboxId>(*inbox, "Inbox");
    if (!id) return id.failure();
    input.inbox = *id;
  }
  const auto view = enum_of<chat::RoomView>(filter->get("view"), "filter[view]");
  if (!view) return view.failure();
  input.view = view->value_or(chat::RoomView::all);
  input.tag = filter->get("tag").value_or("");
  return Ok();
}

Result<chat::ListRooms> decode_list(const net::HttpRequest& request) {
  const auto& query = request.query();
  chat::ListRooms input;
  if (const auto paging = decode_paging(query, input); !paging) return paging.failure();
  if (const auto filter = decode_filter(query, input); !filter) return filter.failure();
  const auto sort = decode_sort(query.get("sort"));
  if (!sort) return sort.failure();
  input.sort = *sort;
  if (const auto agent = query.get("conversation_id"); agent && !agent->empty()) {
    const auto id = id_of<ConversationId>(*agent, "Agent");
    if (!id) return id.failure();
    input.of_agent = *id;
  }
  return input;
}

Result<chat::ListUserRooms> decode_user_list(const net::HttpRequest& request) {
  chat::ListUserRooms input;
  if (const auto paging = decode_paging(request.query(), input); !paging) return paging.failure();
  const auto verified = request.query().get("verified").value_or("false");
  if (verified != "true" && verified != "false") {
    return fail(ErrorCode::invalid, "verified must be true or false");
  }
  input.verified_only = verified == "true";
  return input;
}

net::HttpResponse encode_list(const chat::Actor&, const chat::ListRooms&,
                              const chat::RoomList& list) {
  json::array rooms;
  for (const auto& entry : list.rooms) rooms.push_back(room_entry_json(entry));
  return list_response(std::move(rooms), list);
}

net::HttpResponse encode_user_list(const chat::Actor&, const chat::ListUserRooms&,
                                   const chat::UserRoomList& list) {
  json::array rooms;
  for (const auto& entry : list.rooms) rooms.push_back(user_room_json(entry));
  return list_response(std::move(rooms), list);
}

}  // namespace

void add_room_list_calls(net::Router& router, const std::string& base, const Services& services) {
  router.add(net::Method::get, base + "/room",
             serve(services,
                   Endpoint<chat::ListRooms, chat::RoomList>{
                       Callers::agents, Access::read, decode_list, chat::list_rooms, encode_list}));
  router.add(net::Method::get, base + "/user/room",
             serve(services, Endpoint<chat::ListUserRooms, chat::UserRoomList>{
                                 Callers::visitors, Access::read, decode_user_list,
                                 chat::list_user_rooms, encode_user_list}));
}

}  // namespace parlor::dialects::conversation
