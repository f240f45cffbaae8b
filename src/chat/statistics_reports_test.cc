#include "chat/statistics_reports.h"

#include <gtest/gtest.h>

#include "chat/dates.h"
#include "chat/messages.h"
#include "chat/rooms.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;

class StatisticsReports : public ::testing::Test {
 protected:
  void answer(const Actor& who, RoomId room, MessageType type = MessageType::text) {
    SendAgentMessage input;
    input.room = room;
    input.message.type = type;
    input.message.content = "Let me look";
    ASSERT_TRUE(send_agent_message(w.tx, who, input));
  }
  void write(RoomId room) {
    SendUserMessage input;
    input.room = room;
    input.message.content = "Hello?";
    ASSERT_TRUE(send_user_message(w.tx, w.vic, input));
  }
  Dashboard dashboard() { return get_dashboard(w.tx, w.ann, {}).value(); }
  Report report(const Actor& who, const GetReport& input = {}) {
    return get_report(w.tx, who, input).value();
  }

  chat::testing::World w;
};

TEST_F(StatisticsReports, TheDashboardCountsRoomsByStatus) {
  EXPECT_EQ(dashboard().rooms.total(), 0);
  const auto first = w.start_room();
  const auto second = w.start_room();
  w.start_room();
  w.set_status(first.id, RoomStatus::closed);
  w.set_status(second.id, RoomStatus::pending);
  const auto rooms = dashboard().rooms;
  EXPECT_EQ(rooms.open, 1);
  EXPECT_EQ(rooms.pending, 1);
  EXPECT_EQ(rooms.closed, 1);
  EXPECT_EQ(rooms.total(), 3);
}

TEST_F(StatisticsReports, OnlyTheOwnAccountIsCounted) {
  w.start_room();
  EXPECT_EQ(get_dashboard(w.tx, w.eve, {})->rooms.total(), 0);
}

TEST_F(StatisticsReports, FiguresAreForTheTeam) {
  EXPECT_EQ(get_dashboard(w.tx, w.vic, {}).error().code, ErrorCode::forbidden);
  EXPECT_EQ(get_report(w.tx, w.vic, {}).error().code, ErrorCode::forbidden);
}

TEST_F(StatisticsReports, TheAverageIsFromTheMessageThatStartsAWaitToTheFirstReply) {
  EXPECT_EQ(dashboard().average_response_ms, std::nullopt);
  const auto room = w.start_room();
  w.tx.advance(kMinuteMs);
  write(room.id);
  w.tx.advance(2 * kMinuteMs);
  answer(w.ann, room.id, MessageType::note);
  EXPECT_EQ(dashboard().average_response_ms, std::nullopt);
  answer(w.ann, room.id);
  w.tx.advance(kMinuteMs);
  answer(w.ann, room.id);
  EXPECT_NEAR(static_cast<double>(*dashboard().average_response_ms), 3 * kMinuteMs, 10);
}

TEST_F(StatisticsReports, WaitsOlderThanThirtyDaysDoNotCount) {
  const auto room = w.start_room();
  answer(w.ann, room.id);
  w.tx.advance(29 * kDayMs);
  EXPECT_TRUE(dashboard().average_response_ms);
  w.tx.advance(kDayMs);
  EXPECT_FALSE(dashboard().average_response_ms);
}

TEST_F(StatisticsReports, AClosedRoomWaitsNoMore) {
  const auto room = w.start_room();
  w.set_status(room.id, RoomStatus::closed);
  w.tx.advance(kMinuteMs);
  answer(w.ann, room.id);
  EXPECT_EQ(dashboard().average_response_ms, std::nullopt);
}

TEST_F(StatisticsReports, SeatsAreAvailableBelowCapacity) {
  EXPECT_EQ(dashboard().active_agents, 4);
  EXPECT_EQ(dashboard().available_seats, 4);
  auto ann = w.tx.agents().find(w.acme.id, w.ann.agent).value();
  ann.capacity = 2;
  w.tx.agents().update(ann);
  const auto first = w.start_room();
  const auto second = w.start_room();
  w.assign(first.id, {w.ann});
  EXPECT_EQ(dashboard().available_seats, 4);
  w.assign(second.id, {w.ann, w.bob});
  EXPECT_EQ(dashboard().available_seats, 3);
  EXPECT_EQ(dashboard().current_load, 2);
  EXPECT_EQ(current_load(w.tx, w.acme.id, w.ann.conversation), 2);
  w.set_status(first.id, RoomStatus::closed);
  EXPECT_EQ(dashboard().available_seats, 4);
  EXPECT_EQ(dashboard().current_load, 1);
}

TEST_F(StatisticsReports, WhoIsAwayOrHasNoSeatHasNoSeatAvailable) {
  auto ann = w.tx.agents().find(w.acme.id, w.ann.agent).value();
  ann.availability = Availability::away;
  w.tx.agents().update(ann);
  auto bob = w.tx.agents().find(w.acme.id, w.bob.agent).value();
  bob.has_seat = false;
  w.tx.agents().update(bob);
  EXPECT_EQ(dashboard().active_agents, 3);
  EXPECT_EQ(dashboard().available_seats, 2);
}

