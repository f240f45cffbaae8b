// What the student dialect's calls have in common when they are read: its ids are whole numbers.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/result.h"
#include "chat/bot_intents.h"
#include "chat/responder.h"
#include "chat/student_desk.h"
#include "dialects/common/json_fields.h"
#include "net/http_types.h"

namespace parlor::dialects::student {

// Decimal digits only, of an id that can be.
std::optional<std::int64_t> number_of(std::string_view text);

template <class IdType>
std::optional<IdType> id_of(std::string_view text) {
  if (const auto number = number_of(text)) return IdType{*number};
  return std::nullopt;
}

// invalid "Invalid chat id".
Result<RoomId> chat_id_of(std::string_view text);
// Of a body or a socket's argument: a number, or digits in a string.
Result<RoomId> chat_id_of(const boost::json::value& value);
Result<std::optional<RoomId>> optional_chat_id(const boost::json::object& object);

// A whole number in the query, from `least` on; above `most` it is as much.
Result<int> number_in(const net::HttpRequest& request, std::string_view name, int usual, int least,
                      int most);

// An ISO time, or a message's id.
Result<chat::PageMark> mark_of(std::string_view text, std::string_view name);

// `_uniqueId`, else the header Idempotency-Key.
std::string client_id_of(const net::HttpRequest& request, JsonFields& body);

// {text}, to be tried out on the bot.
std::function<Result<chat::TryBot>(const net::HttpRequest&)> read_trial(
    const chat::Responder* responder);

}  // namespace parlor::dialects::student
