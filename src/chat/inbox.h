// An inbox: a door through which customers write, and the agents behind it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "chat/opening_hours.h"

namespace parlor::chat {

enum class Channel { widget, student, order, ticket };
enum class RoutingAlgorithm { round_robin, load_based, manual };

// Who sees a room once it is assigned: its assignees only, or every member of the inbox.
enum class Visibility { assigned, inbox };

struct Inbox {
  InboxId id;
  AccountId account;
  std::string name;
  std::string icon;
  Channel channel = Channel::widget;
  RoutingAlgorithm algorithm = RoutingAlgorithm::round_robin;
  Visibility visibility = Visibility::assigned;
  bool has_bot = false;      // the bot answers first
  std::string away_message;  // shown outside opening hours; may be empty
  Timestamp created_at;
  std::optional<OpeningHours> hours;         // nothing = always open
  std::vector<std::string> pre_chat_fields;  // asked before the first message: name, email, phone
};

}  // namespace parlor::chat
