#include "dialects/order/order_fields.h"

#include "chat/names.h"
#include "chat/order_rules.h"
#include "chat/utf8.h"

namespace parlor::dialects::order {
namespace {

void check_length(JsonFields& fields, std::string_view name, std::string_view text,
                  std::size_t max_characters) {
  if (chat::count_characters(text).value_or(0) <= max_characters) return;
  fields.complain(name, "must have at most " + std::to_string(max_characters) + " characters");
}

template <class Enum>
std::optional<Enum> one_of(JsonFields& fields, std::string_view name, std::string_view written) {
  const auto value = chat::parse_name<Enum>(written);
  if (!value) {
    fields.complain(name, "must be one of: " + std::string(chat::allowed_names<Enum>()));
  }
  return value;
}

// true, 1 and "1" are all said of the same thing.
bool optional_flag(JsonFields& fields, std::string_view name) {
  if (fields.is_bool(name)) return fields.optional_bool(name).value_or(false);
  const auto text = chat::lower_case(optional_id(fields, name));
  if (text.empty() || text == "0" || text == "false") return false;
  if (text == "1" || text == "true") return true;
  fields.complain(name, "must be true or false");
  return false;
}

chat::OrderRoomType type_of(JsonFields& fields) {
  if (!fields.has("type")) fields.complain("type", "is required");
  return optional_type(fields, "type").value_or(chat::OrderRoomType::agent_to_user);
}

}  // namespace

std::string optional_id(JsonFields& fields, std::string_view name, std::size_t max_characters) {
  auto text = fields.optional_text(name).value_or("");
  check_length(fields, name, text, max_characters);
  return text;
}

std::string required_id(JsonFields& fields, std::string_view name) {
  auto text = optional_id(fields, name);
  if (text.empty()) fields.complain(name, "is required");
  return text;
}

std::string optional_line(JsonFields& fields, std::string_view name, std::size_t max_characters) {
  auto text = fields.optional_string(name).value_or("");
  check_length(fields, name, text, max_characters);
  return text;
}

std::optional<chat::OrderRoomType> optional_type(JsonFields& fields, std::string_view name) {
  const auto written = fields.optional_string(name);
  if (!written) return std::nullopt;
  const auto type = chat::parse_order_room_type(*written);
  if (!type) {
    fields.complain(name,
                    "must be one of: " + std::string(chat::allowed_names<chat::OrderRoomType>()));
  }
  return type;
}

chat::OrderRoom read_room(JsonFields& fields) {
  chat::OrderRoom order;
  order.type = type_of(fields);
  order.number = required_id(fields, "room_id");
  order.name = optional_line(fields, "room_name", chat::kMaxOrderRoomNameCharacters);
  order.order_id = required_id(fields, "order_id");
  order.order_vendor_id = optional_id(fields, "order_vendor_id");
  order.order_user_id = required_id(fields, "order_user_id");
  order.vendor_id = optional_id(fields, "vendor_id");
  order.vendor_user_id = optional_id(fields, "vendor_user_id");
  order.agent_id = optional_id(fields, "agent_id");
  order.agent_db = optional_id(fields, "agent_db");
  order.sub_domain = optional_id(fields, "sub_domain", chat::kMaxOrderPersonCharacters);
  order.client_id = optional_id(fields, "client_id");
  order.db_name = optional_id(fields, "db_name");
  return order;
}

chat::OrderRoom read_new_room(JsonFields& fields) {
  auto order = read_room(fields);
  for (const auto* name : {"order_vendor_id", "vendor_id", "vendor_user_id", "client_id"}) {
    required_id(fields, name);
  }
  for (const auto* name : {"sub_domain", "db_name"}) {
    if (!fields.has(name)) fields.complain(name, "is required");
  }
  return order;
}

chat::OrderPerson read_person(JsonFields& fields, std::string_view id_name) {
  chat::OrderPerson person;
  const auto type = fields.required_string("user_type");
  if (!fields.complaint()) {
    person.user_type =
        one_of<chat::OrderUserType>(fields, "user_type", type).value_or(chat::OrderUserType::user);
  }
  person.user_id = required_id(fields, id_name);
  person.username = optional_line(fields, "username", chat::kMaxOrderPersonCharacters);
  person.email = optional_line(fields, "email", chat::kMaxOrderPersonCharacters);
  person.phone_num = optional_id(fields, "phone_num", chat::kMaxOrderPersonCharacters);
  person.display_image = optional_line(fields, "display_image", chat::kMaxOrderUrlBytes);
  person.sub_domain = optional_id(fields, "sub_domain", chat::kMaxOrderPersonCharacters);
  return person;
}

chat::OrderMessage read_message(JsonFields& fields, std::string_view id_name) {
  chat::OrderMessage message;
  message.author = read_person(fields, id_name);
  if (const auto type = optional_type(fields, "chat_type")) message.chat_type = name_of(*type);
  message.to_message = optional_line(fields, "to_message", chat::kMaxOrderFieldCharacters);
  message.from_message = optional_line(fields, "from_message", chat::kMaxOrderFieldCharacters);
  message.is_media = optional_flag(fields, "is_media");
  message.media_url = optional_line(fields, "mediaUrl", chat::kMaxOrderUrlBytes);
  message.thumbnail_url = optional_line(fields, "thumbnailUrl", chat::kMaxOrderUrlBytes);
  message.media_type = optional_line(fields, "mediaType", chat::kMaxOrderFieldCharacters);
  return message;
}

}  // namespace parlor::dialects::order
