// Rooms: lists, totals, changes and markers.
#include "contract/fixture.h"

namespace parlor::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

chat::Room room_with_everything() {
  auto room = sample_room(1);
  room.status = chat::RoomStatus::pending;
  room.priority = chat::Priority::urgent;
  room.tags = {"vip", "", "two words: 3:x"};
  room.notes = "note";
  room.assignees = {{{1'001}, {11}}, {{1'002}, {12}}};
  room.seq = 5;
  room.customer_count = 3;
  room.team_count = 2;
  room.last_stamp = {77};
  room.last_message = {{9},    {1'001}, chat::SenderKind::agent, chat::MessageType::note,
                       "psst", {70}};
  room.last_public_message = {{8}, {5'001}, chat::SenderKind::customer, chat::MessageType::image,
                              "",  {60}};
  room.closed_at = {80};
  room.queued_at = {81};
  room.waiting_since = {82};
  room.answered_at = {83};
  auto& talk = room.bot.emplace();
  talk.intent = "LOGIN_PROBLEM";
  talk.bot_attempts = 2;
  talk.language = "ar";
  talk.dialogue = "a step: 1";
  talk.escalation_reason = "wants_person";
  talk.resolved_at = {84};
  talk.resolved_by_person = true;
  talk.problem_since = {85};
  return room;
}

void expect_equal(const chat::Room& a, const chat::Room& b) {
  EXPECT_EQ(a.subject, b.subject);
  EXPECT_EQ(a.conversation, b.conversation);
  EXPECT_EQ(a.contact, b.contact);
  EXPECT_EQ(a.inbox, b.inbox);
  EXPECT_EQ(a.status, b.status);
  EXPECT_EQ(a.priority, b.priority);
  EXPECT_EQ(a.tags, b.tags);
  EXPECT_EQ(a.notes, b.notes);
  EXPECT_EQ(a.assignees, b.assignees);
  EXPECT_EQ(a.seq, b.seq);
  EXPECT_EQ(a.customer_count, b.customer_count);
  EXPECT_EQ(a.team_count, b.team_count);
  EXPECT_EQ(a.last_stamp, b.last_stamp);
  EXPECT_EQ(a.created_at, b.created_at);
  EXPECT_EQ(a.updated_at, b.updated_at);
  EXPECT_EQ(a.last_activity, b.last_activity);
  EXPECT_EQ(a.closed_at, b.closed_at);
  EXPECT_EQ(a.queued_at, b.queued_at);
  EXPECT_EQ(a.waiting_since, b.waiting_since);
  EXPECT_EQ(a.answered_at, b.answered_at);
  EXPECT_EQ(a.bot, b.bot);
  const auto same = [](const auto& x, const auto& y) {
    ASSERT_EQ(x.has_value(), y.has_value());
    if (!x) return;
    EXPECT_EQ(x->id, y->id);
    EXPECT_EQ(x->author, y->author);
    EXPECT_EQ(x->sender, y->sender);
    EXPECT_EQ(x->type, y->type);
    EXPECT_EQ(x->content, y->content);
    EXPECT_EQ(x->created_at, y->created_at);
  };
  same(a.last_message, b.last_message);
  same(a.last_public_message, b.last_public_message);
}

TEST_P(StoreContract, ARoomReadsBackWithAllItsFields) {
  const auto room = room_with_everything();
  auto plain = sample_room(2);
  plain.last_message = plain.last_public_message = room.last_message;
  write([&](chat::Transaction& t) {
    t.rooms().insert(room);
    t.rooms().insert(plain);
    return true;
  });
  read([&](chat::Transaction& t) {
    expect_equal(t.rooms().find(kAccount, {1}).value(), room);
    expect_equal(t.rooms().find(kAccount, {2}).value(), plain);
    EXPECT_FALSE(t.rooms().find(kOtherAccount, {1}));
    return true;
  });
}

TEST_P(StoreContract, AnUpdateWritesContactAndInboxToo) {
  write([&](chat::Transaction& t) {
    t.rooms().insert(sample_room(1));
    return true;
  });
  auto room = room_with_everything();
  room.contact = {2};
  room.conversation = {5'002};
  room.inbox = {4};
  room.updated_at = {9'000};
  write([&](chat::Transaction& t) {
    t.rooms().update(room);
    return true;
  });
  read([&](chat::Transaction& t) {
    expect_equal(t.rooms().find(kAccount, {1}).value(), room);
    EXPECT_THAT(t.rooms().list_of_contact(kAccount, {1}, "", 1, 20).rooms, IsEmpty());
    EXPECT_THAT(ids(t.rooms().list_of_contact(kAccount, {2}, "", 1, 20).rooms), ElementsAre(1));
    return true;
  });
}

// Rooms 1 to 6: 1, 2 unassigned in inbox 1; 3 in inbox 2, assigned to 1'001; 4 in inbox 1, to
// 1'002; 5 in inbox 3 (open), to 1'002; 6 in inbox 3, to 1'001 and 1'002. Updated in the order of
// their ids.
void insert_six_rooms(chat::Transaction& t) {
  for (int id = 1; id <= 6; ++id) {
    auto room = sample_room(id);
    if (id == 3 || id == 6) room.assignees.push_back({{1'001}, {1}});
    if (id >= 4) room.assignees.push_back({{1'002}, {1}});
    room.inbox = {id == 3 ? 2 : id >= 5 ? 3 : 1};
    room.priority = id == 2 ? chat::Priority::urgent : chat::Priority::low;
    room.status = id == 1 ? chat::RoomStatus::closed : chat::RoomStatus::open;
    room.created_at = {100 - id};
    t.rooms().insert(room);
  }
  t.rooms().insert(sample_room(100, 1, kOtherAccount));
}

chat::RoomQuery query_of(chat::RoomScope scope) {
  chat::RoomQuery query;
  query.account = kAccount;
  query.scope = std::move(scope);
  return query;
}

chat::RoomScope whole_account() {
  chat::RoomScope scope;
  scope.whole_account = true;
  return scope;
}

chat::RoomScope agent_scope() {
  chat::RoomScope scope;
  scope.viewer = {1'001};
  scope.inboxes = {{1}, {2}, {3}};
  scope.open_inboxes = {{3}};
  return scope;
}

TEST_P(StoreContract, AListHoldsEachRoomInScopeOnce) {
  write([](chat::Transaction& t) {
    insert_six_rooms(t);
    return true;
  });
  read([](chat::Transaction& t) {
    auto page = t.rooms().list(query_of(agent_scope()));
    EXPECT_THAT(ids(page.rooms), ElementsAre(6, 5, 3, 2, 1));
    EXPECT_EQ(page.total, 5);
    page = t.rooms().list(query_of(whole_account()));
    EXPECT_THAT(ids(page.rooms), ElementsAre(6, 5, 4, 3, 2, 1));
    EXPECT_EQ(page.total, 6);
    auto scope = agent_scope();
    scope.open_inboxes.clear();
    scope.inboxes = {{1}};
    EXPECT_THAT(ids(t.rooms().list(query_of(scope)).rooms), ElementsAre(6, 3, 2, 1));
    EXPECT_THAT(t.rooms().list(query_of({})).rooms, IsEmpty());
    return true;
  });
}

TEST_P(StoreContract, AListFiltersSortsAndPages) {
  write([](chat::Transaction& t) {
    insert_six_rooms(t);
    return true;
  });
  read([](chat::Transaction& t) {
    auto query = query_of(whole_account());
    query.status = chat::RoomStatus::open;
    EXPECT_EQ(t.rooms().list(query).total, 5);
    query.inboxes = std::vector<InboxId>{{1}};
    EXPECT_THAT(ids(t.rooms().list(query).rooms), ElementsAre(4, 2));
    query.priority = chat::Priority::urgent;
    EXPECT_THAT(ids(t.rooms().list(query).rooms), ElementsAre(2));

    query = query_of(whole_account());
    query.sort = chat::RoomSort::created_at;
    EXPECT_THAT(ids(t.rooms().list(query).rooms), ElementsAre(1, 2, 3, 4, 5, 6));
    query.sort = chat::RoomSort::priority;
    EXPECT_THAT(ids(t.rooms().list(query).rooms), ElementsAre(2, 6, 5, 4, 3, 1));
    query.limit = 4;
    query.page = 2;
    EXPECT_THAT(ids(t.rooms().list(query).rooms), ElementsAre(3, 1));
    EXPECT_EQ(t.rooms().list(query).total, 6);
    query.page = 2'000'000'000;
    EXPECT_THAT(t.rooms().list(query).rooms, IsEmpty());
    return true;
  });
}

TEST_P(StoreContract, ListsAndTotalsFollowEveryChange) {
  write([](chat::Transaction& t) {
    insert_six_rooms(t);
    return true;
  });
  write([](chat::Transaction& t) {
    auto room = t.rooms().find(kAccount, {2}).value();
    room.assignees = {{{1'001}, {5}}};
    room.updated_at = {9'000};
    t.rooms().update(room);
    room.status = chat::RoomStatus::closed;
    room.updated_at = {9'001};
    t.rooms().update(room);
    room = t.rooms().find(kAccount, {3}).value();
    room.assignees.clear();
    room.inbox = {1};
    room.updated_at = {9'002};
    t.rooms().update(room);
    send(t, {1}, "reopened");  // only moves up
    return true;
  });
  read([](chat::Transaction& t) {
    EXPECT_THAT(ids(t.rooms().list(query_of(agent_scope())).rooms), ElementsAre(1, 3, 2, 6, 5));
    auto query = query_of(agent_scope());
    query.status = chat::RoomStatus::closed;
    EXPECT_THAT(ids(t.rooms().list(query).rooms), ElementsAre(1, 2));
    EXPECT_EQ(t.rooms().list(query).total, 2);
    query = query_of(whole_account());
    query.inboxes = std::vector<InboxId>{{1}};
    EXPECT_EQ(t.rooms().list(query).total, 4);
    query.inboxes = std::vector<InboxId>{{2}};
    EXPECT_EQ(t.rooms().list(query).total, 0);
    return true;
  });
}

TEST_P(StoreContract, PagesOfManyRoomsNeitherRepeatNorLeaveOut) {
  static constexpr int kRooms = 137;
  write([](chat::Transaction& t) {
    for (int id = 1; id <= kRooms; ++id) {
      auto room = sample_room(id);
      room.inbox = {1 + id % 3};
      room.priority = static_cast<chat::Priority>(id % 4);
      room.updated_at = {id / 5};  // many at the same time
      t.rooms().insert(room);
    }
    return true;
  });
  read([](chat::Transaction& t) {
    auto query = query_of(whole_account());
    query.limit = 10;
    std::vector<std::int64_t> seen;
    for (query.page = 1; query.page <= 14; ++query.page)
      for (const auto id : ids(t.rooms().list(query).rooms)) seen.push_back(id);
    EXPECT_THAT(seen, SizeIs(kRooms));
    EXPECT_TRUE(std::is_sorted(seen.rbegin(), seen.rend()));
    return true;
  });
}

TEST_P(StoreContract, ByWaitingTheLongestWaitingComeFirstThenTheNewest) {
  static constexpr int kRooms = 40;
  write([](chat::Transaction& t) {
    for (int id = 1; id <= kRooms; ++id) {
      auto room = sample_room(id);
      room.inbox = {1};
      room.status = id == 12 ? chat::RoomStatus::pending : chat::RoomStatus::open;
      room.updated_at = {1'000 + id};
      room.waiting_since = {id % 4 == 0 ? 500 - id : 0};
      t.rooms().insert(room);
    }
    auto answered = t.rooms().find(kAccount, {40}).value();
    answered.waiting_since = {};
    t.rooms().update(answered);
    auto asking = t.rooms().find(kAccount, {1}).value();
    asking.waiting_since = {1};
    t.rooms().update(asking);
    return true;
  });
  read([](chat::Transaction& t) {
    auto query = query_of(whole_account());
    query.sort = chat::RoomSort::waiting;
    query.limit = 7;
    std::vector<std::int64_t> seen;
    for (query.page = 1; query.page <= 6; ++query.page) {
      const auto page = t.rooms().list(query);
      EXPECT_EQ(page.total, kRooms);
      for (const auto id : ids(page.rooms)) seen.push_back(id);
    }
    std::vector<std::int64_t> expected = {1, 36, 32, 28, 24, 20, 16, 8, 4};
    for (std::int64_t id = kRooms; id > 0; --id)
      if (std::find(expected.begin(), expected.end(), id) == expected.end()) expected.push_back(id);
    EXPECT_EQ(seen, expected);
    return true;
  });
}

TEST_P(StoreContract, ChangedSinceIsOldestFirstAndInScope) {
  write([](chat::Transaction& t) {
    insert_six_rooms(t);
    return true;
  });
  read([](chat::Transaction& t) {
    auto& rooms = t.rooms();
    EXPECT_THAT(ids(rooms.changed_since(kAccount, agent_scope(), {1'003}, 10)),
                ElementsAre(3, 5, 6));
    EXPECT_THAT(ids(rooms.changed_since(kAccount, whole_account(), {0}, 2)), ElementsAre(1, 2));
    EXPECT_THAT(ids(rooms.changed_since_of_contact(kAccount, {1}, {1'005}, 10)), ElementsAre(5, 6));
    return true;
  });
}

TEST_P(StoreContract, AContactsRoomsAreNewestActivityFirst) {
  write([](chat::Transaction& t) {
    for (int id = 1; id <= 3; ++id) {
      auto room = sample_room(id);
      if (id == 3) room.status = chat::RoomStatus::closed;
      if (id == 1) room.last_activity = {50'000};
      t.rooms().insert(room);
    }
    t.rooms().insert(sample_room(4, 2));
    return true;
  });
  read([](chat::Transaction& t) {
    const auto page = t.rooms().list_of_contact(kAccount, {1}, "", 1, 2);
    EXPECT_THAT(ids(page.rooms), ElementsAre(1, 3));
    EXPECT_EQ(page.total, 3);
    EXPECT_EQ(t.rooms().newest_open_of_contact(kAccount, {1})->id, RoomId{2});
    EXPECT_FALSE(t.rooms().newest_open_of_contact(kAccount, {9}));
    EXPECT_THAT(t.rooms().list_of_contact(kOtherAccount, {1}, "", 1, 2).rooms, IsEmpty());
    return true;
  });
}

TEST_P(StoreContract, TheNewestMessageOfASideIsLookedForAmong500) {
  const auto insert = [](chat::Transaction& t, std::int64_t seq, chat::SenderKind sender,
                         chat::MessageType type = chat::MessageType::text) {
    auto message = sample_message(100'000 + seq, {1}, seq, "x");
    message.sender = sender;
    message.type = type;
    t.messages().insert(message);
  };
  write([&](chat::Transaction& t) {
    t.rooms().insert(sample_room(1));
    insert(t, 1, chat::SenderKind::customer);
    insert(t, 2, chat::SenderKind::agent);
    insert(t, 3, chat::SenderKind::customer);
    insert(t, 4, chat::SenderKind::agent, chat::MessageType::note);
    for (int seq = 5; seq <= 504; ++seq) insert(t, seq, chat::SenderKind::customer);
    return true;
  });
  read([](chat::Transaction& t) {
    const auto newest = [&](chat::SenderKind sender, std::int64_t seq, RoomId room = {1},
                            AccountId account = kAccount) {
      return t.messages().newest_of(account, room, sender, seq).value_or(MessageId{}).value;
    };
    EXPECT_EQ(newest(chat::SenderKind::customer, 2), 100'001);
    EXPECT_EQ(newest(chat::SenderKind::customer, 3), 100'003);
    EXPECT_EQ(newest(chat::SenderKind::customer, 9'999), 100'504);
    EXPECT_EQ(newest(chat::SenderKind::agent, 1), 0);
    EXPECT_EQ(newest(chat::SenderKind::agent, 502), 100'002) << "no note";
    EXPECT_EQ(newest(chat::SenderKind::agent, 504), 0) << "behind 500 others";
    EXPECT_EQ(newest(chat::SenderKind::customer, 3, {2}), 0);
    EXPECT_EQ(newest(chat::SenderKind::customer, 3, {1}, kOtherAccount), 0);
    return true;
  });
}

TEST_P(StoreContract, AMovedMarkerLeavesItsReaderAndTakesNothingFromTheOther) {
  write([](chat::Transaction& t) {
    auto& rooms = t.rooms();
    rooms.insert(sample_room(1));
    rooms.upsert_marker(kAccount, {{1}, {1'001}, 3, 2, 3});
    rooms.move_marker(kAccount, {1}, {1'001}, {1'002});
    rooms.move_marker(kAccount, {1}, {1'009}, {1'002});
    rooms.upsert_marker(kAccount, {{1}, {1'003}, 2, 1, 9});
    return true;
  });
  read([](chat::Transaction& t) {
    EXPECT_FALSE(t.rooms().marker(kAccount, {1}, {1'001}));
    EXPECT_EQ(t.rooms().marker(kAccount, {1}, {1'002})->seq, 3);
    return true;
  });
  write([](chat::Transaction& t) {
    t.rooms().move_marker(kAccount, {1}, {1'002}, {1'003});
    return true;
  });
  read([](chat::Transaction& t) {
    const auto markers = t.rooms().markers(kAccount, {1});
    EXPECT_THAT(markers, SizeIs(1));
    EXPECT_EQ(markers.at(0).reader, ConversationId{1'003});
    EXPECT_EQ(markers.at(0).seq, 3);
    EXPECT_EQ(markers.at(0).counted, 2);
    EXPECT_EQ(markers.at(0).delivered_seq, 9);
    return true;
  });
}

TEST_P(StoreContract, MarkersAndChangesReadBack) {
  write([](chat::Transaction& t) {
    t.rooms().upsert_marker(kAccount, {{1}, {1'001}, 3, 2, 3});
    t.rooms().upsert_marker(kAccount, {{1}, {1'001}, 4, 3, 5});
    t.rooms().upsert_marker(kAccount, {{1}, {5'001}, 1, 1, 1});
    t.rooms().upsert_marker(kAccount, {{2}, {1'001}, 7, 7, 7});
    for (int seq = 1; seq <= 4; ++seq)
      t.rooms().insert_change(
          {kAccount, {1}, seq, chat::RoomChangeKind::tags, {1'001}, "a\nb", {seq}});
    return true;
  });
  read([](chat::Transaction& t) {
    auto& rooms = t.rooms();
    EXPECT_EQ(rooms.marker(kAccount, {1}, {1'001})->delivered_seq, 5);
    EXPECT_FALSE(rooms.marker(kOtherAccount, {1}, {1'001}));
    EXPECT_THAT(rooms.markers(kAccount, {1}), SizeIs(2));
    EXPECT_THAT(rooms.markers_of(kAccount, {1'001}, {{1}, {2}, {3}}), SizeIs(2));
    const auto changes = rooms.changes_after(kAccount, {1}, 1, 2);
    EXPECT_THAT(changes, SizeIs(2));
    EXPECT_EQ(changes[0].seq, 2);
    EXPECT_EQ(changes[0].new_value, "a\nb");
    EXPECT_EQ(changes[0].kind, chat::RoomChangeKind::tags);
    EXPECT_THAT(rooms.changes_after(kOtherAccount, {1}, 0, 9), IsEmpty());
    EXPECT_EQ(rooms.last_change(kAccount, {1}, chat::RoomChangeKind::tags)->seq, 4);
    EXPECT_FALSE(rooms.last_change(kAccount, {1}, chat::RoomChangeKind::status));
    EXPECT_FALSE(rooms.last_change(kOtherAccount, {1}, chat::RoomChangeKind::tags));
    return true;
  });
}

}  // namespace
}  // namespace parlor::store
