// Routing: queues, loads and turns as rooms change, work left for later, and fairness.
#include "chat/accounts.h"
#include "chat/agents.h"
#include "chat/inboxes.h"
#include "chat/rooms.h"
#include "chat/routing.h"
#include "contract/fixture.h"

namespace parlor::store {
namespace {

using testing::IsEmpty;

constexpr ConversationId kAnn{1'001};
constexpr ConversationId kBob{1'002};
constexpr InboxId kDesk{7};
constexpr InboxId kSales{8};

chat::Room desk_room(std::int64_t id) {
  auto room = sample_room(id);
  room.inbox = kDesk;
  room.status = chat::RoomStatus::open;
  room.assignees.clear();
  room.queued_at = {100 + id};
  return room;
}

std::int64_t oldest(chat::Transaction& t, InboxId inbox, AccountId account = kAccount) {
  const auto queued = t.routing().oldest_queued(account, inbox);
  return queued ? queued->room.value : 0;
}

std::vector<std::int64_t> held(chat::Transaction& t, ConversationId agent) {
  std::vector<std::int64_t> rooms;
  for (const auto id : t.routing().held_by(kAccount, agent, {}, 100)) rooms.push_back(id.value);
  return rooms;
}

std::int64_t load(chat::Transaction& t, ConversationId agent) {
  return t.routing().candidate(kAccount, agent).value().open_rooms;
}

TEST_P(StoreContract, QueuesAndLoadsFollowEveryChangeOfARoom) {
  write([&](chat::Transaction& t) {
    for (const std::int64_t id : {1, 2}) {
      auto agent = sample_agent(id);
      agent.conversation = ConversationId{1'000 + id};
      t.agents().insert(agent);
    }
    for (const std::int64_t id : {3, 1, 2}) t.rooms().insert(desk_room(id));
    auto elsewhere = sample_room(4, 1, kOtherAccount);
    elsewhere.inbox = kDesk;
    elsewhere.queued_at = {1};
    t.rooms().insert(elsewhere);
    return true;
  });
  const auto change = [&](std::int64_t id, auto edit) {
    write([&](chat::Transaction& t) {
      auto room = t.rooms().find(kAccount, {id}).value();
      edit(room);
      t.rooms().update(room);
      return true;
    });
  };
  const auto expect = [&](std::int64_t waiting, std::vector<std::int64_t> anns,
                          std::int64_t load_of_ann, std::int64_t load_of_bob) {
    read([&](chat::Transaction& t) {
      EXPECT_EQ(oldest(t, kDesk), waiting);
      EXPECT_EQ(oldest(t, kDesk, kOtherAccount), 4);
      EXPECT_EQ(held(t, kAnn), anns);
      EXPECT_EQ(load(t, kAnn), load_of_ann);
      EXPECT_EQ(load(t, kBob), load_of_bob);
      return true;
    });
  };
  expect(1, {}, 0, 0);
  change(1, [](auto& room) {
    room.assignees = {{kAnn, {50}}, {kBob, {50}}};
    room.queued_at = {};
  });
  expect(2, {1}, 1, 1);
  change(1, [](auto& room) { room.status = chat::RoomStatus::pending; });
  expect(2, {1}, 0, 0);
  change(1, [](auto& room) { room.status = chat::RoomStatus::open; });
  change(2, [](auto& room) { room.inbox = kSales; });
  expect(3, {1}, 1, 1);
  change(1, [](auto& room) { room.assignees = {{kBob, {60}}}; });
  expect(3, {}, 0, 1);
  change(1, [](auto& room) { room.status = chat::RoomStatus::closed; });
  expect(3, {}, 0, 0);
  change(3, [](auto& room) {
    room.status = chat::RoomStatus::pending;
    room.queued_at = {};
  });
  expect(0, {}, 0, 0);
  reopen();
  read([&](chat::Transaction& t) {
    EXPECT_EQ(oldest(t, kSales), 2);
    EXPECT_THAT(held(t, kBob), IsEmpty());
    return true;
  });
}

TEST_P(StoreContract, AMessageWritesNothingOfRouting) {
  write([&](chat::Transaction& t) {
    auto agent = sample_agent(1);
    agent.conversation = kAnn;
    t.agents().insert(agent);
    auto room = desk_room(1);
    room.queued_at = {};
    room.assignees = {{kAnn, {50}}};
    room.updated_at = {50};
    t.rooms().insert(room);
    return true;
  });
  write([&](chat::Transaction& t) {
    auto room = t.rooms().find(kAccount, {1}).value();
    room.updated_at = {99};
    t.rooms().update(room);
    const auto ann = t.routing().candidate(kAccount, kAnn).value();
    EXPECT_EQ(ann.open_rooms, 1);
    EXPECT_EQ(ann.last_assigned_at, Timestamp{50});
    return true;
  });
}

TEST_P(StoreContract, CandidatesAreTheMembersWithWhatRoutingAsks) {
  write([&](chat::Transaction& t) {
    for (const std::int64_t id : {1, 2, 3}) {
      auto agent = sample_agent(id);
      agent.conversation = ConversationId{1'000 + id};
      agent.capacity = static_cast<int>(10 * id);
      agent.has_seat = id != 2;
      agent.availability = id == 2 ? chat::Availability::away : chat::Availability::active;
      t.agents().insert(agent);
    }
    auto stranger = sample_agent(9, kOtherAccount);
    stranger.conversation = ConversationId{1'009};
    t.agents().insert(stranger);
    t.inboxes().add_member(kAccount, kDesk, kBob);
    t.inboxes().add_member(kAccount, kDesk, kAnn);
    t.inboxes().add_member(kOtherAccount, kDesk, stranger.conversation);
    const auto members = t.routing().candidates(kAccount, kDesk);
    EXPECT_EQ(members.size(), 2u);
    EXPECT_EQ(members[0].agent, kAnn);
    EXPECT_EQ(members[0].capacity, 10);
    EXPECT_TRUE(members[0].has_seat);
    EXPECT_EQ(members[1].agent, kBob);
    EXPECT_FALSE(members[1].has_seat);
    EXPECT_EQ(members[1].availability, chat::Availability::away);
    EXPECT_THAT(t.routing().candidates(kAccount, kSales), IsEmpty());
    EXPECT_FALSE(t.routing().candidate(kAccount, stranger.conversation));
    return true;
  });
}

TEST_P(StoreContract, RoutingsOwnRowsReadBack) {
  write([&](chat::Transaction& t) {
    auto& routing = t.routing();
    EXPECT_EQ(routing.last_served(kAccount, kDesk), ConversationId{});
    routing.set_last_served(kAccount, kDesk, kAnn);
    routing.set_last_served(kAccount, kDesk, kBob);
    routing.set_left_at(kAccount, kDesk, kAnn, {5});
    routing.set_presence(kAccount, kAnn, {chat::Availability::away, true, false, {77}});
    return true;
  });
  reopen();
  read([&](chat::Transaction& t) {
    auto& routing = t.routing();
    EXPECT_EQ(routing.last_served(kAccount, kDesk), kBob);
    EXPECT_EQ(routing.last_served(kAccount, kSales), ConversationId{});
    EXPECT_EQ(routing.last_served(kOtherAccount, kDesk), ConversationId{});
    EXPECT_EQ(routing.left_at(kAccount, kDesk, kAnn), Timestamp{5});
    EXPECT_EQ(routing.left_at(kAccount, kDesk, kBob), Timestamp{});
    const auto presence = routing.presence(kAccount, kAnn);
    EXPECT_EQ(presence.chosen, chat::Availability::away);
    EXPECT_TRUE(presence.pinned);
    EXPECT_FALSE(presence.present);
    EXPECT_EQ(presence.since, Timestamp{77});
    EXPECT_TRUE(routing.presence(kOtherAccount, kAnn).present) << "as new";
    return true;
  });
}

TEST_P(StoreContract, TheTaskThatIsDueFirstComesFirst) {
  using Kind = chat::RoutingTaskKind;
  const auto task = [](AccountId account, Kind kind, std::int64_t due_at) {
    return chat::RoutingTask{account, kind, kAnn, kDesk, {due_at}, {3}, {4}};
  };
  write([&](chat::Transaction& t) {
    EXPECT_FALSE(t.routing_tasks().next());
    t.routing_tasks().put(task(kAccount, Kind::take_back, 20));
    t.routing_tasks().put(task(kOtherAccount, Kind::serve_inbox, 10));
    t.routing_tasks().put(task(kOtherAccount, Kind::serve_inbox, 30));
    return true;
  });
  reopen();
  write([&](chat::Transaction& t) {
    const auto first = t.routing_tasks().next().value();
    EXPECT_EQ(first.account, kAccount);
    EXPECT_EQ(first.kind, Kind::take_back);
    EXPECT_EQ(first.agent, kAnn);
    EXPECT_EQ(first.inbox, kDesk);
    EXPECT_EQ(first.due_at, Timestamp{20});
    EXPECT_EQ(first.cursor, RoomId{3});
    EXPECT_EQ(first.again_at, Timestamp{4});
    t.routing_tasks().remove(first);
    EXPECT_EQ(t.routing_tasks().next()->due_at, Timestamp{30}) << "put again, it was moved";
    return true;
  });
}

TEST_P(StoreContract, TenThousandRoomsAreSharedFairlyAcrossRestarts) {
  constexpr int kAgents = 7;
  constexpr int kRooms = 10'000;
  constexpr int kGroup = 50;
  chat::Actor visitor;
  chat::Inbox inbox;
  std::vector<ConversationId> agents;
  write([&](chat::Transaction& t) {
    const auto account = chat::create_account(t, {"Acme"}).value();
    const auto shell = chat::server_operator(account.id);
    chat::CreateInbox desk;
    desk.name = "Desk";
    inbox = chat::create_inbox(t, shell, desk).value();
    for (int i = 0; i < kAgents; ++i) {
      chat::CreateAgent input;
      input.name = "Agent";
      input.email = std::to_string(i) + "@example.com";
      input.capacity = 10'000;
      agents.push_back(chat::create_agent(t, shell, input)->conversation);
      chat::add_inbox_member(t, shell, {inbox.id, agents.back()}).value();
    }
    auto contact = sample_contact(1, account.id);
    t.contacts().insert(contact);
    visitor.account = account.id;
    visitor.contact = contact.id;
    visitor.conversation = contact.conversation;
    return true;
  });
  const UseCase create = [&](chat::Transaction& t) {
    return chat::create_user_room(t, visitor, {inbox.id, "help", ""}).has_value();
  };
  for (int made = 0; made < kRooms; made += kGroup) {
    if (made % (kRooms / 4) == 0) reopen();
    write_as_group(std::vector<UseCase>(kGroup, create));
  }
  read([&](chat::Transaction& t) {
    for (const auto agent : agents) {
      const auto rooms = t.routing().candidate(visitor.account, agent)->open_rooms;
      EXPECT_GE(rooms, kRooms / kAgents);
      EXPECT_LE(rooms, kRooms / kAgents + 1);
    }
    EXPECT_FALSE(t.routing().oldest_queued(visitor.account, inbox.id));
    return true;
  });
}

}  // namespace
}  // namespace parlor::store
