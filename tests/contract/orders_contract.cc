// Order rooms: found by each of their keys, listed newest update first, viewed together.
#include "chat/order_room.h"

#include "contract/fixture.h"

namespace parlor::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

chat::OrderRoom sample_order(std::int64_t id, std::int64_t updated_at,
                             AccountId account = kAccount) {
  chat::OrderRoom order;
  order.account = account;
  order.room = {id};
  order.number = "5278";
  order.name = "room " + std::to_string(id);
  order.order_id = "10";
  order.order_vendor_id = "9";
  order.order_user_id = "1";
  order.vendor_id = "7";
  order.vendor_user_id = "v\"1";
  order.agent_id = "141";
  order.agent_db = "ace";
  order.sub_domain = "192.168.101.88";
  order.client_id = "1";
  order.db_name = "база 🎉";
  order.created_at = {updated_at};
  order.updated_at = {updated_at};
  order.as_imported = R"({"__v":1})";
  return order;
}

void insert(chat::Transaction& t, const chat::OrderRoom& order) {
  t.rooms().insert(sample_room(order.room.value, 1, order.account));
  t.order_rooms().insert(order);
}

chat::OrderParticipant sample_participant(RoomId room, std::int64_t position) {
  chat::OrderParticipant participant;
  participant.account = kAccount;
  participant.room = room;
  participant.id = {room.value * 100 + position};
  participant.position = position;
  participant.person = {chat::OrderUserType::vendor,
                        "u" + std::to_string(position),
                        "<script>",
                        "v@example.com",
                        "+null 0",
                        "{{S3Url}}/a.jpg",
                        "{{SubUrl}}"};
  participant.conversation = {9'000 + position};
  participant.created_at = {5};
  participant.updated_at = {6};
  participant.as_imported = R"({"status":false})";
  return participant;
}

chat::OrderMessage sample_order_message(RoomId room, std::int64_t seq) {
  chat::OrderMessage message;
  message.account = kAccount;
  message.room = room;
  message.seq = seq;
  message.author = sample_participant(room, 1).person;
  message.chat_type = "agent_to_user";
  message.to_message = "to_user";
  message.from_message = "from_vendor";
  message.to_id = "1";
  message.from_id = "7";
  message.is_media = true;
  message.media_url = "https://a.example/1";
  message.thumbnail_url = "https://a.example/2";
  message.media_type = "image";
  message.from_console = true;
  message.created_at = {77};
  message.as_imported = R"({"__v":2})";
  return message;
}

std::vector<std::int64_t> room_ids(const std::vector<chat::OrderRoom>& rooms) {
  std::vector<std::int64_t> all;
  all.reserve(rooms.size());
  for (const auto& room : rooms) all.push_back(room.room.value);
  return all;
}

TEST_P(StoreContract, AnAccountsFirstOrderIsFoundByWritesThatFoundNoneBefore) {
  const auto is_there = [](bool expected) {
    return [expected](chat::Transaction& t) {
      EXPECT_EQ(t.order_rooms().find(kAccount, {1}).has_value(), expected);
      return true;
    };
  };
  write(is_there(false));
  write([](chat::Transaction& t) {
    insert(t, sample_order(1, 100));
    return true;
  });
  write(is_there(true));
}

TEST_P(StoreContract, AnOrderRoomReadsBackByEachOfItsNames) {
  auto imported = sample_order(2, 200);
  imported.source_id = "641d731dee3408c461095a2b";
  write([&](chat::Transaction& t) {
    insert(t, sample_order(1, 100));
    insert(t, imported);
    insert(t, sample_order(3, 300, kOtherAccount));
    return true;
  });
  read([&](chat::Transaction& t) {
    auto& orders = t.order_rooms();
    EXPECT_EQ(orders.find(kAccount, {1}), sample_order(1, 100));
    EXPECT_EQ(orders.find_by_name(kAccount, "room 2"), imported);
    EXPECT_EQ(orders.find_by_source(kAccount, imported.source_id), imported);
    EXPECT_THAT(room_ids(orders.find_by_number(kAccount, "5278")), ElementsAre(2, 1));
    EXPECT_FALSE(orders.find(kAccount, {3}));
    EXPECT_FALSE(orders.find_by_name(kAccount, "room 3"));
    EXPECT_FALSE(orders.find_by_source(kAccount, ""));
    EXPECT_FALSE(orders.find_by_source(kOtherAccount, imported.source_id));
    return true;
  });
}

TEST_P(StoreContract, ARoomsNameAndItsSourcesIdAreTakenOnceInAnAccount) {
  for (const bool same_name : {true, false}) {
    auto first = sample_order(same_name ? 1 : 3, 100);
    auto second = sample_order(same_name ? 2 : 4, 100);
    if (same_name) second.name = first.name;
    if (!same_name) first.source_id = second.source_id = "641d731dee3408c461095a2b";
    const auto fault = write([&](chat::Transaction& t) {
      insert(t, first);
      insert(t, second);
      return true;
    });
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->code, ErrorCode::unavailable);
  }
}

