#include "chat/routing_rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace parlor::chat {
namespace {

using enum RoutingAlgorithm;

RoutingCandidate agent(std::int64_t id, std::int64_t open_rooms = 0, std::int64_t last = 0) {
  RoutingCandidate candidate;
  candidate.agent = ConversationId{id};
  candidate.capacity = 20;
  candidate.open_rooms = open_rooms;
  candidate.last_assigned_at = Timestamp{last};
  return candidate;
}
RoutingCandidate away(std::int64_t id) {
  auto candidate = agent(id);
  candidate.availability = Availability::away;
  return candidate;
}
RoutingCandidate without_seat(std::int64_t id) {
  auto candidate = agent(id);
  candidate.has_seat = false;
  return candidate;
}
RoutingCandidate full(std::int64_t id) { return agent(id, 20); }

struct Case {
  const char* what;
  RoutingAlgorithm algorithm;
  std::vector<RoutingCandidate> members;
  std::int64_t last_served;
  std::int64_t expected;  // 0 = nobody
};

TEST(RoutingRules, WhoGetsTheNextRoom) {
  const Case cases[] = {
      {"nobody is there", round_robin, {}, 0, 0},
      {"the first of all", round_robin, {agent(1), agent(2), agent(3)}, 0, 1},
      {"the next one", round_robin, {agent(1), agent(2), agent(3)}, 1, 2},
      {"around", round_robin, {agent(1), agent(2), agent(3)}, 3, 1},
      {"in any order", round_robin, {agent(3), agent(1), agent(2)}, 1, 2},
      {"alone again", round_robin, {agent(1)}, 1, 1},
      {"load does not matter", round_robin, {agent(1), agent(2, 19)}, 1, 2},
      {"who was served has left", round_robin, {agent(1), agent(4)}, 3, 4},
      {"passes over the away", round_robin, {agent(1), away(2), agent(3)}, 1, 3},
      {"passes over who has no seat", round_robin, {agent(1), without_seat(2), agent(3)}, 1, 3},
      {"passes over the full", round_robin, {agent(1), full(2), agent(3)}, 1, 3},
      {"nobody has room", round_robin, {full(1), away(2), without_seat(3)}, 0, 0},
      {"the freest", load_based, {agent(1, 3), agent(2, 1), agent(3, 2)}, 2, 2},
      {"assigned longest ago",
       load_based,
       {agent(1, 1, 70), agent(2, 1, 50), agent(3, 1, 60)},
       0,
       2},
      {"never assigned", load_based, {agent(1, 0, 70), agent(2, 0, 0)}, 0, 2},
      {"the smallest id", load_based, {agent(2, 1, 5), agent(1, 1, 5)}, 1, 1},
      {"free but away", load_based, {away(1), agent(2, 9)}, 0, 2},
      {"all are full", load_based, {full(1), full(2)}, 0, 0},
      {"by hand", manual, {agent(1), agent(2)}, 1, 0},
  };
  for (const auto& c : cases) {
    const auto next = decide_next_assignee(c.algorithm, c.members, ConversationId{c.last_served});
    EXPECT_EQ(next.value_or(ConversationId{}).value, c.expected) << c.what;
  }
}

TEST(RoutingRules, CapacityIsHowManyOpenRoomsAreGivenAtMost) {
  auto member = agent(1);
  member.capacity = 0;
  EXPECT_FALSE(is_eligible(member));
  member.capacity = 1;
  EXPECT_TRUE(is_eligible(member));
  member.open_rooms = 1;
  EXPECT_FALSE(is_eligible(member));
  member.open_rooms = 5;  // more were given by hand
  EXPECT_FALSE(is_eligible(member));
}

// Agents come and go; among those who were there all the time, nobody is ahead of anybody by more
// than one room.
TEST(RoutingRules, RoundRobinIsFairToThoseWhoStayWhoeverComesAndGoes) {
  std::mt19937 random(20261121);
  for (int round = 0; round < 20; ++round) {
    std::vector<RoutingCandidate> members;
    const auto staying = 1 + random() % 12;
    for (std::uint32_t i = 0; i < staying; ++i) members.push_back(agent(1000 + 10 * i));
    for (auto& member : members) member.capacity = 1'000'000;
    std::map<std::int64_t, int> rooms;
    ConversationId last;
    for (int room = 0; room < 10'000; ++room) {
      if (random() % 7 == 0) {
        const auto id = static_cast<std::int64_t>(900 + random() % 300);
        const auto it = std::find_if(members.begin() + staying, members.end(),
                                     [&](const auto& m) { return m.agent.value == id; });
        if (it != members.end()) {
          members.erase(it);
        } else if (id % 10 != 0) {
          members.push_back(agent(id));
        }
      }
      const auto next = decide_next_assignee(round_robin, members, last);
      ASSERT_TRUE(next);
      last = *next;
      ++rooms[next->value];
    }
    int least = INT32_MAX;
    int most = 0;
    for (std::uint32_t i = 0; i < staying; ++i) {
      least = std::min(least, rooms[1000 + 10 * i]);
      most = std::max(most, rooms[1000 + 10 * i]);
    }
    EXPECT_LE(most - least, 1) << staying << " agents";
  }
}

TEST(RoutingRules, AvailabilityIsTheChoiceOfWhoIsThereOrHasPinnedIt) {
  const auto active = Availability::active;
  const auto gone = Availability::away;
  const struct {
    Availability chosen;
    bool pinned;
    bool present;
    Availability expected;
  } cases[] = {
      {active, false, true, active}, {active, false, false, gone}, {active, true, false, active},
      {active, true, true, active},  {gone, false, true, gone},    {gone, true, true, gone},
      {gone, false, false, gone},    {gone, true, false, gone},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(availability_of({c.chosen, c.pinned, c.present, {}}), c.expected);
  }
}

constexpr std::int64_t kTenMinutes = 600'000;

Room waiting_room() {
  Room room;
  room.last_public_message = MessagePreview{};
  room.assignees = {{ConversationId{1}, Timestamp{1'000}}};
  return room;
}

TEST(RoutingRules, AnUnansweredRoomGoesBackTenMinutesAfterItsLastAssigneeWentAway) {
  const Room room = waiting_room();
  const AssigneeStanding here{{1'000}, Availability::active, {0}};
  const AssigneeStanding gone{{1'000}, Availability::away, {5'000}};
  const AssigneeStanding gone_later{{1'000}, Availability::away, {9'000}};
  const AssigneeStanding got_it_away{{20'000}, Availability::away, {5'000}};
  const auto due = [&](std::vector<AssigneeStanding> assignees) {
    return due_for_return(room, assignees, kTenMinutes);
  };
  EXPECT_EQ(due({gone}), Timestamp{605'000});
  EXPECT_EQ(due({gone, gone_later}), Timestamp{609'000});
  EXPECT_EQ(due({got_it_away}), Timestamp{620'000}) << "assigned while away: ten minutes from then";
  EXPECT_EQ(due({here}), std::nullopt);
  EXPECT_EQ(due({gone, here}), std::nullopt) << "a colleague can answer";
  EXPECT_EQ(due({}), std::nullopt);
}

TEST(RoutingRules, OnlyOpenRoomsWithAnUnansweredCustomerGoBack) {
  const AssigneeStanding gone{{1'000}, Availability::away, {5'000}};
  Room room = waiting_room();
  room.last_public_message->sender = SenderKind::agent;
  EXPECT_EQ(due_for_return(room, {gone}, kTenMinutes), std::nullopt);
  room.last_public_message.reset();
  EXPECT_EQ(due_for_return(room, {gone}, kTenMinutes), std::nullopt) << "nobody has written";
  room = waiting_room();
  for (const RoomStatus status : {RoomStatus::pending, RoomStatus::closed}) {
    room.status = status;
    EXPECT_EQ(due_for_return(room, {gone}, kTenMinutes), std::nullopt);
  }
}

TEST(RoutingRules, ARoomThatIsTakenBackWaitsFromItsCreation) {
  Room room;
  room.created_at = Timestamp{7};
  room.queued_at = Timestamp{99};
  wait_ahead(room);
  EXPECT_EQ(room.queued_at, Timestamp{7});
  room.queued_at = Timestamp{};
  wait_ahead(room);
  EXPECT_EQ(room.queued_at, Timestamp{}) << "it does not wait";
}

}  // namespace
}  // namespace parlor::chat
