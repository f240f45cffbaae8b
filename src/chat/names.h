// The names of the domain's enumerations, as every dialect and the stored changes spell them.
#pragma once

#include <optional>
#include <string_view>

#include "chat/account_settings.h"
#include "chat/agent.h"
#include "chat/delivery_status.h"
#include "chat/inbox.h"
#include "chat/message.h"
#include "chat/order_room.h"
#include "chat/room.h"

namespace parlor::chat {

std::string_view name_of(RoomStatus status);
std::string_view name_of(StudentStatus status);
std::string_view name_of(Priority priority);
std::string_view name_of(MessageType type);
std::string_view name_of(SenderKind kind);
std::string_view name_of(AgentRole role);
std::string_view name_of(RoutingAlgorithm algorithm);
std::string_view name_of(Channel channel);
std::string_view name_of(Visibility visibility);
std::string_view name_of(Availability availability);
std::string_view name_of(WaitingSends waiting_sends);
std::string_view name_of(KeyAlgorithm algorithm);
std::string_view name_of(DeliveryStatus status);
std::string_view name_of(OrderRoomType type);
std::string_view name_of(OrderUserType type);

// Nothing for a name that is none of the enumeration's.
template <class Enum>
std::optional<Enum> parse_name(std::string_view name);

// "open, pending, closed": for messages that say what is allowed.
template <class Enum>
std::string_view allowed_names();

}  // namespace parlor::chat