TEST_F(StatisticsReports, AnInboxHasItsOwnFigures) {
  const auto other = w.add_inbox("Sales", {w.ann});
  const auto room = w.start_room();
  const auto closed = w.start_room();
  w.set_status(closed.id, RoomStatus::closed);
  w.tx.advance(kMinuteMs);
  answer(w.ann, room.id);
  const auto support = inbox_statistics(w.tx, w.acme.id, w.inbox.id);
  EXPECT_EQ(support.total_conversations, 2);
  EXPECT_EQ(support.active_conversations, 1);
  EXPECT_NEAR(static_cast<double>(*support.average_response_ms), kMinuteMs, 10);
  const auto sales = inbox_statistics(w.tx, w.acme.id, other.id);
  EXPECT_EQ(sales.total_conversations, 0);
  EXPECT_EQ(sales.average_response_ms, std::nullopt);
}

TEST_F(StatisticsReports, AReportCountsEachDay) {
  const auto room = w.start_room();
  w.tx.advance(kMinuteMs);
  answer(w.ann, room.id);
  w.tx.advance(kDayMs);
  write(room.id);
  answer(w.ann, room.id, MessageType::note);
  answer(w.ada, room.id);
  w.set_status(room.id, RoomStatus::closed);
  const auto seen = report(w.ada);
  ASSERT_EQ(seen.days.size(), 30U);
  EXPECT_EQ(seen.to, day_of(w.tx.now()));
  const auto& yesterday = seen.days[28].counts;
  EXPECT_EQ(yesterday.new_rooms, 1);
  EXPECT_EQ(yesterday.customer_messages, 1);
  EXPECT_EQ(yesterday.team_messages, 1);
  EXPECT_EQ(yesterday.first_responses.count(), 1);
  EXPECT_EQ(yesterday.closed_rooms, 0);
  const auto& today = seen.days[29].counts;
  EXPECT_EQ(today.new_rooms, 0);
  EXPECT_EQ(today.customer_messages, 1);
  EXPECT_EQ(today.team_messages, 1);
  EXPECT_EQ(today.first_responses.count(), 0);
  EXPECT_EQ(today.waits.count(), 1);
  EXPECT_EQ(today.closed_rooms, 1);
  EXPECT_EQ(seen.total.customer_messages, 2);
  ASSERT_EQ(seen.agents.size(), 2U);
  EXPECT_EQ(seen.agents[0].name, "Ada");
  EXPECT_EQ(seen.agents[0].counts.closed_rooms, 1);
  EXPECT_EQ(seen.agents[1].counts.first_responses.count(), 1);
  ASSERT_EQ(seen.days[28].agents.size(), 1U);
  EXPECT_EQ(seen.days[28].agents[0].agent, w.ann.conversation);
}

TEST_F(StatisticsReports, AnAgentsReportIsOfTheirInboxesAndTheirOwnWork) {
  const auto elsewhere = w.add_inbox("Sales", {w.bob});
  const auto room = w.start_room();
  answer(w.bob, room.id);
  GetReport own;
  own.agent = w.ann.conversation;
  EXPECT_EQ(report(w.ann, own).total.team_messages, 0);
  const auto all = report(w.ann);
  EXPECT_EQ(all.total.team_messages, 1);
  EXPECT_TRUE(all.agents.empty());
  EXPECT_EQ(report(w.carl).total.team_messages, 0);

  GetReport of_bob;
  of_bob.agent = w.bob.conversation;
  EXPECT_EQ(get_report(w.tx, w.ann, of_bob).error().code, ErrorCode::forbidden);
  EXPECT_EQ(report(w.ada, of_bob).total.team_messages, 1);
  GetReport of_sales;
  of_sales.inbox = elsewhere.id;
  EXPECT_EQ(get_report(w.tx, w.ann, of_sales).error().code, ErrorCode::forbidden);
  EXPECT_EQ(report(w.ada, of_sales).total.team_messages, 0);
}

TEST_F(StatisticsReports, AnotherAccountsInboxAndAgentAreNotFound) {
  GetReport input;
  input.inbox = w.other_inbox.id;
  EXPECT_EQ(get_report(w.tx, w.ada, input).error().code, ErrorCode::not_found);
  input = {};
  input.agent = w.eve.conversation;
  EXPECT_EQ(get_report(w.tx, w.ada, input).error().code, ErrorCode::not_found);
}

TEST_F(StatisticsReports, DaysAreBounded) {
  const auto refused = [&](std::int64_t from, std::int64_t to) {
    GetReport input;
    input.from = from;
    input.to = to;
    const auto asked = get_report(w.tx, w.ada, input);
    return !asked && asked.error().code == ErrorCode::invalid;
  };
  EXPECT_FALSE(refused(100, 100));
  EXPECT_TRUE(refused(101, 100));
  EXPECT_FALSE(refused(100, 100 + kMaxReportDays - 1));
  EXPECT_TRUE(refused(100, 100 + kMaxReportDays));
}

TEST_F(StatisticsReports, AVisitorIsToldATypicalReplyOnlyWithEnoughSamples) {
  const auto shown = [&] {
    return get_inbox_for_visitors(w.tx, w.vic.account, w.inbox.id).value();
  };
  for (std::int64_t n = 0; n < kMinReplySamples; ++n) {
    EXPECT_EQ(shown().typical_reply_ms, std::nullopt) << n;
    const auto room = w.start_room();
    w.tx.advance(kMinuteMs);
    answer(w.ann, room.id);
  }
  EXPECT_NEAR(static_cast<double>(*shown().typical_reply_ms), kMinuteMs, 10);
  EXPECT_EQ(shown().agents_online, 2);
  EXPECT_TRUE(shown().opening.open);
  EXPECT_EQ(get_inbox_for_visitors(w.tx, w.vic.account, w.other_inbox.id).error().code,
            ErrorCode::not_found);
}

}  // namespace
}  // namespace parlor::chat
