#include <boost/json/array.hpp>

#include "app/order_import.h"
#include "chat/order_import.h"
#include "dialects/order/import_fields.h"

namespace parlor::app {

namespace json = boost::json;
using dialects::JsonFields;

namespace {

// Reads each object of an array; the first that cannot be read is complained of.
template <class Record>
void read_all(JsonFields& room, std::string_view name, const dialects::order::ImportedRoom& of,
              Record (*read)(JsonFields&, const dialects::order::ImportedRoom&),
              std::vector<Record>& to) {
  const auto* items = room.optional_array(name);
  if (!items) return;
  for (const auto& item : *items) {
    if (!item.is_object()) return room.complain(name, "must hold objects");
    JsonFields fields(item.get_object(), room.path_of(name));
    to.push_back(read(fields, of));
    room.adopt(fields);
  }
}

Result<chat::ImportOrderRoom> read_room(const json::value& value) {
  if (!value.is_object()) return fail(ErrorCode::invalid, "rooms must hold objects");
  JsonFields fields(value.get_object());
  const auto room = dialects::order::read_imported_room(fields);
  chat::ImportOrderRoom input;
  input.order = room.order;
  input.is_open = room.is_open;
  read_all(fields, "user_Data", room, dialects::order::read_imported_participant,
           input.participants);
  read_all(fields, "chat_Data", room, dialects::order::read_imported_message, input.messages);
  if (fields.complaint()) return fields.failure();
  return input;
}

}  // namespace

Result<json::object> import_order_step(chat::Transaction& transaction, AccountId account,
                                       JsonFields& arguments) {
  const auto* rooms = arguments.optional_array("rooms");
  if (arguments.complaint()) return arguments.failure();
  if (!rooms) return fail(ErrorCode::invalid, "rooms is required");
  chat::OrderRoomImported total;
  json::array problems;
  std::size_t records = rooms->size();
  for (const auto& value : *rooms) {
    const auto input = read_room(value);
    if (!input) return input.failure();
    records += input->participants.size() + input->messages.size();
    if (records > 2 * chat::kMaxImportedAtOnce) {
      return fail(ErrorCode::too_large, "too much for one step");
    }
    const auto imported = chat::import_order_room(transaction, account, *input);
    const auto report = [&](const std::string& id, const std::string& message) {
      problems.push_back(json::object{{"_id", id}, {"message", message}});
    };
    if (!imported) {
      report(input->order.source_id, imported.error().message);
      continue;
    }
    for (const auto& refused : imported->refused) report(refused.source_id, refused.why);
    total.rooms += imported->rooms;
    total.participants += imported->participants;
    total.messages += imported->messages;
  }
  return json::object{{"rooms", total.rooms},
                      {"participants", total.participants},
                      {"messages", total.messages},
                      {"problems", std::move(problems)}};
}

}  // namespace parlor::app
