#include "chat/routing.h"

#include <gtest/gtest.h>

#include "chat/agents.h"
#include "chat/availability.h"
#include "chat/inboxes.h"
#include "chat/messages.h"
#include "chat/rooms.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

constexpr std::int64_t kMinute = 60'000;

// Ann and Bob behind an inbox that routes, and nobody waiting.
struct Desk : World {
  explicit Desk(RoutingAlgorithm algorithm = RoutingAlgorithm::round_robin)
      : desk(make("Desk", algorithm, {ann, bob})) {}

  Inbox make(const std::string& name, RoutingAlgorithm algorithm,
             const std::vector<Actor>& members) {
    CreateInbox input;
    input.name = name;
    input.algorithm = algorithm;
    Inbox made = create_inbox(tx, server_operator(acme.id), input).value();
    for (const Actor& member : members) join(made, member);
    tx.take_events();
    return made;
  }
  void join(const Inbox& to, const Actor& who) {
    add_inbox_member(tx, server_operator(acme.id), {to.id, who.conversation}).value();
  }
  void leave(const Inbox& from, const Actor& who) {
    remove_inbox_member(tx, server_operator(acme.id), {from.id, who.conversation}).value();
  }

  Room open(const std::string& text = "help") { return open_in(desk, text); }
  Room open_in(const Inbox& where, const std::string& text = "help") {
    tx.advance(1);
    return create_user_room(tx, vic, {where.id, text, ""}).value().room;
  }
  void say(const Actor& who, RoomId where, const std::string& text = "more") {
    tx.advance(1);
    MessageDraft draft;
    draft.content = text;
    if (who.is_team()) {
      send_agent_message(tx, who, {where, {}, draft, ""}).value();
    } else {
      send_user_message(tx, who, {where, draft, ""}).value();
    }
  }
  void be(const Actor& who, Availability status) {
    tx.advance(1);
    set_availability(tx, who, {status, {}}).value();
  }
  void set(const Actor& who, bool has_seat, int capacity) {
    const Agent before = tx.agents().find_by_conversation(acme.id, who.conversation).value();
    Agent after = before;
    after.has_seat = has_seat;
    after.capacity = capacity;
    tx.agents().update(after);
    follow_agent(tx, before, after);
  }
  // Until nothing is due; answers the number of steps.
  int settle() {
    for (int steps = 0;; ++steps) {
      const auto before = tx.rows_written();
      const auto step = run_routing(tx, {10 * kMinute}).value();
      EXPECT_LE(tx.rows_written() - before, 500) << "rows in one step";
      if (!step.next_due || *step.next_due > tx.now()) return steps;
      EXPECT_LT(steps, 1000);
    }
  }

  // Whose the room is: "Ann", "Ann Bob", "queue", "nobody".
  std::string holder(RoomId id) {
    const Room now = room(id);
    std::string names;
    for (const auto& assignee : now.assignees) {
      if (!names.empty()) names += ' ';
      names += tx.agents().find_by_conversation(acme.id, assignee.agent)->name;
    }
    if (!names.empty()) return names;
    return now.queued_at == Timestamp{} ? "nobody" : "queue";
  }
  std::int64_t load(const Actor& who) {
    return tx.routing().candidate(acme.id, who.conversation)->open_rooms;
  }

  Inbox desk;
};

TEST(Routing, ANewRoomGoesToTheNextAgentAndOnlyThatOneHearsOfIt) {
  Desk world;
  const Room first = world.open();
  EXPECT_EQ(world.holder(first.id), "Ann");
  EXPECT_EQ(first.assignees.size(), 1u);
  EXPECT_EQ(world.heard_by_all(), "Ada: newMessage; Ann: joinRoom newMessage; Vic: joinRoom");
  EXPECT_EQ(world.holder(world.open().id), "Bob");
  EXPECT_EQ(world.holder(world.open().id), "Ann");
  EXPECT_EQ(world.load(world.ann), 2);
  EXPECT_EQ(world.load(world.bob), 1);
}

TEST(Routing, TheTurnIsTheInboxsOwn) {
  Desk world;
  const Inbox sales = world.make("Sales", RoutingAlgorithm::round_robin, {world.ann, world.bob});
  EXPECT_EQ(world.holder(world.open().id), "Ann");
  EXPECT_EQ(world.holder(world.open_in(sales).id), "Ann");
  EXPECT_EQ(world.holder(world.open_in(sales).id), "Bob");
  EXPECT_EQ(world.holder(world.open().id), "Bob");
}

