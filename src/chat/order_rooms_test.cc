#include "chat/order_rooms.h"

#include <gmock/gmock.h>

#include "chat/integrations.h"
#include "chat/order_import.h"
#include "chat/order_inbox.h"
#include "chat/order_messages.h"
#include "chat/order_people.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::World;

struct Shop : World {
  Shop() {
    actor.kind = ActorKind::integration;
    actor.account = acme.id;
    actor.conversation = tx.ids().make<ConversationId>();
  }

  static OrderRoom order(const std::string& number, const std::string& buyer = "1") {
    OrderRoom room;
    room.number = number;
    room.order_id = "10";
    room.order_user_id = buyer;
    room.vendor_id = "7";
    room.vendor_user_id = "v1";
    room.agent_id = "141";
    room.agent_db = "ace";
    return room;
  }
  OrderRoom create(const std::string& number, const std::string& buyer = "1") {
    auto made = create_order_room(tx, actor, {order(number, buyer)}).value().view.order;
    tx.take_events();
    return made;
  }
  static OrderMessage by(OrderUserType type, const std::string& user_id) {
    OrderMessage message;
    message.author.user_type = type;
    message.author.user_id = user_id;
    message.author.username = "Somebody";
    return message;
  }
  Result<OrderMessageSent> send(const OrderRoom& room, OrderUserType type,
                                const std::string& user_id, const std::string& text) {
    return send_order_message(tx, actor, {to_hex(room.room), text, by(type, user_id), ""});
  }
  Actor customer(ContactKind kind, const std::string& external_id) {
    const auto contact = tx.contacts().find_by_external_id(acme.id, kind, external_id).value();
    Actor person;
    person.account = acme.id;
    person.contact = contact.id;
    person.contact_kind = kind;
    person.conversation = contact.conversation;
    return person;
  }

  Actor actor;
};

std::vector<std::string> numbers(const std::vector<OrderRoomView>& views) {
  std::vector<std::string> all;
  for (const auto& view : views) all.push_back(view.order.number);
  return all;
}

TEST(OrderRooms, TheFirstOneMakesTheInboxWithTheAgentsOfTheAccount) {
  Shop shop;
  EXPECT_FALSE(find_order_inbox(shop.tx, shop.acme.id));
  shop.create("1");
  shop.create("2");
  const auto inbox = find_order_inbox(shop.tx, shop.acme.id).value();
  EXPECT_EQ(inbox.name, "Orders");
  EXPECT_EQ(inbox.visibility, Visibility::inbox);
  EXPECT_TRUE(shop.tx.inboxes().is_member(shop.acme.id, inbox.id, shop.carl.conversation));
  CreateInbox second;
  second.name = "More";
  second.channel = Channel::order;
  EXPECT_EQ(create_inbox(shop.tx, shop.ada, second).error().code, ErrorCode::conflict);
  EXPECT_FALSE(find_order_inbox(shop.tx, shop.other.id));
}

TEST(OrderRooms, ARoomOfThatNameIsTheAnswer) {
  Shop shop;
  const auto first = create_order_room(shop.tx, shop.actor, {Shop::order("1")}).value();
  const auto again = create_order_room(shop.tx, shop.actor, {Shop::order("1")}).value();
  EXPECT_FALSE(first.existed);
  EXPECT_TRUE(again.existed);
  EXPECT_EQ(again.view.order, first.view.order);
}

TEST(OrderRooms, TheTeamAndTheBuyerAreToldOfANewRoom) {
  Shop shop;
  shop.create("0");
  create_order_room(shop.tx, shop.actor, {Shop::order("1")}).value();
  EXPECT_EQ(shop.heard(shop.ada), "room-created");
  EXPECT_EQ(shop.heard(shop.customer(ContactKind::buyer, "1")), "joinRoom room-created");
  EXPECT_EQ(shop.heard(shop.eve), "");
}

