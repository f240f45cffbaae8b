#include "chat/sync.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "chat/messages.h"
#include "chat/rooms.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

constexpr std::int64_t kMinuteMs = 60'000;

void ask(World& world, RoomId room, const std::string& content = "hm") {
  SendUserMessage input;
  input.room = room;
  input.message.content = content;
  send_user_message(world.tx, world.vic, input).value();
}

void note(World& world, RoomId room) {
  SendAgentMessage input;
  input.room = room;
  input.message = {MessageType::note, "secret", {}, ""};
  send_agent_message(world.tx, world.ada, input).value();
}

// A client that keeps its cursor as text and checks what it gets.
class Client {
 public:
  Client(World& world, const Actor& actor) : world_(world), actor_(actor) {
    cursor_ = encode_cursor(sync(world.tx, actor, std::nullopt).value().cursor);
  }

  // Calls until there is no more; answers how many changes came.
  int catch_up() {
    int count = 0;
    for (int calls = 0; calls < 1000; ++calls) {
      world_.tx.forbid_writing();
      const auto page = sync(world_.tx, actor_, decode_cursor(cursor_).value()).value();
      world_.tx.forbid_writing(false);
      EXPECT_LE(page.changes.size(), static_cast<std::size_t>(kSyncPageChanges));
      for (const SyncChange& change : page.changes) take(change);
      count += static_cast<int>(page.changes.size());
      cursor_ = encode_cursor(page.cursor);
      if (!page.more) return count;
    }
    ADD_FAILURE() << "sync never ends";
    return count;
  }

  int doubles = 0;
  std::map<RoomId, std::int64_t> newest;

 private:
  void take(const SyncChange& change) {
    auto& seen = newest[change.room];
    if (change.seq <= seen) {
      ++doubles;
    } else {
      seen = change.seq;
    }
  }

  World& world_;
  Actor actor_;
  std::string cursor_;
};

TEST(Sync, WithoutACursorThereIsNothingButTheCursorOfNow) {
  World world;
  world.start_room();
  const auto page = sync(world.tx, world.ada, std::nullopt).value();
  EXPECT_TRUE(page.changes.empty());
  EXPECT_FALSE(page.more);
  EXPECT_TRUE(sync(world.tx, world.ada, page.cursor)->changes.empty());
}

TEST(Sync, GivesMessagesAndChangesOnceInOrder) {
  World world;
  const Room old = world.start_room("old");
  Client client(world, world.ann);
  const Room fresh = world.start_room("new");
  ask(world, old.id);
  world.assign(old.id, {world.ann});
  EXPECT_EQ(client.catch_up(), 4);
  EXPECT_EQ(client.newest[old.id], world.room(old.id).seq);
  EXPECT_EQ(client.newest[fresh.id], world.room(fresh.id).seq);
  EXPECT_EQ(client.catch_up(), 0);
  world.tx.advance(10 * kMinuteMs);
  EXPECT_EQ(client.catch_up(), 0);
  ask(world, old.id);
  EXPECT_EQ(client.catch_up(), 1);
  EXPECT_EQ(client.doubles, 0);
}

TEST(Sync, AfterALongAbsenceItStartsWhereTheClientWas) {
  World world;
  const Room room = world.start_room();
  for (int i = 0; i < 50; ++i) ask(world, room.id);
  world.tx.advance(10 * kMinuteMs);
  Client client(world, world.ada);
  world.tx.advance(10 * kMinuteMs);
  for (int i = 0; i < 7; ++i) ask(world, room.id);
  world.tx.advance(100 * kMinuteMs);
  EXPECT_EQ(client.catch_up(), 7) << "not the 52 before";
}

