#include "chat/bot_room.h"

#include <gtest/gtest.h>

#include "chat/bot_report.h"
#include "chat/messages.h"
#include "chat/room_lists.h"
#include "chat/rooms.h"
#include "support/plain_responder.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::PlainResponder;
using testing::World;

struct Shop : World {
  explicit Shop(RoutingAlgorithm algorithm = RoutingAlgorithm::manual) {
    inbox.has_bot = true;
    inbox.algorithm = algorithm;
    tx.inboxes().update(inbox);
  }

  Room open(const std::string& text, const std::string& client_id = "") {
    const auto created = create_user_room(tx, vic, {inbox.id, text, client_id, hear(text)});
    room_id = created.value().room.id;
    return created.value().room;
  }
  BotInput hear(const std::string& text) { return chat::hear(&bot, acme.id, text); }
  void write(const std::string& text) { write(text, hear(text)); }
  void write(const std::string& text, BotInput heard, const std::string& client_id = "") {
    MessageDraft draft;
    draft.content = text;
    send_user_message(tx, vic, {room_id, draft, client_id, std::move(heard)}).value();
  }
  void answer(const Actor& agent, const std::string& text, MessageType type = MessageType::text) {
    SendAgentMessage input;
    input.room = room_id;
    input.message.content = text;
    input.message.type = type;
    send_agent_message(tx, agent, input).value();
  }
  void set(RoomStatus status) {
    UpdateRoom input;
    input.room = room_id;
    input.status = status;
    update_room(tx, ann, input).value();
  }
  Room now() { return room(room_id); }

  // The room's texts, oldest first; the bot's in brackets, notes in braces.
  std::string texts() {
    MessageQuery query;
    query.account = acme.id;
    query.room = room_id;
    query.newest_first = false;
    query.limit = 100;
    query.with_notes = true;
    std::string all;
    for (const auto& message : tx.messages().list(query)) {
      if (!all.empty()) all += ' ';
      if (message.type == MessageType::note) {
        all += '{' + message.content + '}';
      } else {
        all += message.is_by_bot() ? '[' + message.content + ']' : message.content;
      }
    }
    return all;
  }

  PlainResponder bot;
  RoomId room_id;
};

TEST(BotRoom, ANewRoomIsPendingAndAnsweredByTheBotAtOnce) {
  Shop shop(RoutingAlgorithm::round_robin);
  const auto room = shop.open("help");
  EXPECT_EQ(room.status, RoomStatus::pending);
  EXPECT_TRUE(room.assignees.empty()) << "not routed";
  EXPECT_EQ(shop.texts(), "help [Try this]");
  EXPECT_EQ(shop.heard(shop.ann), "joinRoom newMessage newMessage");
  EXPECT_EQ(shop.heard(shop.vic), "joinRoom newMessage");
}

TEST(BotRoom, WhereTheBotIsOffPeopleHaveTheRoom) {
  Shop shop;
  shop.inbox.has_bot = false;
  shop.tx.inboxes().update(shop.inbox);
  EXPECT_EQ(shop.open("help").status, RoomStatus::open);
  EXPECT_EQ(shop.texts(), "help");
  EXPECT_FALSE(shop.now().bot);
}

// What the visitor writes after "help", and what becomes of the room.
TEST(BotRoom, MovesAsThePolicySays) {
  struct Case {
    const char* written;
    RoomStatus status;
    const char* texts;
    const char* reason;
  };
  for (const Case& each : {
           Case{"more", RoomStatus::pending, "[Try this]", ""},
           Case{"no", RoomStatus::open, "[A person will answer] {Tried one step}", "did_not_work"},
           Case{"a person", RoomStatus::open, "[A person will answer] {Tried one step}",
                "wants_person"},
           Case{"thanks", RoomStatus::closed, "[You're welcome]", ""},
           Case{"break", RoomStatus::open,
                "[Your chat goes to a person from our team; the answer will appear here.]",
                "failure"},
           Case{"not understood", RoomStatus::open,
                "[Your chat goes to a person from our team; the answer will appear here.]",
                "failure"},
       }) {
    Shop shop;
    shop.open("help");
    shop.write(each.written);
    EXPECT_EQ(shop.now().status, each.status) << each.written;
    EXPECT_EQ(shop.texts(), std::string("help [Try this] ") + each.written + ' ' + each.texts);
    EXPECT_EQ(shop.now().bot->escalation_reason, each.reason) << each.written;
    EXPECT_EQ(shop.now().closed_at != Timestamp{}, each.status == RoomStatus::closed);
  }
}

