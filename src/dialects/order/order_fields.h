// Reading rooms, people and messages as a marketplace writes them: in requests, in what sockets
// emit, and (import_fields.h) in files to be imported.
//
// Ids are strings or whole numbers, and texts from here on. What is too long is complained of; what
// is written is kept as written.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "chat/order_room.h"
#include "dialects/common/json_fields.h"

namespace parlor::dialects::order {

// A string or a whole number, as text; empty when it is absent.
std::string optional_id(JsonFields& fields, std::string_view name,
                        std::size_t max_characters = chat::kMaxOrderFieldCharacters);
// The same, present and not empty.
std::string required_id(JsonFields& fields, std::string_view name);
// A string of at most so many characters; empty when it is absent.
std::string optional_line(JsonFields& fields, std::string_view name, std::size_t max_characters);

// `agent-to-user` and `agent_to_user`.
std::optional<chat::OrderRoomType> optional_type(JsonFields& fields, std::string_view name);

// The fields that a room has wherever it is written, all but those that only createRoom demands.
chat::OrderRoom read_room(JsonFields& fields);
// What createRoom is told.
chat::OrderRoom read_new_room(JsonFields& fields);
// user_type and the id are required.
chat::OrderPerson read_person(JsonFields& fields, std::string_view id_name = "user_id");
// Its author, direction and media; the text apart from it.
chat::OrderMessage read_message(JsonFields& fields, std::string_view id_name = "user_id");

}  // namespace parlor::dialects::order
