#include "chat/sessions.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "chat/messages.h"
#include "chat/reading.h"
#include "chat/room_lists.h"
#include "chat/rooms.h"
#include "chat/support_tokens.h"
#include "chat/tickets.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

struct Sessions : ::testing::Test {
  Sessions() : site(create_support_token(world.tx, world.ada, {}).value()) {}

  OpenSession on(const std::string& device, const std::string& identifier = "") {
    OpenSession input;
    input.device_id = device;
    input.identifier = identifier;
    if (!identifier.empty()) {
      input.identifier_hash = hex_encode(hmac_sha256(world.acme.identity_key, identifier));
    }
    return input;
  }
  SessionOpened open(const OpenSession& input) {
    return open_session(world.tx, site.token, input).value();
  }
  Error refusal(const OpenSession& input) {
    return open_session(world.tx, site.token, input).error();
  }
  Actor actor(const SessionOpened& opened) {
    return authenticate_visitor(world.tx, {site.secret, opened.session_id, "", ""}).value();
  }

  World world;
  SupportTokenCreated site;
};

TEST_F(Sessions, NameEmailAndPhoneUpdateTheContact) {
  auto input = on("d");
  input.name = " Una ";
  input.email = "Una@Example.com";
  const auto first = open(input);
  EXPECT_EQ(first.contact.name, "Una");
  EXPECT_EQ(first.contact.email, "una@example.com");
  EXPECT_EQ(first.expires_at, world.tx.now() + kSessionLifeMs);
  auto again = on("d");
  again.phone = "+1 555";
  const auto second = open(again);
  EXPECT_EQ(second.contact.name, "Una") << "what is not given stays";
  EXPECT_EQ(world.tx.contacts().find(world.acme.id, first.contact.id).value().phone, "+1 555");
}

TEST_F(Sessions, MalformedInputIsInvalid) {
  const auto code = [&](auto change) {
    auto input = on("d");
    change(input);
    return refusal(input).code;
  };
  EXPECT_EQ(code([](auto& i) { i.device_id = ""; }), ErrorCode::invalid);
  EXPECT_EQ(code([](auto& i) { i.device_id = std::string(129, 'd'); }), ErrorCode::invalid);
  EXPECT_EQ(code([](auto& i) { i.device_id = "a\nb"; }), ErrorCode::invalid);
  EXPECT_EQ(code([](auto& i) { i.email = "nobody"; }), ErrorCode::invalid);
  EXPECT_EQ(code([](auto& i) { i.name = std::string(101, 'n'); }), ErrorCode::invalid);
  EXPECT_EQ(code([](auto& i) { i.phone = "\xFF"; }), ErrorCode::invalid);
  EXPECT_EQ(code([](auto& i) { i.identifier_hash = "00"; }), ErrorCode::invalid);
  EXPECT_EQ(world.tx.count("SELECT COUNT(*) FROM visitor_session"), 0);
}

TEST_F(Sessions, AWrongIdentifierHashIsUnauthenticated) {
  auto input = on("d", "user-1");
  for (const std::string& hash :
       {std::string(), std::string("zz"), std::string(64, '0'), input.identifier_hash.substr(2),
        hex_encode(hmac_sha256("another key", "user-1"))}) {
    input.identifier_hash = hash;
    EXPECT_EQ(refusal(input).code, ErrorCode::unauthenticated) << hash;
  }
}

TEST_F(Sessions, AVouchedIdentifierLeadsToItsContactOnEveryDevice) {
  const auto phone = open(on("phone", "user-1"));
  EXPECT_TRUE(phone.verified);
  EXPECT_TRUE(actor(phone).verified);
  EXPECT_EQ(phone.contact.identifier, "user-1");
  EXPECT_EQ(open(on("laptop", "user-1")).contact.id, phone.contact.id);
  const auto other = open(on("phone", "user-2"));
  EXPECT_NE(other.contact.id, phone.contact.id) << "another person on the same device";
}

TEST_F(Sessions, AnAnonymousContactBecomesTheIdentifiedOne) {
  const auto anonymous = open(on("d"));
  const auto known = open(on("d", "user-1"));
  EXPECT_EQ(known.contact.id, anonymous.contact.id);
  EXPECT_EQ(world.tx.contacts().find(world.acme.id, known.contact.id).value().identifier, "user-1");
}