TEST(BotRoom, TheHandOffRoutesTheRoomAndTheBotIsSilentAfterwards) {
  Shop shop(RoutingAlgorithm::round_robin);
  for (const auto& agent : {shop.ann, shop.bob}) {
    auto known = shop.tx.agents().find_by_conversation(shop.acme.id, agent.conversation).value();
    known.availability = Availability::active;
    shop.tx.agents().update(known);
  }
  shop.open("help");
  shop.tx.take_events();
  shop.write("a person");
  EXPECT_EQ(shop.now().status, RoomStatus::open);
  EXPECT_EQ(shop.now().assignees.size(), 1U);
  shop.write("hello?");
  shop.write("thanks");
  EXPECT_EQ(shop.texts(),
            "help [Try this] a person [A person will answer] {Tried one step} hello? thanks");
  EXPECT_EQ(shop.now().status, RoomStatus::open);
}

TEST(BotRoom, ARoomWithoutAFreeAgentWaitsInTheQueue) {
  Shop shop;
  shop.open("a person");
  EXPECT_EQ(shop.now().status, RoomStatus::open);
  EXPECT_TRUE(shop.now().assignees.empty());
  EXPECT_NE(shop.now().queued_at, Timestamp{});
}

TEST(BotRoom, TheVisitorsOwnDevicesHearOfItBehindTheAnswer) {
  Shop shop;
  shop.open("help");
  shop.tx.take_events();
  shop.write("no");
  std::int64_t last_seq = 0;
  int to_visitor = 0;
  for (const auto& event : shop.tx.take_events()) {
    if (!event.audience.contact) continue;
    ++to_visitor;
    EXPECT_TRUE(event.behind_answer);
    EXPECT_GT(event.seq, last_seq);
    last_seq = event.seq;
  }
  EXPECT_EQ(to_visitor, 2) << "the reply and the status, never the note";
}

TEST(BotRoom, AnAgentWhoWritesOrTakesItStopsTheBot) {
  Shop written;
  written.open("help");
  written.answer(written.ann, "I am here");
  EXPECT_EQ(written.now().status, RoomStatus::open);
  ASSERT_EQ(written.now().assignees.size(), 1U);
  written.write("no");
  EXPECT_EQ(written.texts(), "help [Try this] I am here no");

  Shop taken;
  taken.open("help");
  ReassignRoom assign;
  assign.room = taken.room_id;
  assign.agents = {taken.bob.conversation};
  reassign_room(taken.tx, taken.ann, assign).value();
  EXPECT_EQ(taken.now().status, RoomStatus::open);
  taken.write("no");
  EXPECT_EQ(taken.texts(), "help [Try this] no");

  Shop by_admin;
  by_admin.open("help");
  by_admin.answer(by_admin.ada, "I am no member of the inbox");
  EXPECT_EQ(by_admin.now().status, RoomStatus::open);
  EXPECT_NE(by_admin.now().queued_at, Timestamp{}) << "its members are to see to it";
}

TEST(BotRoom, ANoteLeavesTheRoomToTheBot) {
  Shop shop;
  shop.open("help");
  shop.answer(shop.ann, "I watch this one", MessageType::note);
  EXPECT_EQ(shop.now().status, RoomStatus::pending);
  shop.write("more");
  EXPECT_EQ(shop.texts(), "help [Try this] {I watch this one} more [Try this]");
}

TEST(BotRoom, AClosedRoomStartsWithTheBotAgainOnlyIfTheBotClosedIt) {
  Shop by_bot;
  by_bot.open("help");
  by_bot.write("thanks");
  by_bot.write("something else");
  EXPECT_EQ(by_bot.now().status, RoomStatus::pending);
  EXPECT_EQ(by_bot.now().closed_at, Timestamp{});
  EXPECT_EQ(by_bot.texts(), "help [Try this] thanks [You're welcome] something else [Try this]");

  Shop by_person;
  by_person.open("help");
  by_person.set(RoomStatus::closed);
  by_person.write("something else");
  EXPECT_EQ(by_person.now().status, RoomStatus::open);
  EXPECT_EQ(by_person.texts(), "help [Try this] something else");

  Shop spoken;
  spoken.open("help");
  spoken.write("thanks");
  spoken.answer(spoken.ada, "One more thing");
  spoken.write("yes?");
  EXPECT_EQ(spoken.now().status, RoomStatus::open) << "it answers a person";
}

TEST(BotRoom, APendingRoomOfSomebodysReopensForThem) {
  Shop shop;
  shop.open("a person");
  shop.answer(shop.ann, "Hello");
  shop.set(RoomStatus::pending);
  shop.write("back");
  EXPECT_EQ(shop.now().status, RoomStatus::open);
  EXPECT_EQ(shop.now().assignees.front().agent, shop.ann.conversation);
  EXPECT_EQ(shop.texts(), "a person [A person will answer] {Tried one step} Hello back");
}

TEST(BotRoom, PendingSetByHandGivesANobodysRoomBackToTheBot) {
  Shop shop;
  shop.open("a person");
  shop.set(RoomStatus::pending);
  EXPECT_TRUE(shop.now().bot->dialogue.empty());
  shop.write("more");
  EXPECT_EQ(shop.now().status, RoomStatus::pending);
  EXPECT_EQ(shop.texts(), "a person [A person will answer] {Tried one step} more [Try this]");
}