TEST(OrderRooms, ACustomersMessageIsUnreadAndTheTeamsIsNot) {
  Shop shop;
  const auto room = shop.create("1");
  shop.send(room, OrderUserType::user, "1", "hello").value();
  shop.send(room, OrderUserType::vendor, "v1", "me too").value();
  shop.send(room, OrderUserType::agent, "141", "yes?").value();
  const auto now = shop.room(room.room);
  EXPECT_EQ(now.customer_count, 2);
  EXPECT_EQ(now.team_count, 1);
  const auto view =
      order_view(shop.tx, shop.tx.order_rooms().find(shop.acme.id, room.room).value());
  EXPECT_EQ(view.last->message.content, "yes?");
  ASSERT_EQ(view.participants.size(), 3u);
  EXPECT_EQ(view.participants[1].person.user_id, "v1");
}

TEST(OrderRooms, AReplyOfTheConsoleIsAMessageOfAnAgent) {
  Shop shop;
  const auto room = shop.create("1");
  SendAgentMessage reply;
  reply.room = room.room;
  reply.message.content = "On its way";
  send_agent_message(shop.tx, shop.ann, reply).value();
  EXPECT_THAT(shop.heard(shop.bob), ::testing::HasSubstr("new-message"));
  reply.message.type = MessageType::note;
  send_agent_message(shop.tx, shop.ann, reply).value();
  const auto page =
      query_order_messages(shop.tx, shop.actor, {room.number, std::nullopt, ""}).value();
  ASSERT_EQ(page.messages.size(), 1u);
  const auto& author = page.messages[0].order.author;
  EXPECT_EQ(author.user_type, OrderUserType::agent);
  EXPECT_EQ(author.username, "Ann");
  EXPECT_EQ(author.user_id, to_hex(shop.ann.agent));
  EXPECT_TRUE(page.messages[0].order.from_console);
}

TEST(OrderRooms, ACustomerSeesTheRoomsTheyTakePartIn) {
  Shop shop;
  shop.create("1", "a");
  const auto other = shop.create("2", "b");
  const auto a = shop.customer(ContactKind::buyer, "a");
  EXPECT_THAT(numbers(fetch_order_rooms(shop.tx, a, {}).value()), ElementsAre("1"));
  EXPECT_EQ(find_order_room(shop.tx, a, "2").error().message, "No room found!");
  const auto person = Shop::by(OrderUserType::user, "a").author;
  join_order_room(shop.tx, shop.actor, {to_hex(other.room), person}).value();
  EXPECT_THAT(numbers(fetch_order_rooms(shop.tx, a, {}).value()), ElementsAre("2", "1"));
  FetchOrderRooms of_b;
  of_b.query.key = OrderKey::user;
  of_b.query.value = "b";
  EXPECT_THAT(numbers(fetch_order_rooms(shop.tx, a, of_b).value()), ElementsAre("2"));
  of_b.query.value = "c";
  EXPECT_THAT(numbers(fetch_order_rooms(shop.tx, a, of_b).value()), IsEmpty());
}

TEST(OrderRooms, OnlyIntegrationsSpeakForOthers) {
  Shop shop;
  const auto room = shop.create("1", "a");
  const auto a = shop.customer(ContactKind::buyer, "a");
  const auto say = [&](const Actor& who, OrderUserType type, const std::string& id) {
    return send_order_message(shop.tx, who, {to_hex(room.room), "x", Shop::by(type, id), ""});
  };
  EXPECT_TRUE(say(a, OrderUserType::user, "a"));
  EXPECT_EQ(say(a, OrderUserType::user, "b").error().code, ErrorCode::forbidden);
  EXPECT_EQ(say(a, OrderUserType::agent, "a").error().code, ErrorCode::forbidden);
  EXPECT_EQ(say(shop.ann, OrderUserType::user, "a").error().code, ErrorCode::forbidden);
  EXPECT_TRUE(say(shop.ann, OrderUserType::agent, to_hex(shop.ann.agent)));
  EXPECT_EQ(say(shop.eve, OrderUserType::agent, "x").error().code, ErrorCode::not_found);
}

