// What is said in the demo's conversations (demo_conversations.h). All people, shops and orders are
// made up.
#pragma once

#include <span>
#include <string_view>

#include "app/demo_files.h"
#include "chat/room.h"

namespace parlor::app {

enum class DemoSpeaker { customer, vendor, tess, omar, bot, tess_note, omar_note };

struct DemoLine {
  DemoSpeaker speaker = DemoSpeaker::customer;
  int minutes_ago = 0;
  std::string_view text;
  DemoFile file = DemoFile::none;  // a text may be empty beside it
};

// What an agent did to the conversation at last.
struct DemoConversation {
  std::string_view name;
  std::string_view email;           // empty = not known
  std::span<const DemoLine> lines;  // the oldest first; the first one is the customer's words
  chat::RoomStatus status = chat::RoomStatus::open;
  chat::Priority priority = chat::Priority::medium;
  std::string_view tags = {};                  // with spaces between
  DemoSpeaker holder = DemoSpeaker::customer;  // tess or omar; a customer = whoever answered
  bool is_favorite = false;                    // of Tess
  int snoozed_hours = 0;                       // by Tess
  bool is_ticket = false;                      // came through the inbox of tickets
};

std::span<const DemoConversation> demo_conversations();

// A chat of the student inbox; the bot says what it says.
struct DemoStudent {
  std::string_view name;
  std::string_view email;
  std::span<const DemoLine> lines;  // of the student and of Tess, the oldest first
};
std::span<const DemoStudent> demo_students();

// A room about an order of the marketplace, with its buyer and its vendor.
struct DemoOrder {
  std::string_view number;
  std::string_view buyer;
  std::string_view vendor;
  std::span<const DemoLine> lines;  // the oldest first
};
std::span<const DemoOrder> demo_orders();

// A question that was answered and closed; the table is gone through more than once.
struct DemoExchange {
  std::string_view name;
  std::string_view question;
  std::string_view answer;
  std::string_view thanks;  // empty = none
};
std::span<const DemoExchange> demo_exchanges();

// What people of demo_conversations() have asked before, the newest first.
std::span<const DemoExchange> demo_earlier_exchanges();

struct DemoReply {
  std::string_view short_code;
  std::string_view text;
};
std::span<const DemoReply> demo_replies();

}  // namespace parlor::app
