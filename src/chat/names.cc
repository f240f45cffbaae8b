#include "chat/names.h"

#include <array>
#include <string>
#include <utility>

#include "chat/room_lists.h"

namespace parlor::chat {
namespace {

template <class Enum>
struct Names;

template <>
struct Names<RoomStatus> {
  static constexpr std::array kAll = {std::pair{RoomStatus::open, "open"},
                                      std::pair{RoomStatus::pending, "pending"},
                                      std::pair{RoomStatus::closed, "closed"}};
};

template <>
struct Names<Priority> {
  static constexpr std::array kAll = {
      std::pair{Priority::low, "low"}, std::pair{Priority::medium, "medium"},
      std::pair{Priority::high, "high"}, std::pair{Priority::urgent, "urgent"}};
};

template <>
struct Names<MessageType> {
  static constexpr std::array kAll = {
      std::pair{MessageType::text, "text"}, std::pair{MessageType::note, "note"},
      std::pair{MessageType::image, "image"}, std::pair{MessageType::file, "file"}};
};

template <>
struct Names<SenderKind> {
  static constexpr std::array kAll = {std::pair{SenderKind::customer, "customer"},
                                      std::pair{SenderKind::agent, "agent"}};
};

template <>
struct Names<AgentRole> {
  static constexpr std::array kAll = {std::pair{AgentRole::agent, "agent"},
                                      std::pair{AgentRole::admin, "admin"}};
};

template <>
struct Names<RoutingAlgorithm> {
  static constexpr std::array kAll = {std::pair{RoutingAlgorithm::round_robin, "round_robin"},
                                      std::pair{RoutingAlgorithm::load_based, "load_based"},
                                      std::pair{RoutingAlgorithm::manual, "manual"}};
};

template <>
struct Names<StudentStatus> {
  static constexpr std::array kAll = {
      std::pair{StudentStatus::bot_handling, "bot_handling"},
      std::pair{StudentStatus::waiting_for_admin, "waiting_for_admin"},
      std::pair{StudentStatus::admin_handling, "admin_handling"},
      std::pair{StudentStatus::resolved, "resolved"}, std::pair{StudentStatus::closed, "closed"}};
};

template <>
struct Names<Channel> {
  static constexpr std::array kAll = {
      std::pair{Channel::widget, "widget"}, std::pair{Channel::student, "student"},
      std::pair{Channel::order, "order"}, std::pair{Channel::ticket, "ticket"}};
};

template <>
struct Names<Visibility> {
  static constexpr std::array kAll = {std::pair{Visibility::assigned, "assigned"},
                                      std::pair{Visibility::inbox, "inbox"}};
};

template <>
struct Names<Availability> {
  static constexpr std::array kAll = {std::pair{Availability::active, "active"},
                                      std::pair{Availability::away, "away"}};
};

template <>
struct Names<DeliveryStatus> {
  static constexpr std::array kAll = {std::pair{DeliveryStatus::sent, "sent"},
                                      std::pair{DeliveryStatus::delivered, "delivered"},
                                      std::pair{DeliveryStatus::read, "read"}};
};

template <>
struct Names<WaitingSends> {
  static constexpr std::array kAll = {std::pair{WaitingSends::block, "block"},
                                      std::pair{WaitingSends::accept, "accept"}};
};

// As RFC 7518 spells them.
template <>
struct Names<KeyAlgorithm> {
  static constexpr std::array kAll = {std::pair{KeyAlgorithm::hs256, "HS256"},
                                      std::pair{KeyAlgorithm::rs256, "RS256"},
                                      std::pair{KeyAlgorithm::es256, "ES256"}};
};

template <>
struct Names<OrderRoomType> {
  static constexpr std::array kAll = {std::pair{OrderRoomType::agent_to_user, "agent_to_user"},
                                      std::pair{OrderRoomType::vendor_to_user, "vendor_to_user"},
                                      std::pair{OrderRoomType::user_to_user, "user_to_user"}};
};

template <>
struct Names<OrderUserType> {
  static constexpr std::array kAll = {
      std::pair{OrderUserType::admin, "admin"}, std::pair{OrderUserType::agent, "agent"},
      std::pair{OrderUserType::buyer, "buyer"}, std::pair{OrderUserType::customer, "customer"},
      std::pair{OrderUserType::user, "user"},   std::pair{OrderUserType::vendor, "vendor"}};
};

template <>
struct Names<RoomView> {
  static constexpr std::array kAll = {std::pair{RoomView::all, "all"},
                                      std::pair{RoomView::mine, "mine"},
                                      std::pair{RoomView::unassigned, "unassigned"},
                                      std::pair{RoomView::bot, "bot"},
                                      std::pair{RoomView::favorite, "favorite"},
                                      std::pair{RoomView::snoozed, "snoozed"}};
};

template <class Enum>
std::string_view find_name(Enum value) {
  for (const auto& [known, name] : Names<Enum>::kAll) {
    if (known == value) return name;
  }
  return "";
}

}  // namespace

std::string_view name_of(RoomStatus status) { return find_name(status); }
std::string_view name_of(Priority priority) { return find_name(priority); }
std::string_view name_of(MessageType type) { return find_name(type); }
std::string_view name_of(SenderKind kind) { return find_name(kind); }
std::string_view name_of(AgentRole role) { return find_name(role); }
std::string_view name_of(RoutingAlgorithm algorithm) { return find_name(algorithm); }
std::string_view name_of(StudentStatus status) { return find_name(status); }
std::string_view name_of(Channel channel) { return find_name(channel); }
std::string_view name_of(Visibility visibility) { return find_name(visibility); }
std::string_view name_of(Availability availability) { return find_name(availability); }
std::string_view name_of(WaitingSends waiting_sends) { return find_name(waiting_sends); }
std::string_view name_of(KeyAlgorithm algorithm) { return find_name(algorithm); }
std::string_view name_of(DeliveryStatus status) { return find_name(status); }
std::string_view name_of(OrderRoomType type) { return find_name(type); }
std::string_view name_of(OrderUserType type) { return find_name(type); }

template <class Enum>
std::optional<Enum> parse_name(std::string_view name) {
  for (const auto& [value, known] : Names<Enum>::kAll) {
    if (known == name) return value;
  }
  return std::nullopt;
}

template <class Enum>
std::string_view allowed_names() {
  static const std::string all = [] {
    std::string text;
    for (const auto& [value, name] : Names<Enum>::kAll) {
      if (!text.empty()) text += ", ";
      text += name;
    }
    return text;
  }();
  return all;
}

#define PARLOR_CHAT_NAMED(Enum)                                    \
  template std::optional<Enum> parse_name<Enum>(std::string_view); \
  template std::string_view allowed_names<Enum>();

PARLOR_CHAT_NAMED(RoomStatus)
PARLOR_CHAT_NAMED(StudentStatus)
PARLOR_CHAT_NAMED(Priority)
PARLOR_CHAT_NAMED(MessageType)
PARLOR_CHAT_NAMED(SenderKind)
PARLOR_CHAT_NAMED(AgentRole)
PARLOR_CHAT_NAMED(RoutingAlgorithm)
PARLOR_CHAT_NAMED(Channel)
PARLOR_CHAT_NAMED(Visibility)
PARLOR_CHAT_NAMED(Availability)
PARLOR_CHAT_NAMED(WaitingSends)
PARLOR_CHAT_NAMED(KeyAlgorithm)
PARLOR_CHAT_NAMED(OrderRoomType)
PARLOR_CHAT_NAMED(OrderUserType)
PARLOR_CHAT_NAMED(RoomView)

#undef PARLOR_CHAT_NAMED

}  // namespace parlor::chat