TEST(OrderRooms, AnotherAccountsIntegrationFindsNothing) {
  Shop shop;
  const auto room = shop.create("1");
  Actor elsewhere = shop.actor;
  elsewhere.account = shop.other.id;
  EXPECT_EQ(find_order_room(shop.tx, elsewhere, to_hex(room.room)).error().code,
            ErrorCode::not_found);
  EXPECT_THAT(fetch_order_rooms(shop.tx, elsewhere, {}).value(), IsEmpty());
}

TEST(OrderRooms, AnIntegrationIsOfNoTeamAndEntersNoRoomByItself) {
  Shop shop;
  const auto room = shop.create("1");
  EXPECT_FALSE(shop.actor.is_team());
  EXPECT_EQ(access_room(shop.tx, shop.actor, room.room).error().code, ErrorCode::forbidden);
}

TEST(OrderRooms, AKeyAndAClientCodeNameTheAccount) {
  Shop shop;
  const auto made = create_integration(shop.tx, shop.ada, {"Desk", ""}).value();
  const auto actor = authenticate_integration(shop.tx, made.key).value();
  EXPECT_EQ(actor.kind, ActorKind::integration);
  EXPECT_EQ(actor.account, shop.acme.id);
  EXPECT_EQ(authenticate_integration(shop.tx, "pik_x").error().code, ErrorCode::unauthenticated);
  EXPECT_FALSE(require_client_code(shop.tx, shop.acme.id, ""));
  UpdateAccount update;
  update.client_code = "acme";
  update_account(shop.tx, shop.ada, update).value();
  EXPECT_TRUE(require_client_code(shop.tx, shop.acme.id, "acme"));
  EXPECT_FALSE(require_client_code(shop.tx, shop.acme.id, "other"));
}

ImportOrderRoom imported_room() {
  ImportOrderRoom input;
  input.order = Shop::order("5");
  input.order.source_id = "641d731dee3408c461095a2b";
  input.order.created_at = Timestamp{1'679'651'613'984};
  input.order.updated_at = Timestamp{1'679'654'022'474};
  ImportedOrderMessage message;
  message.order = Shop::by(OrderUserType::user, "1");
  message.order.source_id = "641d7c86ee3408c461095a38";
  message.order.created_at = Timestamp{1'679'654'022'471};
  message.text = "hello";
  input.messages.push_back(message);
  return input;
}

TEST(OrderImport, KeepsIdsAndTimesAndComesInOnce) {
  Shop shop;
  const auto first = import_order_room(shop.tx, shop.acme.id, imported_room()).value();
  EXPECT_EQ(first.rooms + first.messages, 2);
  const auto again = import_order_room(shop.tx, shop.acme.id, imported_room()).value();
  EXPECT_EQ(again.rooms + again.messages, 0);
  const auto order = find_order_room(shop.tx, shop.actor, "641d731dee3408c461095a2b").value();
  EXPECT_EQ(order.created_at.ms, 1'679'651'613'984);
  EXPECT_EQ(order.updated_at.ms, 1'679'654'022'474);
  const auto view = order_view(shop.tx, order);
  EXPECT_EQ(view.last->order.created_at.ms, 1'679'654'022'471);
  const auto room_of = [](const Event& event) { return event.room->id; };
  EXPECT_THAT(shop.tx.take_events(), ::testing::Each(::testing::ResultOf(room_of, RoomId{})));
}

TEST(OrderImport, IsHistoryUntilTheCustomerWrites) {
  Shop shop;
  import_order_room(shop.tx, shop.acme.id, imported_room()).value();
  const auto order = find_order_room(shop.tx, shop.actor, "5").value();
  EXPECT_EQ(shop.room(order.room).customer_count, 0);
  EXPECT_EQ(shop.room(order.room).queued_at, Timestamp{});
  shop.send(order, OrderUserType::user, "1", "still there?").value();
  EXPECT_EQ(shop.room(order.room).customer_count, 1);
  EXPECT_NE(shop.room(order.room).queued_at, Timestamp{});
}

