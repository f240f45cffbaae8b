#include "dialects/order/event_encoder.h"

#include <boost/json/serialize.hpp>
#include <utility>

#include "dialects/order/order_json.h"

namespace parlor::dialects::order {

namespace json = boost::json;

std::string channel_of(RoomId room) { return "order:" + std::to_string(room.value); }

std::string channel_of_team(RoomId room) { return "order-team:" + std::to_string(room.value); }

std::string channel_of_integrations(AccountId account) {
  return "orders:" + std::to_string(account.value);
}

void OrderEncoder::encode(const chat::Event& event, std::vector<delivery::Emission>& out) const {
  if (const auto* opened = std::get_if<chat::OrderRoomOpened>(&event.body)) {
    delivery::Emission told{
        event.audience, "room-created",
        json::serialize(json::object{{"roomData", room_json(links_, opened->view)}})};
    // One event for each audience: the integrations hear of one.
    if (event.audience.admins) told.channels = {channel_of_integrations(event.audience.account)};
    if (const auto person = std::exchange(told.audience.contact, std::nullopt)) {
      told.channels.push_back(delivery::channel_of_trader(*person));
    }
    out.push_back(std::move(told));
    return;
  }
  const auto* posted = std::get_if<chat::OrderMessagePosted>(&event.body);
  if (!posted) return;
  const auto argument = json::serialize(
      json::object{{"message", message_json(links_, posted->message, posted->order)}});
  for (const auto* name : {"new-message", "new-app-message"}) {
    delivery::Emission joined{{}, name, argument, {channel_of(posted->order.room)}};
    out.push_back(std::move(joined));
    delivery::Emission team{event.audience, name, argument};
    team.within = channel_of_team(posted->order.room);
    out.push_back(std::move(team));
  }
}

}  // namespace parlor::dialects::order
