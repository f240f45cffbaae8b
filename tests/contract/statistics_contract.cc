// Statistics and counters of rooms: folded once for each commit, and never more than was kept.
#include "contract/fixture.h"

namespace parlor::store {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr chat::StatisticsKey kKey{kAccount, {}, {1}, 20'000};

chat::DayCounts one_wait(std::int64_t ms) {
  chat::DayCounts counts;
  counts.customer_messages = 1;
  counts.waits.add(ms);
  return counts;
}

UseCase adding(const chat::StatisticsKey& key, const chat::DayCounts& counts, bool keep = true) {
  return [=](chat::Transaction& transaction) {
    transaction.statistics().add(key, counts);
    return keep;
  };
}

// Reads days into `found`.
UseCase reading(std::vector<chat::StatisticsDay>& found, std::int64_t first, std::int64_t last,
                ConversationId agent = {}) {
  return [=, &found](chat::Transaction& transaction) {
    found = transaction.statistics().days(kAccount, agent, {1}, first, last);
    return true;
  };
}

TEST_P(StoreContract, StatisticsOfAGroupAreFoldedAndSurviveARestart) {
  std::vector<UseCase> group;
  for (int n = 0; n < 10; ++n) group.push_back(adding(kKey, one_wait(1'000 * (n + 1))));
  write_as_group(std::move(group));
  write(adding(kKey, one_wait(1'000)));
  reopen();
  std::vector<chat::StatisticsDay> found;
  read(reading(found, 20'000, 20'000));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].counts.customer_messages, 11);
  EXPECT_EQ(found[0].counts.waits.count(), 11);
  EXPECT_EQ(found[0].counts.waits.total_ms(), 56'000);
  EXPECT_EQ(found[0].counts.first_responses.count(), 0);
}

TEST_P(StoreContract, StatisticsOfWhatIsUndoneCountNothing) {
  const UseCase throwing = [](chat::Transaction& transaction) -> bool {
    transaction.statistics().add(kKey, one_wait(1'000));
    throw std::runtime_error("a fault of the use case");
  };
  write_as_group({adding(kKey, one_wait(1'000)), adding(kKey, one_wait(1'000), false), throwing,
                  adding(kKey, one_wait(1'000))});
  std::vector<chat::StatisticsDay> found;
  read(reading(found, 20'000, 20'000));
  EXPECT_EQ(found.at(0).counts.customer_messages, 2);
}

TEST_P(StoreContract, StatisticsOfAGroupThatRunsAgainCountOnce) {
  for (int skipped = 0; skipped < 6; ++skipped) {
    under_test_->inject(Fault::disk_full, skipped, 1);
    const auto key = chat::StatisticsKey{kAccount, {}, {1}, skipped};
    std::int64_t stand = 0;
    for (const auto& fault : write_as_group({adding(key, one_wait(1)), adding(key, one_wait(1))}))
      stand += fault ? 0 : 1;
    under_test_->heal();
    std::vector<chat::StatisticsDay> found;
    read(reading(found, skipped, skipped));
    EXPECT_EQ(found.empty() ? 0 : found[0].counts.customer_messages, stand) << skipped;
  }
}

TEST_P(StoreContract, ATransactionSeesTheStatisticsThatItAdded) {
  write(adding(kKey, one_wait(1'000)));
  write([](chat::Transaction& transaction) {
    auto& statistics = transaction.statistics();
    statistics.add(kKey, one_wait(3'000));
    EXPECT_EQ(statistics.days(kAccount, {}, {1}, 20'000, 20'000).at(0).counts.customer_messages, 2);
    const auto waits = statistics.waits(kAccount, {1}, 20'000, 20'000);
    EXPECT_EQ(waits.waits, 2);
    EXPECT_EQ(waits.total_ms, 4'000);
    return true;
  });
}

TEST_P(StoreContract, StatisticsAreKeptApartAndInOrderOfTheirDays) {
  const auto with = [](auto change) {
    auto key = kKey;
    change(key);
    return key;
  };
  write(adding(with([](auto& key) { key.day = 20'002; }), one_wait(1)));
  write(adding(kKey, one_wait(1)));
  write(adding(with([](auto& key) { key.agent = {1'001}; }), one_wait(1)));
  write(adding(with([](auto& key) { key.inbox = {2}; }), one_wait(1)));
  write(adding(with([](auto& key) { key.account = kOtherAccount; }), one_wait(1)));
  std::vector<chat::StatisticsDay> found;
  read(reading(found, 20'000, 20'002));
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].day, 20'000);
  EXPECT_EQ(found[0].counts.customer_messages, 1);
  EXPECT_EQ(found[1].day, 20'002);
  read(reading(found, 20'001, 20'001));
  EXPECT_THAT(found, IsEmpty());
  read(reading(found, 20'000, 20'002, {1'001}));
  EXPECT_THAT(found, SizeIs(1));
}

TEST_P(StoreContract, RoomsAreCountedWhereTheyStand) {
  write([](chat::Transaction& transaction) {
    auto open = sample_room(1);
    open.assignees = {{{1'001}, {1}}, {{1'002}, {1}}};
    transaction.rooms().insert(open);
    auto closed = sample_room(2);
    closed.status = chat::RoomStatus::closed;
    closed.inbox = {2};
    transaction.rooms().insert(closed);
    transaction.rooms().insert(sample_room(3));
    return true;
  });
  write([](chat::Transaction& transaction) {
    auto room = transaction.rooms().find(kAccount, {3}).value();
    room.status = chat::RoomStatus::pending;
    transaction.rooms().update(room);
    return true;
  });
  read([](chat::Transaction& transaction) {
    auto& counters = transaction.room_counters();
    const auto account = counters.of_account(kAccount);
    EXPECT_EQ(account.open, 1);
    EXPECT_EQ(account.pending, 1);
    EXPECT_EQ(account.closed, 1);
    EXPECT_EQ(counters.of_inbox(kAccount, {1}).total(), 2);
    EXPECT_EQ(counters.of_inbox(kAccount, {2}).closed, 1);
    EXPECT_EQ(counters.assigned_to(kAccount, {1'002}).open, 1);
    EXPECT_EQ(counters.assigned_to(kAccount, {1'003}).total(), 0);
    EXPECT_EQ(counters.unassigned(kAccount).total(), 2);
    EXPECT_EQ(counters.of_account(kOtherAccount).total(), 0);
    return true;
  });
}

TEST_P(StoreContract, AnInboxKeepsItsHoursAndFields) {
  auto inbox = sample_inbox(1);
  chat::OpeningHours hours;
  hours.timezone = "Asia/Gaza";
  hours.week[0] = chat::DailyHours{0, 1'440};
  hours.week[6] = chat::DailyHours{540, 1'020};
  hours.holidays = {"2026-01-01", "2026-12-25"};
  inbox.hours = hours;
  inbox.pre_chat_fields = {"name", "email"};
  write([&](chat::Transaction& transaction) {
    transaction.inboxes().insert(inbox);
    transaction.inboxes().insert(sample_inbox(2));
    return true;
  });
  read([&](chat::Transaction& transaction) {
    const auto found = transaction.inboxes().find(kAccount, {1}).value();
    EXPECT_EQ(found.hours, inbox.hours);
    EXPECT_EQ(found.pre_chat_fields, inbox.pre_chat_fields);
    EXPECT_EQ(transaction.inboxes().find(kAccount, {2})->hours, std::nullopt);
    EXPECT_TRUE(transaction.time_zones().knows("Asia/Gaza"));
    EXPECT_FALSE(transaction.time_zones().knows("Moon/Base"));
    return true;
  });
}

}  // namespace

}  // namespace parlor::store
