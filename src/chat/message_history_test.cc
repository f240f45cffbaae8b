#include <gtest/gtest.h>

#include "chat/messages.h"
#include "chat/reading.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

// A room of Vic's with the messages "1" to "9"; "5" is a note, even ones are Ann's.
struct History : ::testing::Test {
  History() : room(world.start_room("1")) {
    world.assign(room.id, {world.ann});
    for (int i = 2; i <= 9; ++i) {
      const std::string content = std::to_string(i);
      if (i % 2 == 0 || i == 5) {
        SendAgentMessage input;
        input.room = room.id;
        input.message.content = content;
        input.message.type = i == 5 ? MessageType::note : MessageType::text;
        send_agent_message(world.tx, world.ann, input).value();
      } else {
        SendUserMessage input;
        input.room = room.id;
        input.message.content = content;
        send_user_message(world.tx, world.vic, input).value();
      }
    }
    world.tx.take_events();
    world.tx.forbid_writing();
  }

  MessageId id(const std::string& content) {
    MessageQuery everything;
    everything.account = room.account;
    everything.room = room.id;
    everything.with_notes = true;
    everything.limit = 1'000;
    for (const Message& message : world.tx.messages().list(everything)) {
      if (message.content == content) return message.id;
    }
    return {};
  }

  QueryMessages query() {
    QueryMessages input;
    input.room = room.id;
    return input;
  }

  // The contents of the page, "+" when there are more, "r" and the message that it reads up to.
  std::string page(const Actor& actor, const QueryMessages& input) {
    const auto answer = query_messages(world.tx, actor, input).value();
    std::string text;
    for (const MessageView& view : answer.messages) text += view.message.content;
    if (answer.has_more) text += "+";
    if (answer.reads_up_to) {
      text += " r" + world.tx.messages().find(room.account, room.id, *answer.reads_up_to)->content;
    }
    return text;
  }

  World world;
  Room room;
};

TEST_F(History, RefsAndOrderChooseThePage) {
  struct Case {
    const char* older_than;
    const char* newer_than;
    int limit;
    Order order;
    const char* agents;
    const char* contacts;
  };
  constexpr auto newest = Order::newest_first;
  constexpr auto oldest = Order::oldest_first;
  const Case cases[] = {
      {"", "", 100, newest, "987654321 r9", "98764321 r9"},
      {"", "", 3, newest, "987+ r9", "987+ r9"},
      {"", "", 3, oldest, "123+", "123+"},
      {"", "", 100, oldest, "123456789 r9", "12346789 r9"},
      {"7", "", 3, newest, "654+", "643+"},
      {"7", "", 3, oldest, "456+", "346+"},
      {"3", "", 3, newest, "21", "21"},
      {"1", "", 3, newest, "", ""},
      {"", "3", 3, newest, "654+", "764+"},
      {"", "3", 3, oldest, "456+", "467+"},
      {"", "7", 3, newest, "98 r9", "98 r9"},
      {"", "9", 3, newest, "", ""},
      {"8", "2", 3, newest, "765+", "764+"},
      {"8", "2", 3, oldest, "345+", "346+"},
      {"8", "2", 100, newest, "76543", "7643"},
      {"2", "8", 100, newest, "", ""},
  };
  for (const Case& c : cases) {
    QueryMessages input = query();
    if (*c.older_than) input.older_than = id(c.older_than);
    if (*c.newer_than) input.newer_than = id(c.newer_than);
    input.limit = c.limit;
    input.order = c.order;
    const std::string what = std::string("older than ") + c.older_than + " newer than " +
                             c.newer_than + " limit " + std::to_string(c.limit);
    EXPECT_EQ(page(world.ann, input), c.agents) << what;
    EXPECT_EQ(page(world.vic, input), c.contacts) << what;
  }
}