TEST(BotRoom, ABotThatWasTurnedOffMeanwhileLeavesItsRoomsToPeople) {
  Shop shop;
  shop.open("help");
  shop.inbox.has_bot = false;
  shop.tx.inboxes().update(shop.inbox);
  shop.write("more");
  EXPECT_EQ(shop.now().status, RoomStatus::open);
  EXPECT_EQ(shop.texts(), "help [Try this] more");
}

TEST(BotRoom, ARoomMovedToAnInboxWithoutABotOpensThere) {
  Shop shop;
  shop.open("help");
  const auto sales = shop.add_inbox("Sales", {shop.bob});
  ReassignRoom move;
  move.room = shop.room_id;
  move.inbox = sales.id;
  reassign_room(shop.tx, shop.ann, move).value();
  EXPECT_EQ(shop.now().status, RoomStatus::open);
  EXPECT_EQ(shop.now().inbox, sales.id);
}

TEST(BotRoom, WhatWasNotHeardBeforeIsHeardInTheTransaction) {
  Shop shop;
  shop.open("help");
  shop.write("thanks", {&shop.bot, nullptr, false});
  EXPECT_EQ(shop.texts(), "help [Try this] thanks [You're welcome]");
}

TEST(BotRoom, WithoutABotAtAllTheMessageIsKeptAndPeopleHaveIt) {
  Shop shop;
  shop.open("help");
  shop.write("more", {});
  EXPECT_EQ(shop.now().status, RoomStatus::open);
  EXPECT_EQ(shop.now().bot->escalation_reason, "failure");
}

TEST(BotRoom, TheSameWriteAgainIsNotAnsweredTwice) {
  Shop shop;
  const auto first = shop.open("a person", "k1");
  shop.set(RoomStatus::closed);
  shop.tx.take_events();
  EXPECT_EQ(shop.open("a person", "k1").status, first.status);
  EXPECT_TRUE(shop.tx.events.empty());

  shop.open("help");
  shop.write("more", shop.hear("more"), "k2");
  shop.write("more", shop.hear("more"), "k2");
  EXPECT_EQ(shop.texts(), "help [Try this] more [Try this]");
}

TEST(BotRoom, TheBotsAnswerIsAskedForOnlyWhereItAnswersNext) {
  Shop shop;
  EXPECT_EQ(find_bot_ahead(shop.tx, shop.vic, {{}, shop.inbox.id}).value(), shop.acme.id);
  shop.open("help");
  EXPECT_EQ(find_bot_ahead(shop.tx, shop.vic, {shop.room_id, {}}).value(), shop.acme.id);
  shop.write("no");
  EXPECT_EQ(find_bot_ahead(shop.tx, shop.vic, {shop.room_id, {}}).value(), std::nullopt);
  EXPECT_EQ(find_bot_ahead(shop.tx, shop.oz, {shop.room_id, {}}).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(find_bot_ahead(shop.tx, shop.ann, {shop.room_id, {}}).error().code,
            ErrorCode::forbidden);
}

TEST(BotRoom, TheViewOfTheBotShowsTheRoomsThatItHas) {
  Shop shop;
  ListRooms with_bot;
  with_bot.view = RoomView::bot;
  const auto shown = [&] { return list_rooms(shop.tx, shop.ann, with_bot).value().rooms.size(); };
  shop.open("help");
  EXPECT_EQ(shown(), 1U);
  shop.answer(shop.ann, "Hello");
  EXPECT_EQ(shown(), 0U);
  shop.set(RoomStatus::pending);
  EXPECT_EQ(shown(), 0U) << "it is Ann's";
}

TEST(BotRoom, ItsWorkIsCountedLikeThatInStudentsChats) {
  Shop shop;
  shop.open("help");
  shop.write("thanks");
  shop.write("again");
  shop.write("no");
  shop.open("help");
  shop.answer(shop.ann, "I am here");
  auto report = report_bot(shop.tx, shop.ada, {}).value();
  EXPECT_EQ(report.total.messages, 5);
  EXPECT_EQ(report.total.answered, 4);
  EXPECT_EQ(report.total.escalated, 1);
  EXPECT_EQ(report.total.escalated_why.at("did_not_work"), 1);
  EXPECT_EQ(report.total.resolved_confirmed, 1);
  EXPECT_EQ(report.total.back_within_24h, 1);
  shop.tx.advance(3 * 24 * 3600 * 1000LL);
  EXPECT_EQ(report_bot(shop.tx, shop.ada, {}).value().total.resolved_assumed, 0)
      << "people have what is not confirmed";
}

}  // namespace
}  // namespace parlor::chat