TEST(Sync, AStampThatBecomesVisibleLateIsNotLost) {
  World world;
  const Room a = world.start_room("a");
  const Room b = world.start_room("b");
  world.tx.advance(10 * kMinuteMs);
  Client client(world, world.ada);
  ask(world, a.id);
  EXPECT_EQ(client.catch_up(), 1);
  world.tx.advance(-30'000);
  ask(world, b.id);  // stamped half a minute before what the client has
  world.tx.advance(30'000);
  EXPECT_EQ(client.catch_up(), 1);
  EXPECT_EQ(client.doubles, 0);
}

TEST(Sync, AVisitorGetsNoNotesNorWhatAgentsDo) {
  World world;
  const Room room = world.start_room();
  Client visitor(world, world.vic);
  Client agent(world, world.ada);
  note(world, room.id);
  world.assign(room.id, {world.ann});
  UpdateRoom update;
  update.room = room.id;
  update.tags = {"vip"};
  update.notes = "careful";
  update.priority = Priority::high;
  update_room(world.tx, world.ada, update).value();
  EXPECT_EQ(visitor.catch_up(), 0);
  world.set_status(room.id, RoomStatus::closed);
  EXPECT_EQ(visitor.catch_up(), 1);
  EXPECT_EQ(agent.catch_up(), 6);
}

TEST(Sync, ShowsWhatTheCallerMaySee) {
  World world;
  Client bob(world, world.bob);
  Client carl(world, world.carl);
  Client eve(world, world.eve);
  Client oz(world, world.oz);
  const Room room = world.start_room();
  EXPECT_EQ(bob.catch_up(), 2);
  world.assign(room.id, {world.ann});
  ask(world, room.id);
  EXPECT_EQ(bob.catch_up(), 1) << "that the room is lost";
  EXPECT_EQ(carl.catch_up(), 0);
  EXPECT_EQ(eve.catch_up(), 0);
  EXPECT_EQ(oz.catch_up(), 0);
}

std::vector<SyncChange> all_since(World& world, const Actor& actor, SyncCursor cursor) {
  std::vector<SyncChange> changes;
  for (int calls = 0; calls < 1000; ++calls) {
    auto page = sync(world.tx, actor, cursor).value();
    changes.insert(changes.end(), page.changes.begin(), page.changes.end());
    cursor = page.cursor;
    if (!page.more) return changes;
  }
  ADD_FAILURE() << "sync never ends";
  return changes;
}

TEST(Sync, TellsAnAgentWhichRoomsItLost) {
  World world;
  const Room queued = world.start_room();
  const Room anns = world.start_room();
  world.assign(anns.id, {world.ann, world.bob});
  world.tx.advance(10 * kMinuteMs);
  const auto cursor = sync(world.tx, world.ann, std::nullopt)->cursor;
  const auto admins = sync(world.tx, world.ada, std::nullopt)->cursor;
  world.assign(queued.id, {world.bob});
  world.assign(anns.id, {world.bob});
  ask(world, anns.id, "not for Ann");
  const auto told = all_since(world, world.ann, cursor);
  ASSERT_EQ(told.size(), 2u);
  for (const SyncChange& change : told) {
    const auto& lost = std::get<RoomLost>(change.what).change;
    EXPECT_EQ(lost.kind, RoomChangeKind::assignee);
    EXPECT_EQ(lost.new_value, std::to_string(world.bob.conversation.value));
    EXPECT_EQ(lost.seq, change.seq);
  }
  for (const SyncChange& change : all_since(world, world.ada, admins))
    EXPECT_FALSE(std::holds_alternative<RoomLost>(change.what));
  world.tx.advance(10 * kMinuteMs);
  const auto later = sync(world.tx, world.ann, cursor)->cursor;
  EXPECT_TRUE(all_since(world, world.ann, later).empty());
}

TEST(Sync, ARoomThatCameBackIsNotTold) {
  World world;
  const Room room = world.start_room();
  world.assign(room.id, {world.ann});
  const auto cursor = sync(world.tx, world.ann, std::nullopt)->cursor;
  world.assign(room.id, {world.bob});
  world.assign(room.id, {world.ann});
  for (const SyncChange& change : all_since(world, world.ann, cursor))
    EXPECT_FALSE(std::holds_alternative<RoomLost>(change.what));
}

TEST(Sync, ManyLossesComeInPagesBetweenOtherChanges) {
  World world;
  const auto cursor = sync(world.tx, world.ann, std::nullopt)->cursor;
  constexpr int kRooms = 170;
  for (int i = 0; i < kRooms; ++i) {
    const Room room = world.start_room();
    if (i % 2 == 0) world.assign(room.id, {world.bob});
    world.tx.advance(i % 3 == 0 ? 1000 : 0);
  }
  std::map<RoomId, int> lost;
  std::map<RoomId, int> changed;
  for (const SyncChange& change : all_since(world, world.ann, cursor))
    ++(std::holds_alternative<RoomLost>(change.what) ? lost : changed)[change.room];
  EXPECT_EQ(lost.size(), kRooms / 2u);
  EXPECT_EQ(changed.size(), kRooms / 2u);
}

TEST(Sync, ACursorOfNowReplaysNothingAlsoOfManyRooms) {
  World world;
  for (int i = 0; i < 300; ++i) {
    world.start_room();
    world.tx.advance(100);
  }
  Client client(world, world.ada);
  EXPECT_EQ(client.catch_up(), 0);
  const Room fresh = world.start_room();
  EXPECT_EQ(client.catch_up(), 2);
  EXPECT_EQ(client.newest[fresh.id], 2);
}

TEST(Sync, PagesALongHistoryInOneRoomAndOverManyRooms) {
  World world;
  Client client(world, world.ada);
  const Room busy = world.start_room();
  for (int i = 0; i < 450; ++i) {
    ask(world, busy.id);
    world.tx.advance(1000);
  }
  for (int i = 0; i < 300; ++i) {
    world.start_room("room");
    world.tx.advance(1000);
  }
  EXPECT_EQ(client.catch_up(), 452 + 600);
  EXPECT_EQ(client.doubles, 0);
  EXPECT_EQ(client.catch_up(), 0);
}

TEST(Sync, ManyRoomsInOneMillisecondDoNotStopIt) {
  World world;
  Client client(world, world.ada);
  for (int i = 0; i < 120; ++i) world.start_room("room");
  client.catch_up();
  EXPECT_EQ(client.newest.size(), 120u);
}

TEST(Sync, PagesEndWhenTheirContentIsLarge) {
  World world;
  const Room room = world.start_room();
  const auto start = sync(world.tx, world.ada, std::nullopt)->cursor;
  for (int i = 0; i < 8; ++i) ask(world, room.id, std::string(100'000, 'x'));
  const auto page = sync(world.tx, world.ada, start).value();
  EXPECT_LT(page.changes.size(), 8u);
  EXPECT_TRUE(page.more);
}

// Clients look in at random while people write, assign and close at random.
TEST(Sync, NeverLeavesAGap) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    World world;
    std::mt19937 random(seed);
    const auto below = [&](int end) {
      return static_cast<int>(random() % static_cast<unsigned>(end));
    };
    std::vector<RoomId> rooms{world.start_room().id};
    Client eager(world, world.ada);
    Client lazy(world, world.ada);
    const auto first = rooms.front();
    for (int step = 0; step < 400; ++step) {
      const RoomId room = rooms[static_cast<std::size_t>(below(static_cast<int>(rooms.size())))];
      switch (below(8)) {
        case 0:
          rooms.push_back(world.start_room().id);
          break;
        case 1:
          world.assign(room, {below(2) == 0 ? world.ann : world.bob});
          break;
        case 2:
          world.set_status(room, RoomStatus::closed);
          break;
        case 3:
          note(world, room);
          break;
        case 4:
          world.tx.advance(below(3) == 0 ? kMinuteMs + below(60'000) : below(500));
          break;
        case 5:
          eager.catch_up();
          break;
        default:
          ask(world, room);
      }
    }
    eager.catch_up();
    lazy.catch_up();
    for (const RoomId room : rooms) {
      const auto seq = world.room(room).seq;
      if (room == first && seq == 2) continue;  // nothing since the clients came
      EXPECT_EQ(eager.newest[room], seq) << seed;
      EXPECT_EQ(lazy.newest[room], seq) << seed;
    }
    EXPECT_EQ(eager.doubles, 0) << seed;
    EXPECT_EQ(lazy.doubles, 0) << seed;
  }
}

}  // namespace
}  // namespace parlor::chat