TEST_P(StoreContract, OrderRoomsAreListedByEachKeyNewestUpdateFirst) {
  write([](chat::Transaction& t) {
    for (std::int64_t id = 1; id <= 4; ++id) insert(t, sample_order(id, id * 100));
    auto other = sample_order(5, 500);
    other.vendor_id = "8";
    other.order_user_id = "2";
    other.agent_id = "142";
    other.client_id = "2";
    other.vendor_user_id = "v2";
    insert(t, other);
    insert(t, sample_order(6, 600, kOtherAccount));
    auto moved = sample_order(1, 900);
    moved.last_seq = 3;
    t.order_rooms().update(moved);
    return true;
  });
  read([](chat::Transaction& t) {
    const auto listed = [&](chat::OrderKey key, const char* value, auto change) {
      chat::OrderRoomQuery query;
      query.account = kAccount;
      query.key = key;
      query.value = value;
      query.agent_db = "ace";
      change(query);
      return room_ids(t.order_rooms().list(query));
    };
    const auto as_is = [](chat::OrderRoomQuery&) {};
    using Key = chat::OrderKey;
    EXPECT_THAT(listed(Key::account, "", as_is), ElementsAre(1, 5, 4, 3, 2));
    EXPECT_THAT(listed(Key::agent, "141", as_is), ElementsAre(1, 4, 3, 2));
    EXPECT_THAT(listed(Key::vendor, "8", as_is), ElementsAre(5));
    EXPECT_THAT(listed(Key::vendor_user, "v\"1", as_is), ElementsAre(1, 4, 3, 2));
    EXPECT_THAT(listed(Key::user, "2", as_is), ElementsAre(5));
    EXPECT_THAT(listed(Key::client, "1", as_is), ElementsAre(1, 4, 3, 2));
    EXPECT_THAT(listed(Key::client, "3", as_is), IsEmpty());
    EXPECT_THAT(listed(Key::agent, "141", [](auto& query) { query.agent_db = "x"; }), IsEmpty());
    EXPECT_THAT(listed(Key::account, "", [](auto& query) { query.client_id = "2"; }),
                ElementsAre(5));
    EXPECT_THAT(listed(Key::account, "", [](auto& query) { query.limit = 2; }), ElementsAre(1, 5));
    EXPECT_THAT(listed(Key::account, "",
                       [](auto& query) {
                         query.before_update = {500};
                         query.before_room = {5};
                       }),
                ElementsAre(4, 3, 2));
    return true;
  });
}

TEST_P(StoreContract, OrderRoomsAreViewedWithTheirPeopleAndTheirLastMessage) {
  const auto beside = [] {
    auto message = sample_order_message({2}, 1);
    message.source_id = "641d7c86ee3408c461095a38";
    return message;
  }();
  write([&](chat::Transaction& t) {
    for (std::int64_t id = 1; id <= 3; ++id) insert(t, sample_order(id, id * 100));
    for (const std::int64_t position : {2, 1})
      t.order_rooms().insert(sample_participant({2}, position));
    const auto message = send(t, {2}, "hello");
    t.order_rooms().insert(beside);
    auto order = sample_order(2, 200);
    order.last_seq = message.seq;
    t.order_rooms().update(order);
    auto closed = t.rooms().find(kAccount, {3}).value();
    closed.status = chat::RoomStatus::closed;
    t.rooms().update(closed);
    return true;
  });
  read([&](chat::Transaction& t) {
    auto& orders = t.order_rooms();
    const auto views = orders.view(
        kAccount, {sample_order(3, 300), orders.find(kAccount, {2}).value(), sample_order(1, 100)});
    EXPECT_EQ(views.size(), 3u);
    EXPECT_EQ(views[0].status, chat::RoomStatus::closed);
    EXPECT_FALSE(views[0].last);
    EXPECT_THAT(views[1].participants,
                ElementsAre(sample_participant({2}, 1), sample_participant({2}, 2)));
    EXPECT_TRUE(views[1].last);
    EXPECT_EQ(views[1].last->message.content, "hello");
    EXPECT_EQ(views[1].last->order, beside);
    EXPECT_EQ(views[2].status, chat::RoomStatus::open);
    EXPECT_THAT(views[2].participants, IsEmpty());
    EXPECT_THAT(orders.view(kAccount, {}), IsEmpty());
    EXPECT_EQ(orders.find_message(kAccount, {2}, 1), beside);
    EXPECT_EQ(orders.find_message_by_source(kAccount, beside.source_id), beside);
    EXPECT_THAT(orders.messages(kAccount, {2}, 1, 5), ElementsAre(beside));
    EXPECT_THAT(orders.messages(kAccount, {2}, 2, 5), IsEmpty());
    return true;
  });
}

TEST_P(StoreContract, AParticipantIsFoundByWhoTheyAreAndByWhatTheyActAs) {
  write([](chat::Transaction& t) {
    insert(t, sample_order(1, 100));
    insert(t, sample_order(2, 200));
    t.order_rooms().insert(sample_participant({1}, 1));
    t.order_rooms().insert(sample_participant({2}, 1));
    auto changed = sample_participant({1}, 1);
    changed.person.username = "Vera";
    changed.updated_at = {9};
    t.order_rooms().update(changed);
    return true;
  });
  read([](chat::Transaction& t) {
    auto& orders = t.order_rooms();
    const auto found = orders.find_participant(kAccount, {1}, chat::OrderUserType::vendor, "u1");
    EXPECT_EQ(found->person.username, "Vera");
    EXPECT_EQ(found->updated_at.ms, 9);
    EXPECT_FALSE(orders.find_participant(kAccount, {1}, chat::OrderUserType::user, "u1"));
    EXPECT_TRUE(orders.takes_part(kAccount, {1}, {9'001}));
    EXPECT_FALSE(orders.takes_part(kAccount, {1}, {9'002}));
    EXPECT_FALSE(orders.takes_part(kOtherAccount, {1}, {9'001}));
    EXPECT_FALSE(orders.has_participant_from(kAccount, ""));
    auto rooms = room_ids(orders.list_of_participant(kAccount, {9'001}));
    EXPECT_THAT(rooms, testing::UnorderedElementsAre(1, 2));
    return true;
  });
}

}  // namespace
}  // namespace parlor::store