TEST(Routing, LoadBasedCountsTheRoomsOfEveryInboxAndFollowsClosing) {
  Desk world(RoutingAlgorithm::load_based);
  const Inbox sales = world.make("Sales", RoutingAlgorithm::round_robin, {world.ann});
  for (int i = 0; i < 2; ++i) world.open_in(sales);
  const Room first = world.open();
  EXPECT_EQ(world.holder(first.id), "Bob");
  EXPECT_EQ(world.holder(world.open().id), "Bob");
  EXPECT_EQ(world.holder(world.open().id), "Ann") << "two each; she got hers longest ago";
  world.set_status(first.id, RoomStatus::pending);
  EXPECT_EQ(world.load(world.bob), 1) << "pending rooms are no load";
  EXPECT_EQ(world.holder(world.open().id), "Bob");
}

TEST(Routing, NobodyEligibleMeansTheQueueAndTheMembersHearOfIt) {
  Desk world;
  world.be(world.ann, Availability::away);
  world.set(world.bob, false, 20);
  world.tx.take_events();
  const Room room = world.open();
  EXPECT_EQ(world.holder(room.id), "queue");
  EXPECT_EQ(world.heard_by_all(),
            "Ada: newMessage; Ann: joinRoom newMessage; Bob: joinRoom newMessage; Vic: joinRoom");
}

TEST(Routing, AQueuedRoomGoesToWhoBecomesActiveAndTheOthersLoseIt) {
  Desk world;
  world.be(world.ann, Availability::away);
  world.be(world.bob, Availability::away);
  const Room older = world.open("older");
  const Room newer = world.open("newer");
  world.set(world.ann, true, 1);
  world.be(world.ann, Availability::active);
  world.tx.take_events();
  world.settle();
  EXPECT_EQ(world.holder(older.id), "Ann");
  EXPECT_EQ(world.holder(newer.id), "queue") << "she is full";
  EXPECT_EQ(world.heard_by_all(),
            "Ada: updateRoom:assignee; Ann: joinRoom updateRoom:assignee; Bob: accessLost; "
            "Vic: joinRoom");
}

TEST(Routing, EveryWayToGetFreeDrawsTheOldestRoom) {
  const struct {
    const char* what;
    void (*act)(Desk&, RoomId held);
  } ways[] = {
      {"closing", [](Desk& w, RoomId held) { w.set_status(held, RoomStatus::closed); }},
      {"pending", [](Desk& w, RoomId held) { w.set_status(held, RoomStatus::pending); }},
      {"handing over", [](Desk& w, RoomId held) { w.assign(held, {w.carl}); }},
      {"more capacity", [](Desk& w, RoomId) { w.set(w.ann, true, 2); }},
      {"a colleague joins", [](Desk& w, RoomId) { w.join(w.desk, w.carl); }},
      {"a colleague gets a seat", [](Desk& w, RoomId) { w.set(w.bob, true, 20); }},
  };
  for (const auto& way : ways) {
    Desk world;
    world.set(world.ann, true, 1);
    world.set(world.bob, false, 20);
    const Room held = world.open("held");
    const Room queued = world.open("queued");
    const Room last = world.open("last");
    world.settle();
    ASSERT_EQ(world.holder(queued.id), "queue") << way.what;
    way.act(world, held.id);
    world.settle();
    EXPECT_NE(world.holder(queued.id), "queue") << way.what;
    if (world.tx.inboxes().members(world.acme.id, world.desk.id).size() == 2 &&
        std::string(way.what) != "a colleague gets a seat") {
      EXPECT_EQ(world.holder(last.id), "queue") << way.what;
    }
  }
}

TEST(Routing, AnInboxThatBeginsToRouteServesItsQueue) {
  Desk world;
  const Inbox by_hand = world.make("By hand", RoutingAlgorithm::manual, {world.ann});
  const Room room = world.open_in(by_hand);
  EXPECT_EQ(world.settle(), 0);
  EXPECT_EQ(world.holder(room.id), "queue") << "nobody is given rooms there";
  EXPECT_TRUE(world.tx.routing().waiting_inboxes_of(world.acme.id, world.ann.conversation).empty());
  UpdateInbox input;
  input.inbox = by_hand.id;
  input.algorithm = RoutingAlgorithm::load_based;
  update_inbox(world.tx, world.ada, input).value();
  world.settle();
  EXPECT_EQ(world.holder(room.id), "Ann");
}

TEST(Routing, AmongSeveralInboxesTheRoomThatHasWaitedLongestGoesFirst) {
  Desk world;
  const Inbox sales = world.make("Sales", RoutingAlgorithm::round_robin, {world.ann});
  world.set(world.bob, false, 20);
  world.be(world.ann, Availability::away);
  const Room first = world.open("first");
  const Room second = world.open_in(sales, "second");
  const Room third = world.open("third");
  world.set(world.ann, true, 2);
  world.be(world.ann, Availability::active);
  world.settle();
  EXPECT_EQ(world.holder(first.id), "Ann");
  EXPECT_EQ(world.holder(second.id), "Ann");
  EXPECT_EQ(world.holder(third.id), "queue");
}

