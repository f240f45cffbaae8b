#include "delivery/signal.h"

namespace parlor::delivery {
namespace {

std::string channel(const char* side, const chat::TicketKey& ticket) {
  return side + std::to_string(ticket.account.value) + "/" + ticket.id;
}

}  // namespace

std::string channel_of_team(const chat::TicketKey& ticket) {
  return channel("ticket:team:", ticket);
}
std::string channel_of_customers(const chat::TicketKey& ticket) {
  return channel("ticket:customers:", ticket);
}

std::string channel_of_trader(ConversationId person) {
  return "trader:" + std::to_string(person.value);
}

}  // namespace parlor::delivery