TEST(OrderImport, AnOlderMessageIsNotTheLast) {
  Shop shop;
  import_order_room(shop.tx, shop.acme.id, imported_room()).value();
  auto older = imported_room();
  older.messages[0].order.source_id = "641d7c86ee3408c461095a37";
  older.messages[0].order.created_at.ms -= 1'000;
  older.messages[0].text = "before that";
  import_order_room(shop.tx, shop.acme.id, older).value();
  const auto order = find_order_room(shop.tx, shop.actor, "5").value();
  EXPECT_EQ(order_view(shop.tx, order).last->message.content, "hello");
  EXPECT_EQ(shop.room(order.room).last_message->content, "hello");
}

TEST(OrderImport, WhatIsSaidOfTheLastChangeCountsAndElseTheLastMessageDoes) {
  Shop shop;
  auto input = imported_room();
  const auto said = input.messages[0].order.created_at + -60'000;
  input.order.updated_at = said;
  import_order_room(shop.tx, shop.acme.id, input).value();
  EXPECT_EQ(find_order_room(shop.tx, shop.actor, "5").value().updated_at, said);
  auto unsaid = imported_room();
  unsaid.order.number = "6";
  unsaid.order.source_id = "641d731dee3408c461095a2c";
  unsaid.messages[0].order.source_id = "641d7c86ee3408c461095a39";
  unsaid.order.updated_at = {};
  import_order_room(shop.tx, shop.acme.id, unsaid).value();
  EXPECT_EQ(find_order_room(shop.tx, shop.actor, "6").value().updated_at,
            unsaid.messages[0].order.created_at);
}

TEST(OrderImport, NothingComesInFromTomorrow) {
  Shop shop;
  const auto later = shop.tx.now() + 2LL * 24 * 3600 * 1000;
  auto input = imported_room();
  input.messages[0].order.created_at = later;
  const auto imported = import_order_room(shop.tx, shop.acme.id, input).value();
  EXPECT_EQ(imported.rooms, 1);
  EXPECT_EQ(imported.messages, 0);
  ASSERT_EQ(imported.refused.size(), 1u);
  EXPECT_EQ(imported.refused[0].why, "created_date lies in the future");
  for (auto time : {&OrderRoom::created_at, &OrderRoom::updated_at}) {
    auto room = imported_room();
    room.order.source_id = "641d731dee3408c461095a2d";
    room.order.name = "of tomorrow";
    room.order.*time = later;
    EXPECT_EQ(import_order_room(shop.tx, shop.acme.id, room).error().code, ErrorCode::invalid);
  }
}

TEST(OrderImport, APersonComesInOnceForEachPartTheyTake) {
  Shop shop;
  auto input = imported_room();
  const auto add = [&](const std::string& source_id, OrderUserType type) {
    OrderParticipant participant;
    participant.source_id = source_id;
    participant.person = Shop::by(type, "1").author;
    input.participants.push_back(participant);
  };
  add("641d7321ee3408c461095a2c", OrderUserType::user);
  add("641d7321ee3408c461095a2d", OrderUserType::user);
  add("641d7321ee3408c461095a2e", OrderUserType::admin);
  for (const int fresh : {2, 0}) {
    const auto imported = import_order_room(shop.tx, shop.acme.id, input).value();
    EXPECT_EQ(imported.participants, fresh);
    ASSERT_EQ(imported.refused.size(), 1u);
    EXPECT_EQ(imported.refused[0].source_id, "641d7321ee3408c461095a2d");
  }
}

TEST(OrderImport, ANameThatIsTakenIsAConflict) {
  Shop shop;
  shop.create("5");
  EXPECT_EQ(import_order_room(shop.tx, shop.acme.id, imported_room()).error().code,
            ErrorCode::conflict);
}

}  // namespace
}  // namespace parlor::chat