TEST(Routing, ANewRoomDoesNotOvertakeTheQueue) {
  Desk world;
  world.be(world.ann, Availability::away);
  world.be(world.bob, Availability::away);
  std::vector<Room> waiting;
  for (int i = 0; i < 8; ++i) waiting.push_back(world.open());
  world.be(world.ann, Availability::active);
  // The task has not run yet.
  const Room newest = world.open("newest");
  EXPECT_EQ(world.holder(newest.id), "queue");
  EXPECT_EQ(world.holder(waiting.front().id), "Ann");
  world.settle();
  EXPECT_EQ(world.holder(newest.id), "Ann");
}

TEST(Routing, ALongQueueIsServedInBoundedStepsAndSharedFairly) {
  Desk world;
  world.be(world.ann, Availability::away);
  world.be(world.bob, Availability::away);
  world.set(world.ann, true, 200);
  world.set(world.bob, true, 200);
  for (int i = 0; i < 120; ++i) world.open();
  world.be(world.ann, Availability::active);
  world.be(world.bob, Availability::active);
  EXPECT_GT(world.settle(), 4);
  EXPECT_EQ(world.load(world.ann), 60);
  EXPECT_EQ(world.load(world.bob), 60);
}

TEST(Routing, UnassigningByHandQueuesTheRoomAndRoutesItBehindTheAnswer) {
  Desk world;
  const Room room = world.open();
  EXPECT_EQ(world.holder(room.id), "Ann");
  const Room after = reassign_room(world.tx, world.ann, {room.id, {}, {}, ""}).value();
  EXPECT_TRUE(after.assignees.empty());
  EXPECT_EQ(world.holder(room.id), "queue");
  world.settle();
  EXPECT_EQ(world.holder(room.id), "Bob") << "the next in turn";
}

TEST(Routing, AReopenedRoomKeepsItsAssigneesUnlessTheyHaveLeft) {
  Desk world;
  const Room room = world.open();
  world.set_status(room.id, RoomStatus::closed);
  world.be(world.ann, Availability::away);
  world.say(world.vic, room.id);
  EXPECT_EQ(world.holder(room.id), "Ann") << "away is not gone";

  world.set_status(room.id, RoomStatus::closed);
  world.leave(world.desk, world.ann);
  world.settle();
  EXPECT_EQ(world.holder(room.id), "Ann") << "a closed room stays as it was";
  world.tx.take_events();
  world.say(world.vic, room.id);
  EXPECT_EQ(world.holder(room.id), "Bob");
  EXPECT_EQ(world.heard_by_all(),
            "Ada: updateRoom:status updateRoom:assignee newMessage; "
            "Ann: updateRoom:status accessLost; Bob: joinRoom updateRoom:assignee newMessage; "
            "Vic: updateRoom:status joinRoom");
}

TEST(Routing, AnUnassignedRoomThatReopensIsRouted) {
  Desk world;
  world.be(world.ann, Availability::away);
  world.be(world.bob, Availability::away);
  const Room room = world.open();
  world.set_status(room.id, RoomStatus::closed);
  world.be(world.bob, Availability::active);
  world.settle();
  EXPECT_EQ(world.holder(room.id), "nobody");
  world.say(world.vic, room.id);
  EXPECT_EQ(world.holder(room.id), "Bob");
}

TEST(Routing, WhoLeavesTheInboxGivesItsRoomsBackAheadOfNewerOnes) {
  Desk world;
  const Inbox sales = world.make("Sales", RoutingAlgorithm::round_robin, {world.ann});
  const Room old = world.open("old");
  const Room elsewhere = world.open_in(sales);
  world.set(world.bob, true, 0);
  world.be(world.ann, Availability::away);
  const Room newer = world.open("newer");
  world.tx.take_events();
  world.leave(world.desk, world.ann);
  world.settle();
  EXPECT_EQ(world.holder(old.id), "queue");
  EXPECT_EQ(world.holder(elsewhere.id), "Ann") << "her other inbox's";
  EXPECT_EQ(world.heard(world.ann), "accessLost");
  world.set(world.bob, true, 1);
  world.settle();
  EXPECT_EQ(world.holder(old.id), "Bob");
  EXPECT_EQ(world.holder(newer.id), "queue");
}

TEST(Routing, ASharedRoomStaysWithTheColleague) {
  Desk world;
  const Room room = world.open();
  world.assign(room.id, {world.ann, world.bob});
  world.leave(world.desk, world.ann);
  world.settle();
  EXPECT_EQ(world.holder(room.id), "Bob");
}