TEST_F(History, PagesThatEndEarlyForTheirSizeSaySo) {
  world.tx.forbid_writing(false);
  SendUserMessage input;
  input.room = room.id;
  input.message.content = std::string(140'000, 'x');
  for (int i = 0; i < 3; ++i) send_user_message(world.tx, world.vic, input).value();
  const auto first = query_messages(world.tx, world.vic, query()).value();
  EXPECT_EQ(first.messages.size(), 1u);
  EXPECT_TRUE(first.has_more);
}

TEST_F(History, WhatIsReadAlreadyIsNotReadAgain) {
  world.tx.forbid_writing(false);
  mark_read(world.tx, world.ann, {room.id, id("8")}).value();
  EXPECT_EQ(page(world.ann, query()), "987654321 r9");
  mark_read(world.tx, world.ann, {room.id, id("9")}).value();
  EXPECT_EQ(page(world.ann, query()), "987654321");
  EXPECT_EQ(page(world.vic, query()), "98764321 r9") << "what another has read";
}

TEST_F(History, LimitsAreBounded) {
  QueryMessages input = query();
  input.limit = 0;
  EXPECT_EQ(query_messages(world.tx, world.ann, input).error().code, ErrorCode::invalid);
  input.limit = -1;
  EXPECT_EQ(query_messages(world.tx, world.ann, input).error().code, ErrorCode::invalid);
  input.limit = 1'000'000;
  EXPECT_EQ(page(world.ann, input), "987654321 r9");
}

TEST_F(History, SearchesFindInTheRoomAndMarkNothingRead) {
  QueryMessages input = query();
  input.search = "5";
  EXPECT_EQ(page(world.ann, input), "5");
  EXPECT_EQ(page(world.vic, input), "") << "a note";
  input.search = "8";
  EXPECT_EQ(page(world.vic, input), "8");
  input.search = std::string(201, 'x');
  EXPECT_EQ(query_messages(world.tx, world.ann, input).error().code, ErrorCode::invalid);
}

TEST_F(History, ARefIsAMessageOfTheRoomThatTheCallerMaySee) {
  QueryMessages input = query();
  input.older_than = MessageId{42};
  EXPECT_EQ(query_messages(world.tx, world.ann, input).error(),
            (Error{ErrorCode::not_found, "Message not found"}));
  input.older_than = id("5");
  EXPECT_TRUE(query_messages(world.tx, world.ann, input));
  EXPECT_EQ(query_messages(world.tx, world.vic, input).error().code, ErrorCode::not_found);
  input.older_than.reset();
  world.tx.forbid_writing(false);
  const Room another = world.start_room("elsewhere");
  input.newer_than = id("1");
  input.room = another.id;
  EXPECT_EQ(query_messages(world.tx, world.ann, input).error().code, ErrorCode::not_found);
}

TEST_F(History, StrangersGetNothing) {
  EXPECT_EQ(query_messages(world.tx, world.bob, query()).error().code, ErrorCode::forbidden);
  EXPECT_EQ(query_messages(world.tx, world.eve, query()).error().code, ErrorCode::not_found);
  EXPECT_EQ(query_messages(world.tx, world.oz, query()).error().code, ErrorCode::not_found);
}

TEST_F(History, SaysWhoseMessagesAreAndHowFarTheyCame) {
  world.tx.forbid_writing(false);
  mark_read(world.tx, world.vic, {room.id, id("2")}).value();
  mark_delivered(world.tx, world.vic, {room.id, id("6")}).value();
  QueryMessages input = query();
  input.order = Order::oldest_first;
  std::string mine;
  std::string status;
  const auto page = query_messages(world.tx, world.ann, input).value();
  for (const MessageView& view : page.messages) {
    mine += view.mine ? "y" : "n";
    status += view.status == DeliveryStatus::read        ? "r"
              : view.status == DeliveryStatus::delivered ? "d"
                                                         : "s";
  }
  EXPECT_EQ(mine, "nynyyynyn");
  EXPECT_EQ(status, "srsdsdsss");
  EXPECT_TRUE(query_messages(world.tx, world.vic, input)->messages[0].mine);
}

}  // namespace
}  // namespace parlor::chat
