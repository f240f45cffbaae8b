#include "delivery/membership_board.h"

#include <gtest/gtest.h>

namespace parlor::delivery {
namespace {

using What = MembershipChange::What;

constexpr AccountId kAccount{7};
constexpr ConversationId kAnn{1};
constexpr ConversationId kVic{2};
constexpr RoomId kRoom{4'611'686'018};
constexpr Timestamp kStart{1'759'919'400'000};
constexpr std::int64_t kSecondMs = 1'000;
const std::string kOnline = R"({"status":"online","typing":false})";
const std::string kTyping = R"({"status":"online","typing":true})";

// A board, the time, and everything that has been told, as "joined 1", "updated 2", "left 1".
struct Scene {
  Scene() : board({}, clock.now()) {}

  ManualClock clock{kStart};
  MembershipBoard board;
  std::vector<std::string> told;
  bool is_support_room = false;
  std::vector<Eviction> evictions;
  std::vector<chat::Audience> heard_by;  // the last typing
  chat::TicketKey ticket{kAccount, "t-1"};

  void hear(MembershipNews news) {
    for (const auto& change : news.changes) {
      const auto* what = change.what == What::joined    ? "joined "
                         : change.what == What::updated ? "updated "
                                                        : "left ";
      told.push_back(what + std::to_string(change.member.person.conversation.value));
    }
    for (const auto& typing : news.typing) {
      told.push_back((typing.is_typing ? "types " : "types no more ") +
                     std::to_string(typing.signal.from.value));
      heard_by = typing.signal.audiences;
    }
    for (auto& eviction : news.evictions) evictions.push_back(std::move(eviction));
  }
  chat::MembershipAnswer ask(chat::MembershipRequest request) {
    auto answer = std::make_shared<chat::MembershipAnswer>();
    chat::Event event;
    event.audience.account = kAccount;
    event.body = chat::MembershipAsked{ticket, std::move(request), answer};
    hear(board.follow(event, clock.now()));
    return *answer;
  }
  chat::MembershipAnswer join(ConversationId who, std::uint64_t connection = 0,
                              std::string token = "", std::string presence = kOnline) {
    chat::JoinAsked join;
    join.person = {who, who == kVic ? chat::PersonKind::contact : chat::PersonKind::agent,
                   std::to_string(who.value)};
    join.metadata = R"({"role":"support"})";
    join.presence = std::move(presence);
    join.resume_token = std::move(token);
    join.new_token = "token of " + std::to_string(clock.now().ms);
    join.connection = connection;
    join.limit = 100;
    if (is_support_room) join.typing = std::make_shared<const chat::TypingSignal>(signal(who));
    return ask(std::move(join));
  }
  // The ticket is that of a support room now.
  void link() {
    ticket.id = to_hex(kRoom);
    is_support_room = true;
  }
  static chat::TypingSignal signal(ConversationId who) {
    chat::TypingSignal signal;
    signal.room = kRoom;
    signal.from = who;
    signal.person = {who, chat::PersonKind::agent, std::to_string(who.value)};
    signal.audiences.resize(2);
    signal.audiences[0].account = kAccount;
    signal.audiences[1].contact = kVic;
    return signal;
  }
  void type_elsewhere(ConversationId who, bool is_typing = true) {
    hear(board.type({signal(who), is_typing}, clock.now()));
  }
  chat::MembershipAnswer leave(ConversationId who, std::uint64_t connection = 0) {
    return ask(chat::LeaveAsked{who, connection});
  }
  chat::MembershipAnswer members(int limit = 25, std::int64_t after = 0) {
    return ask(chat::MembersAsked{limit, after, {}});
  }
  bool beat(ConversationId who, const std::string& presence = kOnline) {
    MembershipNews news;
    const auto member = board.beat({ticket, who, presence, nullptr}, clock.now(), news);
    hear(std::move(news));
    return member.has_value();
  }
  void pass(std::int64_t ms) {
    clock.advance(ms);
    hear(board.expire(clock.now()));
  }
  void change(chat::TicketChanged changed) {
    chat::Event event;
    event.body = std::move(changed);
    hear(board.follow(event, clock.now()));
  }
};

using Told = std::vector<std::string>;

TEST(MembershipBoard, AMemberIsThereFor45SecondsAndNotFor46) {
  Scene scene;
  scene.join(kAnn);
  scene.clock.advance(44 * kSecondMs);
  EXPECT_EQ(scene.members().members.size(), 1U);
  EXPECT_EQ(scene.told, Told{"joined 1"});
  EXPECT_EQ(scene.board.next_expiry(), kStart + 45 * kSecondMs) << "so somebody looks in time";
  scene.clock.advance(2 * kSecondMs);
  EXPECT_TRUE(scene.members().members.empty());
  EXPECT_EQ(scene.told, (Told{"joined 1", "left 1"}));
}

TEST(MembershipBoard, ExpiryNeedsNoTraffic) {
  Scene scene;
  scene.join(kAnn);
  scene.pass(45 * kSecondMs - 1);
  EXPECT_EQ(scene.told, Told{"joined 1"});
  scene.pass(1);
  EXPECT_EQ(scene.told, (Told{"joined 1", "left 1"}));
  EXPECT_FALSE(scene.beat(kAnn));
}

TEST(MembershipBoard, AHeartbeatGivesAnotherTimeToLiveAndIsNews) {
  Scene scene;
  scene.join(kAnn);
  for (int i = 0; i < 10; ++i) {
    scene.pass(40 * kSecondMs);
    EXPECT_TRUE(scene.beat(kAnn));
  }
  EXPECT_EQ(scene.told, Told{"joined 1"});
  scene.pass(44 * kSecondMs);
  EXPECT_EQ(scene.board.size(), 1U);
  scene.pass(1 * kSecondMs);
  EXPECT_EQ(scene.board.size(), 0U);
}

TEST(MembershipBoard, OnlyAChangedPresenceIsTold) {
  Scene scene;
  scene.join(kAnn);
  scene.beat(kAnn, kTyping);
  scene.beat(kAnn, kTyping);
  scene.beat(kAnn, kOnline);
  EXPECT_EQ(scene.told, (Told{"joined 1", "updated 1", "updated 1"}));
  EXPECT_FALSE(scene.beat(kVic)) << "not a member";
  const auto answer = scene.ask(chat::PresenceAsked{kVic, kTyping});
  EXPECT_EQ(answer.error->code, ErrorCode::conflict);
}

TEST(MembershipBoard, JoiningAgainKeepsSinceWhen) {
  Scene scene;
  scene.join(kAnn);
  scene.pass(30 * kSecondMs);
  const auto again = scene.join(kAnn);
  EXPECT_EQ(again.member->joined_at, kStart);
  EXPECT_EQ(again.member->expires_at, kStart + 75 * kSecondMs);
  EXPECT_EQ(scene.told, Told{"joined 1"});
}

TEST(MembershipBoard, ThreeTabsAreOneMember) {
  Scene scene;
  for (const std::uint64_t connection : {10U, 11U, 12U}) scene.join(kAnn, connection);
  EXPECT_EQ(scene.members().members.size(), 1U);
  EXPECT_EQ(scene.members().connections, 3);
  scene.hear(scene.board.end(10, scene.clock.now()));
  scene.hear(scene.board.end(11, scene.clock.now()));
  scene.pass(10 * kSecondMs);
  EXPECT_EQ(scene.told, Told{"joined 1"}) << "one tab is still there";
  scene.hear(scene.board.end(12, scene.clock.now()));
  scene.pass(5 * kSecondMs - 1);
  EXPECT_EQ(scene.told, Told{"joined 1"}) << "the grace";
  scene.pass(1);
  EXPECT_EQ(scene.told, (Told{"joined 1", "left 1"}));
  EXPECT_FALSE(scene.board.is_open(scene.ticket));
}

TEST(MembershipBoard, AReloadDoesNotFlickerAndKeepsThePresence) {
  Scene scene;
  const auto first = scene.join(kAnn, 10);
  scene.beat(kAnn, kTyping);
  scene.told.clear();
  scene.hear(scene.board.end(10, scene.clock.now()));
  scene.pass(2 * kSecondMs);
  const auto again = scene.join(kAnn, 20, first.resume_token);
  EXPECT_EQ(again.member->presence, kTyping);
  EXPECT_EQ(again.member->joined_at, kStart);
  EXPECT_EQ(again.resume_token, first.resume_token);
  scene.pass(10 * kSecondMs);
  EXPECT_TRUE(scene.told.empty());
  const auto as_new = scene.join(kAnn, 20, "a token of nobody");
  EXPECT_EQ(as_new.member->presence, kOnline);
  EXPECT_EQ(scene.told, Told{"updated 1"});
}

TEST(MembershipBoard, AConnectionThatEndedBeforeItsJoinWasHeardHasTheGrace) {
  Scene scene;
  scene.hear(scene.board.end(10, scene.clock.now()));
  scene.join(kAnn, 10);
  EXPECT_FALSE(scene.board.is_open(scene.ticket));
  scene.pass(5 * kSecondMs);
  EXPECT_EQ(scene.told, (Told{"joined 1", "left 1"}));
}

TEST(MembershipBoard, LeavingIsForOneTabOrAltogetherAndTwiceIsOnce) {
  Scene scene;
  scene.join(kAnn, 10);
  scene.join(kAnn, 11);
  scene.leave(kAnn, 10);
  EXPECT_EQ(scene.told, Told{"joined 1"});
  scene.leave(kAnn, 11);
  EXPECT_EQ(scene.told, (Told{"joined 1", "left 1"}));
  EXPECT_FALSE(scene.leave(kAnn, 11).error);
  EXPECT_FALSE(scene.leave(kAnn).error);
  scene.join(kAnn, 12);
  scene.join(kAnn, 13);
  scene.told.clear();
  scene.leave(kAnn);
  EXPECT_EQ(scene.told, Told{"left 1"});
  EXPECT_FALSE(scene.board.is_open(scene.ticket));
}

TEST(MembershipBoard, AnExpiredMembersConnectionHearsOn) {
  Scene scene;
  scene.join(kAnn, 10);
  scene.pass(45 * kSecondMs);
  EXPECT_EQ(scene.told, (Told{"joined 1", "left 1"}));
  EXPECT_TRUE(scene.board.is_open(scene.ticket));
  scene.join(kAnn, 10);
  EXPECT_EQ(scene.members().connections, 1);
  scene.hear(scene.board.end(10, scene.clock.now()));
  EXPECT_FALSE(scene.board.is_open(scene.ticket));
}

TEST(MembershipBoard, PagesOfMembersAreByTheOrderOfJoining) {
  Scene scene;
  for (std::int64_t person = 1; person <= 5; ++person) scene.join(ConversationId{person});
  const auto first = scene.members(2);
  ASSERT_EQ(first.members.size(), 2U);
  EXPECT_EQ(first.members[0].person.conversation, kAnn);
  scene.leave(ConversationId{3});
  const auto second = scene.members(2, first.next);
  ASSERT_EQ(second.members.size(), 2U);
  EXPECT_EQ(second.members[0].person.conversation, ConversationId{4});
  EXPECT_EQ(second.next, 0);
}

TEST(MembershipBoard, ARoomHasAtMostAThousandMembers) {
  Scene scene;
  for (std::int64_t person = 1; person <= 1'000; ++person) {
    ASSERT_FALSE(scene.join(ConversationId{person}).error);
  }
  const auto refused = scene.join(ConversationId{1'001});
  ASSERT_TRUE(refused.error);
  EXPECT_EQ(refused.error->code, ErrorCode::too_large);
  EXPECT_FALSE(scene.join(ConversationId{1'000}).error) << "who is in, stays in";
}

TEST(MembershipBoard, ClosingEndsEverybody) {
  Scene scene;
  scene.join(kAnn, 10);
  scene.join(kVic, 20);
  scene.told.clear();
  scene.change({scene.ticket, chat::TicketClosed{}});
  EXPECT_TRUE(scene.told.empty()) << "that the room is closed says it all";
  EXPECT_EQ(scene.board.size(), 0U);
  ASSERT_EQ(scene.evictions.size(), 1U);
  EXPECT_FALSE(scene.evictions[0].customers_only);
  EXPECT_FALSE(scene.board.is_open(scene.ticket));
  EXPECT_TRUE(scene.board.end(10, scene.clock.now()).empty());
}

TEST(MembershipBoard, AnotherOwnerMeansThatCustomersAreOut) {
  Scene scene;
  scene.join(kAnn, 10);
  scene.join(kVic, 20);
  scene.told.clear();
  scene.change({scene.ticket, chat::TicketMetadataChanged{"{}", "{}", 2, true, false}});
  EXPECT_TRUE(scene.told.empty());
  scene.change({scene.ticket, chat::TicketMetadataChanged{"{}", "{}", 3, true, true}});
  EXPECT_EQ(scene.told, Told{"left 2"});
  ASSERT_EQ(scene.evictions.size(), 1U);
  EXPECT_TRUE(scene.evictions[0].customers_only);
}

TEST(MembershipBoard, WhoLosesASupportRoomIsOutOfItsTicket) {
  Scene scene;
  scene.link();
  scene.join(kAnn, 10);
  scene.join(ConversationId{3}, 30);
  scene.told.clear();
  chat::Room room;
  room.account = kAccount;
  room.id = kRoom;
  chat::Event lost;
  lost.room = room;
  lost.audience.agents = {kAnn};
  lost.body = chat::AccessLost{};
  scene.hear(scene.board.follow(lost, scene.clock.now()));
  EXPECT_EQ(scene.told, Told{"left 1"});
  EXPECT_EQ(scene.evictions.at(0).people, std::vector<ConversationId>{kAnn});
  chat::Event closed = lost;
  room.status = chat::RoomStatus::closed;
  closed.room = room;
  closed.body = chat::RoomUpdated{chat::RoomChangeKind::status, true};
  scene.hear(scene.board.follow(closed, scene.clock.now()));
  EXPECT_EQ(scene.board.size(), 0U);
}

TEST(MembershipBoard, TheOtherApisHearMembersOfASupportRoomType) {
  Scene scene;
  scene.join(kAnn);
  scene.beat(kAnn, kTyping);
  EXPECT_EQ(scene.told, (Told{"joined 1", "updated 1"})) << "a ticket of its own";
  scene.link();
  scene.told.clear();
  scene.join(kAnn);
  scene.beat(kAnn, kOnline);
  EXPECT_EQ(scene.told, Told{"joined 1"});
  scene.told.clear();
  scene.beat(kAnn, kTyping);
  scene.beat(kAnn, kTyping);
  EXPECT_EQ(scene.told, (Told{"updated 1", "types 1", "types 1"})) << "each sign keeps it alive";
  scene.told.clear();
  scene.beat(kAnn, kOnline);
  EXPECT_EQ(scene.told, (Told{"updated 1", "types no more 1"}));
  scene.beat(kAnn, kTyping);
  scene.told.clear();
  scene.leave(kAnn);
  EXPECT_EQ(scene.told, (Told{"left 1", "types no more 1"}));
  scene.told.clear();
  scene.join(kAnn, 0, "", kTyping);
  scene.join(kAnn, 0, "", kOnline);
  EXPECT_EQ(scene.told, (Told{"joined 1", "types 1", "updated 1", "types no more 1"}));
}

TEST(MembershipBoard, TypingIsHeardByTheTeamAsItIsNow) {
  Scene scene;
  scene.link();
  scene.join(kAnn);
  chat::Room room;
  room.account = kAccount;
  room.id = kRoom;
  chat::Event assigned;
  assigned.room = room;
  assigned.audience.account = kAccount;
  assigned.audience.agents = {ConversationId{3}};
  assigned.body = chat::RoomUpdated{chat::RoomChangeKind::assignee, false};
  scene.hear(scene.board.follow(assigned, scene.clock.now()));
  scene.beat(kAnn, kTyping);
  ASSERT_EQ(scene.heard_by.size(), 2U);
  EXPECT_EQ(scene.heard_by[0].agents, std::vector<ConversationId>{ConversationId{3}});
  EXPECT_EQ(scene.heard_by[0].except, std::vector<ConversationId>{kAnn});
  EXPECT_EQ(scene.heard_by[1].contact, kVic);
}

TEST(MembershipBoard, AMemberWhoTypesInAnotherApiIsTyping) {
  Scene scene;
  scene.link();
  scene.join(kAnn);
  scene.type_elsewhere(kAnn);
  scene.type_elsewhere(kAnn);
  EXPECT_EQ(scene.told, (Told{"joined 1", "updated 1"})) << "no echo";
  EXPECT_EQ(scene.members().members.at(0).presence, kTyping);
  scene.type_elsewhere(kAnn, false);
  EXPECT_EQ(scene.members().members.at(0).presence, kOnline);
  scene.beat(kAnn, kTyping);
  scene.told.clear();
  scene.type_elsewhere(kAnn, false);
  EXPECT_TRUE(scene.told.empty()) << "what they said here stays until they say otherwise";
}

TEST(MembershipBoard, WhoTypesInAnotherApiIsThereWhileTheyType) {
  Scene scene;
  scene.link();
  scene.type_elsewhere(kAnn);
  EXPECT_TRUE(scene.told.empty()) << "nobody is there to see it";
  scene.join(kVic, 20);
  scene.told.clear();
  scene.type_elsewhere(kAnn);
  scene.pass(44 * kSecondMs);
  scene.beat(kVic);
  scene.type_elsewhere(kAnn);
  scene.pass(44 * kSecondMs);
  scene.beat(kVic);
  EXPECT_EQ(scene.told, Told{"joined 1"});
  EXPECT_EQ(scene.members().members.at(1).presence, kTyping);
  EXPECT_FALSE(scene.beat(kAnn)) << "they have not joined";
  scene.type_elsewhere(kAnn, false);
  EXPECT_EQ(scene.told, (Told{"joined 1", "left 1"}));
  scene.told.clear();
  scene.type_elsewhere(kAnn);
  const auto joined = scene.join(kAnn, 10);
  EXPECT_FALSE(joined.resume_token.empty());
  scene.type_elsewhere(kAnn, false);
  EXPECT_TRUE(scene.beat(kAnn));
  EXPECT_EQ(scene.told, (Told{"joined 1", "updated 1", "types no more 1"}));
}

TEST(MembershipBoard, ARoomWithoutMembersIsIdleAfterFiveMinutes) {
  Scene scene;
  scene.join(kAnn, 10);
  scene.leave(kAnn);
  scene.pass(299 * kSecondMs);
  EXPECT_TRUE(scene.board.take_idle(scene.clock.now()).empty());
  EXPECT_EQ(scene.members().idle_since, Timestamp{});
  EXPECT_EQ(scene.board.next_expiry(), kStart + 300 * kSecondMs);
  scene.pass(1 * kSecondMs);
  EXPECT_EQ(scene.members().idle_since, kStart + 300 * kSecondMs);
  const auto idle = scene.board.take_idle(scene.clock.now());
  ASSERT_EQ(idle.size(), 1U);
  EXPECT_EQ(idle[0].ticket, scene.ticket);
  EXPECT_EQ(idle[0].since, kStart + 300 * kSecondMs);
  EXPECT_TRUE(scene.board.take_idle(scene.clock.now()).empty());
}

TEST(MembershipBoard, ARoomThatIsUsedAgainIsNotIdle) {
  Scene scene;
  scene.join(kAnn);
  scene.leave(kAnn);
  scene.pass(200 * kSecondMs);
  scene.join(kAnn);
  scene.pass(44 * kSecondMs);
  scene.beat(kAnn);
  scene.pass(44 * kSecondMs);
  scene.beat(kAnn);
  scene.pass(20 * kSecondMs);
  EXPECT_TRUE(scene.board.take_idle(scene.clock.now()).empty());
}

TEST(MembershipBoard, ForgetsWhatIsOver) {
  Scene scene;
  for (int i = 0; i < 1'000; ++i) {
    scene.ticket.id = "t-" + std::to_string(i);
    scene.join(kAnn, 10);
    scene.join(kVic);
  }
  EXPECT_EQ(scene.board.size(), 2'000U);
  scene.hear(scene.board.end(10, scene.clock.now()));
  scene.pass(45 * kSecondMs);
  EXPECT_EQ(scene.board.size(), 0U);
  EXPECT_EQ(scene.board.take_idle(scene.clock.now() + 300 * kSecondMs).size(), 1'000U);
  EXPECT_FALSE(scene.board.next_expiry());
}

}  // namespace
}  // namespace parlor::delivery