TEST(Routing, ALostSeatGivesEverythingBackUnlessItIsRestored) {
  Desk world;
  const Room room = world.open();
  const Room pending = world.open();
  world.assign(pending.id, {world.ann});
  world.set_status(pending.id, RoomStatus::pending);
  world.set(world.ann, false, 20);
  world.set(world.ann, true, 20);
  world.settle();
  EXPECT_EQ(world.holder(room.id), "Ann");
  world.set(world.ann, false, 20);
  world.settle();
  EXPECT_EQ(world.holder(room.id), "Bob");
  EXPECT_EQ(world.holder(pending.id), "nobody") << "pending rooms are not routed";
  EXPECT_EQ(world.load(world.ann), 0);
}

TEST(Routing, WhoIsDeactivatedGivesEverythingBackAndGetsNothing) {
  Desk world;
  const Room room = world.open();
  UpdateAgent input;
  input.agent = world.ann.agent;
  input.deactivated = true;
  update_agent(world.tx, world.ada, input).value();
  world.settle();
  EXPECT_EQ(world.holder(room.id), "Bob");
  EXPECT_EQ(world.holder(world.open().id), "Bob");
}

TEST(Routing, ManyRoomsGoBackInBoundedSteps) {
  Desk world;
  world.set(world.ann, true, 500);
  world.set(world.bob, true, 0);
  std::vector<Room> rooms;
  for (int i = 0; i < 230; ++i) rooms.push_back(world.open());
  world.leave(world.desk, world.ann);
  EXPECT_GT(world.settle(), 8);
  for (const Room& room : rooms) ASSERT_EQ(world.holder(room.id), "queue");
}

TEST(Routing, AfterTenMinutesAwayUnansweredRoomsGoBack) {
  Desk world;
  const Room unanswered = world.open();
  world.open();
  const Room answered = world.open();
  ASSERT_EQ(world.holder(answered.id), "Ann");
  world.say(world.ann, answered.id);
  world.be(world.ann, Availability::away);
  world.settle();
  world.tx.advance(10 * kMinute - 1);
  world.settle();
  EXPECT_EQ(world.holder(unanswered.id), "Ann");
  world.tx.advance(1);
  EXPECT_EQ(run_routing(world.tx, {10 * kMinute})->next_due, world.tx.now())
      << "now the queue is to be served";
  EXPECT_EQ(world.holder(unanswered.id), "queue");
  EXPECT_EQ(world.room(unanswered.id).queued_at, unanswered.created_at);
  world.settle();
  EXPECT_EQ(world.holder(unanswered.id), "Bob");
  EXPECT_EQ(world.holder(answered.id), "Ann");
  // Her customer writes again, and she has been away for long.
  world.say(world.vic, answered.id);
  EXPECT_EQ(world.holder(answered.id), "Ann");
  world.settle();
  EXPECT_EQ(world.holder(answered.id), "Bob");
}

TEST(Routing, WhoComesBackInTimeKeepsItsRooms) {
  Desk world;
  const Room room = world.open();
  world.be(world.ann, Availability::away);
  world.settle();
  world.tx.advance(9 * kMinute);
  world.be(world.ann, Availability::active);
  world.tx.advance(9 * kMinute);
  world.settle();
  EXPECT_EQ(world.holder(room.id), "Ann");
  world.be(world.ann, Availability::away);
  world.tx.advance(9 * kMinute);
  world.settle();
  EXPECT_EQ(world.holder(room.id), "Ann") << "the time begins anew";
  EXPECT_FALSE(run_routing(world.tx, {10 * kMinute})->next_due < world.tx.now());
}

TEST(Routing, ARoomGivenByHandToSomebodyAwayWaitsTenMinutesForThem) {
  Desk world;
  const Room room = world.open();
  world.be(world.bob, Availability::away);
  world.tx.advance(60 * kMinute);
  world.assign(room.id, {world.bob});
  world.settle();
  EXPECT_EQ(world.holder(room.id), "Bob");
  world.tx.advance(11 * kMinute);
  world.settle();
  EXPECT_EQ(world.holder(room.id), "Ann");
}

TEST(Routing, AnsweringAQueuedRoomByHandTakesItOutOfTheQueue) {
  Desk world;
  world.be(world.ann, Availability::away);
  world.be(world.bob, Availability::away);
  const Room room = world.open();
  world.say(world.bob, room.id);
  EXPECT_EQ(world.holder(room.id), "Bob");
  EXPECT_FALSE(world.tx.routing().oldest_queued(world.acme.id, world.desk.id));
}

TEST(Routing, AnotherAccountsTasksAreNotMixedUp) {
  Desk world;
  const Room room = world.open();
  RoutingTask task;
  task.account = world.other.id;
  task.kind = RoutingTaskKind::take_back;
  task.agent = world.ann.conversation;
  task.due_at = world.tx.now();
  world.tx.routing_tasks().put(task);
  world.settle();
  EXPECT_EQ(world.holder(room.id), "Ann");
}

}  // namespace
}  // namespace parlor::chat
