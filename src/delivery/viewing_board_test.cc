#include "delivery/viewing_board.h"

#include <gtest/gtest.h>

namespace parlor::delivery {
namespace {

constexpr ConversationId kAnn{1};
constexpr ConversationId kBob{2};

chat::Event event_of(std::int64_t room, chat::EventBody body,
                     std::vector<ConversationId> team = {kAnn, kBob}) {
  chat::Room viewed;
  viewed.id = RoomId{room};
  chat::Event event;
  event.room = viewed;
  event.audience.agents = std::move(team);
  event.body = std::move(body);
  return event;
}

chat::Event view(std::int64_t room, ConversationId agent, std::uint64_t connection,
                 bool is_open = true) {
  return event_of(room, chat::RoomViewed{agent, "somebody", is_open, connection});
}

std::vector<ConversationId> agents_of(const Viewers& viewers) {
  std::vector<ConversationId> agents;
  for (const auto& viewer : viewers.agents) agents.push_back(viewer.agent);
  return agents;
}

using Agents = std::vector<ConversationId>;

TEST(ViewingBoard, TheTeamIsToldWhoHasTheRoomOpen) {
  ViewingBoard board;
  auto told = board.follow(view(9, kAnn, 10));
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].room, RoomId{9});
  EXPECT_EQ(told[0].audience.agents, (Agents{kAnn, kBob}));
  told = board.follow(view(9, kBob, 20));
  EXPECT_EQ(agents_of(told.at(0)), (Agents{kAnn, kBob}));
  told = board.follow(view(9, kAnn, 10, false));
  EXPECT_EQ(agents_of(told.at(0)), Agents{kBob});
  told = board.follow(view(9, kBob, 20, false));
  EXPECT_TRUE(told.at(0).agents.empty());
}

TEST(ViewingBoard, ASecondConnectionIsNewsForItsAgentOnly) {
  ViewingBoard board;
  board.follow(view(9, kAnn, 10));
  auto told = board.follow(view(9, kAnn, 11));
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].audience.agents, Agents{kAnn});
  EXPECT_EQ(agents_of(told[0]), Agents{kAnn});
  EXPECT_TRUE(board.follow(view(9, kAnn, 10, false)).empty()) << "the other one has it open";
  EXPECT_EQ(board.end(11).size(), 1U);
}

TEST(ViewingBoard, AConnectionThatEndsClosesItsRooms) {
  ViewingBoard board;
  board.follow(view(8, kAnn, 10));
  board.follow(view(9, kAnn, 10));
  board.follow(view(9, kBob, 20));
  const auto told = board.end(10);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(agents_of(told[1]), Agents{kBob});
  EXPECT_TRUE(board.end(10).empty());
}

TEST(ViewingBoard, WhatAnEndedConnectionOpensLateIsNotOpen) {
  ViewingBoard board;
  board.end(10);
  EXPECT_TRUE(board.follow(view(9, kAnn, 10)).empty());
}

TEST(ViewingBoard, WhoLosesTheRoomIsShownNoMoreAndHearsNoMore) {
  ViewingBoard board;
  board.follow(view(9, kAnn, 10));
  board.follow(view(9, kBob, 20));
  chat::RoomUpdated updated{chat::RoomChangeKind::assignee, false};
  EXPECT_TRUE(board.follow(event_of(9, updated, {kBob})).empty());
  const auto told = board.follow(event_of(9, chat::AccessLost{}, {kAnn}));
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(agents_of(told[0]), Agents{kBob});
  EXPECT_EQ(told[0].audience.agents, Agents{kBob});
  EXPECT_TRUE(board.end(10).empty());
}

TEST(ViewingBoard, OneConnectionHasTwentyRoomsOpenAtMost) {
  ViewingBoard board;
  for (std::int64_t room = 1; room <= 20; ++room) {
    EXPECT_EQ(board.follow(view(room, kAnn, 10)).size(), 1U);
  }
  const auto told = board.follow(view(21, kAnn, 10));
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[1].room, RoomId{1});
  EXPECT_TRUE(told[1].agents.empty());
  EXPECT_EQ(board.end(10).size(), 20U);
}

}  // namespace
}  // namespace parlor::delivery
