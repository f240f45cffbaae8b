// Counters of rooms and of students' chats: they are written once for each commit, and always say
// what the lists hold.
#include "contract/fixture.h"

namespace parlor::store {
namespace {

using testing::Contains;
using testing::Each;
using testing::Eq;
using testing::Ge;

chat::Room sample_chat(std::int64_t id) {
  auto room = sample_room(id, id);
  room.status = chat::RoomStatus::pending;
  room.student.emplace();
  return room;
}

UseCase inserting(std::int64_t id, bool keep = true) {
  return [=](chat::Transaction& t) {
    t.rooms().insert(sample_chat(id));
    return keep;
  };
}

void resolve(chat::Transaction& t, std::int64_t id) {
  auto room = t.rooms().find(kAccount, {id}).value();
  room.status = chat::RoomStatus::closed;
  room.student->status = chat::StudentStatus::resolved;
  t.rooms().update(room);
}

UseCase resolving(std::int64_t id, bool keep = true) {
  return [=](chat::Transaction& t) {
    resolve(t, id);
    return keep;
  };
}

struct Counted {
  std::int64_t pending = 0;
  std::int64_t closed = 0;

  friend bool operator==(const Counted&, const Counted&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Counted& counted) {
    return out << counted.pending << " pending, " << counted.closed << " closed";
  }
};

Counted counted(const chat::RoomCounts& counts) { return {counts.pending, counts.closed}; }

Counted listed(chat::Transaction& t) {
  chat::RoomQuery query;
  query.account = kAccount;
  query.scope.whole_account = true;
  query.limit = 1;
  query.status = chat::RoomStatus::pending;
  const auto pending = t.rooms().list(query).total;
  query.status = chat::RoomStatus::closed;
  return {pending, t.rooms().list(query).total};
}

Counted students(chat::Transaction& t) {
  auto& chats = t.student_chats();
  const Counted counted{chats.count(kAccount, chat::StudentStatus::bot_handling),
                        chats.count(kAccount, chat::StudentStatus::resolved)};
  EXPECT_EQ(chats.count(kAccount, std::nullopt), counted.pending + counted.closed);
  return counted;
}

// By every counter there is.
void expect_counted(chat::Transaction& t, const Counted& expected) {
  auto& counters = t.room_counters();
  EXPECT_EQ(counted(counters.of_account(kAccount)), expected);
  EXPECT_EQ(counted(counters.of_inbox(kAccount, {1})), expected);
  EXPECT_EQ(counted(counters.unassigned(kAccount)), expected);
  EXPECT_EQ(listed(t), expected);
  EXPECT_EQ(students(t), expected);
  EXPECT_EQ(counted(counters.of_inbox(kAccount, {2})), Counted{});
  EXPECT_EQ(counted(counters.of_account(kOtherAccount)), Counted{});
  EXPECT_EQ(t.student_chats().count(kOtherAccount, std::nullopt), 0);
}

UseCase expecting(const Counted& expected) {
  return [=](chat::Transaction& t) {
    expect_counted(t, expected);
    return true;
  };
}

TEST_P(StoreContract, RoomsThatAGroupMovesAreCountedOnceAndSurviveARestart) {
  std::vector<UseCase> group;
  for (int id = 1; id <= 5; ++id) group.push_back(inserting(id));
  group.push_back(resolving(1));
  EXPECT_THAT(write_as_group(std::move(group)), Each(Eq(std::nullopt)));
  write_as_group({resolving(2), resolving(3)});
  read(expecting({2, 3}));
  reopen();
  read(expecting({2, 3}));
  write(resolving(4));
  read(expecting({1, 4}));
}

TEST_P(StoreContract, ATransactionSeesTheRoomsThatItMovedCounted) {
  write(inserting(1));
  write([](chat::Transaction& t) {
    t.rooms().insert(sample_chat(2));
    expect_counted(t, {2, 0});
    resolve(t, 1);
    expect_counted(t, {1, 1});
    resolve(t, 2);
    expect_counted(t, {0, 2});
    return true;
  });
}

TEST_P(StoreContract, ATransactionSeesTheRoomsThatItsGroupMovedCounted) {
  write(inserting(1));
  write_as_group({inserting(2), expecting({2, 0}), resolving(1), expecting({1, 1}), inserting(3),
                  resolving(2), expecting({1, 2})});
  EXPECT_THAT(listener_.group_sizes(), Contains(Ge(7U)));
}

TEST_P(StoreContract, AJobThatFailsInAGroupMovesNoCounter) {
  write(inserting(1));
  const UseCase throwing = [](chat::Transaction& t) -> bool {
    t.rooms().insert(sample_chat(3));
    resolve(t, 1);
    throw std::runtime_error("a fault of the use case");
  };
  write_as_group({inserting(2), resolving(2, false), expecting({2, 0}), throwing, expecting({2, 0}),
                  inserting(4, false), resolving(1), expecting({1, 1})});
  read(expecting({1, 1}));
  write(resolving(2, false));
  read(expecting({1, 1}));
  write(expecting({1, 1}));
}

TEST_P(StoreContract, AGroupThatIsRolledBackMovesNoCounter) {
  write(inserting(1));
  under_test_->inject(Fault::disk_full, 0, 1'000'000);
  for (const auto& fault : write_as_group({inserting(2), resolving(1)})) EXPECT_TRUE(fault);
  under_test_->heal();
  read(expecting({1, 0}));
  write(expecting({1, 0}));
  write(resolving(1));
  read(expecting({0, 1}));
}

TEST_P(StoreContract, AGroupThatRunsAgainMovesEachCounterOnce) {
  Counted expected;
  std::int64_t id = 0;
  for (int skipped = 0; skipped < 12; ++skipped) {
    under_test_->inject(Fault::disk_full, skipped, 1);
    const auto first = ++id;
    const auto second = ++id;
    const auto faults = write_as_group({inserting(first), inserting(second)});
    for (const auto& fault : faults) expected.pending += fault ? 0 : 1;
    under_test_->heal();
    read(expecting(expected));
    if (faults[0]) continue;
    under_test_->inject(Fault::no_memory, skipped * 20, 1);
    if (!write(resolving(first))) {
      --expected.pending;
      ++expected.closed;
    }
    under_test_->heal();
    read(expecting(expected));
  }
  EXPECT_GT(expected.closed, 0);
}

}  // namespace
}  // namespace parlor::store
