#include "dialects/order/import_fields.h"

#include <boost/json/serialize.hpp>

#include "chat/order_rules.h"
#include "chat/utf8.h"
#include "dialects/order/iso_time.h"
#include "dialects/order/order_fields.h"

namespace parlor::dialects::order {
namespace {

namespace json = boost::json;

constexpr std::size_t kHexIdCharacters = 24;

// A database's object id, in lower case.
std::string source_id_of(JsonFields& fields) {
  auto id = chat::lower_case(fields.required_string("_id"));
  const bool is_hex = id.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (id.size() != kHexIdCharacters || !is_hex) {
    fields.complain("_id", "must have 24 hexadecimal digits");
  }
  return id;
}

std::optional<Timestamp> optional_time(JsonFields& fields, std::string_view name) {
  const auto text = fields.optional_string(name);
  if (!text) return std::nullopt;
  const auto time = parse_iso8601(*text);
  if (!time) fields.complain(name, "must be a time like 2023-03-24T09:53:33.984Z");
  return time;
}

Timestamp required_time(JsonFields& fields, std::string_view name) {
  if (!fields.has(name)) fields.complain(name, "is required");
  return optional_time(fields, name).value_or(Timestamp{});
}

// `name` says in which room the record is.
void check_room(JsonFields& fields, std::string_view name, const ImportedRoom& room) {
  if (!fields.has(name)) return;
  if (chat::lower_case(optional_id(fields, name)) != room.order.source_id) {
    fields.complain(name, "is the _id of another room than the one that it stands in");
  }
}

// What a record says otherwise than it would be shown.
class SaidOtherwise {
 public:
  explicit SaidOtherwise(JsonFields& fields) : fields_(fields) {}

  void text(std::string_view name, const std::string& shown) {
    if (!fields_.has(name)) return;
    const auto said = optional_id(fields_, name, chat::kMaxOrderPersonCharacters);
    if (said != shown) kept_[name] = said;
  }
  // Shown only when there is something to show.
  void optional(std::initializer_list<std::string_view> names) {
    for (const auto name : names) {
      const auto said = fields_.optional_text(name);
      if (said && said->empty()) kept_[name] = "";
    }
  }
  void flag(std::string_view name, bool shown) {
    const auto said = fields_.optional_bool(name);
    if (said && *said != shown) kept_[name] = *said;
  }
  void version() {
    const auto said = fields_.optional_integer("__v");
    if (said && *said != 0) kept_["__v"] = *said;
  }
  // What participants and messages repeat of their room.
  void room_keys(const chat::OrderRoom& room) {
    text("room_name", room.name);
    text("vendor_id", room.vendor_id);
    text("vendor_user_id", room.vendor_user_id);
    text("order_user_id", room.order_user_id);
    text("order_vendor_id", room.order_vendor_id);
  }
  std::string as_json() const { return kept_.empty() ? std::string() : json::serialize(kept_); }

 private:
  JsonFields& fields_;
  json::object kept_;
};

std::string said_of(JsonFields& fields, const chat::OrderMessage& order,
                    const chat::OrderRoom& room) {
  auto shown = order;
  chat::complete_direction(shown, room);
  SaidOtherwise otherwise(fields);
  otherwise.room_keys(room);
  otherwise.text("auth_user_id", order.author.user_id);
  otherwise.text("agent_id", "");
  otherwise.optional({"agent_id", "sub_domain", "mediaUrl", "thumbnailUrl", "mediaType"});
  if (fields.is_bool("is_media") && !order.is_media) otherwise.flag("is_media", true);
  otherwise.text("to_message", shown.to_message);
  otherwise.text("from_message", shown.from_message);
  otherwise.text("to_id", shown.to_id);
  otherwise.text("from_id", shown.from_id);
  // Beside a link that the console cannot show it is the text there.
  if (fields.optional_string("message") == "") otherwise.text("message", order.media_url);
  otherwise.version();
  return otherwise.as_json();
}

}  // namespace

ImportedRoom read_imported_room(JsonFields& fields) {
  auto source_id = source_id_of(fields);
  ImportedRoom room;
  room.order = read_room(fields);
  room.order.source_id = std::move(source_id);
  if (room.order.name.empty()) room.order.name = chat::default_room_name(room.order);
  room.order.created_at = required_time(fields, "created_date");
  room.order.updated_at = optional_time(fields, "updated_date").value_or(Timestamp{});
  room.is_open = fields.optional_bool("status").value_or(true);
  SaidOtherwise otherwise(fields);
  otherwise.version();
  room.order.as_imported = otherwise.as_json();
  return room;
}

chat::OrderParticipant read_imported_participant(JsonFields& fields, const ImportedRoom& room) {
  chat::OrderParticipant participant;
  participant.source_id = source_id_of(fields);
  check_room(fields, "room_id", room);
  participant.person = read_person(fields);
  participant.created_at = required_time(fields, "created_date");
  participant.updated_at = optional_time(fields, "updated_date").value_or(participant.created_at);
  SaidOtherwise otherwise(fields);
  otherwise.flag("status", true);
  otherwise.optional({"sub_domain"});
  otherwise.room_keys(room.order);
  otherwise.text("auth_user_id", participant.person.user_id);
  otherwise.version();
  participant.as_imported = otherwise.as_json();
  return participant;
}

chat::ImportedOrderMessage read_imported_message(JsonFields& fields, const ImportedRoom& room) {
  chat::ImportedOrderMessage imported;
  auto source_id = source_id_of(fields);
  check_room(fields, "room", room);
  auto& order = imported.order;
  // In a message the author's id has names of its own.
  order = read_message(fields, fields.has("from_user_id") ? "from_user_id" : "auth_user_id");
  order.source_id = std::move(source_id);
  order.to_id = optional_id(fields, "to_id");
  order.from_id = optional_id(fields, "from_id");
  order.created_at = required_time(fields, "created_date");
  order.as_imported = said_of(fields, order, room.order);
  imported.text = fields.optional_string("message").value_or("");
  const auto characters = chat::count_characters(imported.text);
  if (characters.value_or(0) > chat::kMaxContentCharacters) {
    fields.complain("message", "must have at most " + std::to_string(chat::kMaxContentCharacters) +
                                   " characters");
  }
  if (imported.text.empty() && order.media_url.empty()) fields.complain("message", "is required");
  return imported;
}

}  // namespace parlor::dialects::order