TEST_F(Sessions, AnAnonymousHistoryJoinsTheIdentifiedContact) {
  const auto known = open(on("phone", "user-1"));
  const auto anonymous = open(on("laptop"));
  const auto room =
      create_user_room(world.tx, actor(anonymous), {world.inbox.id, "help", ""})->room;
  mark_read(world.tx, actor(anonymous), {room.id, {}}).value();

  const auto joined = open(on("laptop", "user-1"));
  EXPECT_EQ(joined.contact.id, known.contact.id);
  const Actor person = actor(joined);
  EXPECT_EQ(list_user_rooms(world.tx, person, {})->total, 1);
  EXPECT_EQ(list_user_rooms(world.tx, actor(anonymous), {})->total, 0);
  QueryMessages query;
  query.room = room.id;
  const auto page = query_messages(world.tx, person, query).value();
  ASSERT_EQ(page.messages.size(), 1u);
  EXPECT_TRUE(page.messages[0].mine);
  EXPECT_TRUE(world.tx.rooms().marker(room.account, room.id, person.conversation));
  SendAgentMessage reply;
  reply.room = room.id;
  reply.message.content = "hello";
  world.tx.take_events();
  send_agent_message(world.tx, world.ann, reply).value();
  EXPECT_EQ(world.heard(person), "joinRoom newMessage");
}

TEST_F(Sessions, AnAnonymousContactsTicketsNameTheIdentifiedOne) {
  const auto known = open(on("phone", "user-1"));
  const auto anonymous = open(on("laptop"));
  const auto name_owner = [&](const std::string& ticket, ContactId owner) {
    auto patch = JsonObjectText().with("contactId", to_hex(owner)).with("area", "billing");
    set_ticket_metadata(world.tx, world.ann, {ticket, std::move(patch)}).value();
  };
  name_owner("t-1", anonymous.contact.id);
  name_owner("t-2", world.vic.contact);
  world.tx.take_events();

  const Actor person = actor(open(on("laptop", "user-1")));
  const auto events = world.tx.take_events();
  ASSERT_EQ(events.size(), 1U);
  const auto& told = std::get<TicketChanged>(events[0].body);
  EXPECT_TRUE(std::get<TicketMetadataChanged>(told.what).owner_changed);
  const auto view = get_ticket(world.tx, person, {"t-1"}).value();
  EXPECT_EQ(view.about.metadata.scalar("contactId"), to_hex(known.contact.id));
  EXPECT_EQ(view.about.metadata.scalar("area"), "billing");
  EXPECT_FALSE(get_ticket(world.tx, actor(anonymous), {"t-1"}));
  EXPECT_FALSE(get_ticket(world.tx, person, {"t-2"}));
  EXPECT_TRUE(get_ticket(world.tx, world.vic, {"t-2"}));
}

TEST_F(Sessions, JoiningDoesNotMakeTheCustomersOwnMessagesRead) {
  open(on("phone", "user-1"));
  const auto anonymous = open(on("laptop"));
  const auto room =
      create_user_room(world.tx, actor(anonymous), {world.inbox.id, "help", ""})->room;
  mark_read(world.tx, actor(anonymous), {room.id, {}}).value();
  const Actor person = actor(open(on("laptop", "user-1")));

  QueryMessages query;
  query.room = room.id;
  const auto page = query_messages(world.tx, person, query).value();
  ASSERT_EQ(page.messages.size(), 1u);
  EXPECT_EQ(page.messages[0].status, DeliveryStatus::sent) << "no agent has looked";
  EXPECT_EQ(world.tx.rooms().markers(room.account, room.id).size(), 1u);
}

TEST_F(Sessions, JoiningTouchesABoundedNumberOfRoomsAndTickets) {
  open(on("phone", "user-1"));
  const Actor anonymous = actor(open(on("laptop")));
  for (int i = 0; i < kJoinedRoomsAtMost + 10; ++i) {
    create_user_room(world.tx, anonymous, {world.inbox.id, "help", ""}).value();
  }
  for (int i = 0; i < kJoinedTicketsAtMost + 10; ++i) {
    auto owner = JsonObjectText().with("contactId", to_hex(anonymous.contact));
    set_ticket_metadata(world.tx, world.ann, {"t-" + std::to_string(i), std::move(owner)}).value();
  }
  const auto written = world.tx.rows_written();
  const auto joined = open(on("laptop", "user-1"));
  EXPECT_LE(world.tx.rows_written() - written, 500);
  EXPECT_EQ(list_user_rooms(world.tx, actor(joined), {})->total, kJoinedRoomsAtMost);
}

TEST_F(Sessions, AnIdentifiersHistoryIsNotAnothers) {
  const auto first = open(on("shared", "user-1"));
  create_user_room(world.tx, actor(first), {world.inbox.id, "private", ""}).value();
  const auto second = open(on("shared", "user-2"));
  EXPECT_EQ(list_user_rooms(world.tx, actor(second), {})->total, 0);
}

}  // namespace
}  // namespace parlor::chat
