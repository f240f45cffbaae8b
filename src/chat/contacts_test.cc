#include "chat/contacts.h"

#include <gtest/gtest.h>

#include "chat/access.h"
#include "chat/fields.h"
#include "chat/rooms.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

UpdateContact update_of(const Actor& visitor) {
  UpdateContact update;
  update.contact = visitor.contact;
  return update;
}

TEST(Contacts, AreForMembersOfAnInboxAndAdmins) {
  World world;
  for (const auto& agent : {world.ada, world.ann, world.bob})
    EXPECT_EQ(get_contact(world.tx, agent, world.vic.contact)->name, "Vic");
  for (const auto& stranger : {world.carl, world.vic}) {
    EXPECT_EQ(get_contact(world.tx, stranger, world.vic.contact).error().code,
              ErrorCode::forbidden);
    EXPECT_EQ(list_contact_rooms(world.tx, stranger, {world.vic.contact, "", 1, 20}).error().code,
              ErrorCode::forbidden);
    EXPECT_EQ(update_contact(world.tx, stranger, update_of(world.vic)).error().code,
              ErrorCode::forbidden);
  }
  EXPECT_EQ(get_contact(world.tx, world.eve, world.vic.contact).error(),
            (Error{ErrorCode::not_found, "Contact not found"}));
}

TEST(Contacts, AreUpdatedFieldByField) {
  World world;
  auto update = update_of(world.vic);
  EXPECT_EQ(update_contact(world.tx, world.ann, update).error().code, ErrorCode::invalid);
  update.name = "  Vic Example ";
  update.email = "Vic@Example.com";
  const auto changed = update_contact(world.tx, world.ann, update).value();
  EXPECT_EQ(changed.name, "Vic Example");
  EXPECT_EQ(changed.email, "vic@example.com");
  EXPECT_EQ(world.tx.contacts().find_by_email(world.acme.id, "vic@example.com").size(), 1u);
  update = update_of(world.vic);
  update.email = "";
  EXPECT_EQ(update_contact(world.tx, world.ann, update)->email, "");
  EXPECT_EQ(get_contact(world.tx, world.ann, world.vic.contact)->name, "Vic Example");
}

TEST(Contacts, RefuseWhatIsNoNameAddressOrNumber) {
  World world;
  for (const auto& bad : {std::string("nobody"), std::string("a b@c"), std::string(300, 'a')}) {
    auto update = update_of(world.vic);
    update.email = bad;
    EXPECT_EQ(update_contact(world.tx, world.ann, update).error().code, ErrorCode::invalid) << bad;
  }
  auto update = update_of(world.vic);
  update.name = std::string(kMaxNameCharacters + 1, 'n');
  EXPECT_EQ(update_contact(world.tx, world.ann, update).error().code, ErrorCode::invalid);
  update = update_of(world.vic);
  update.phone = "+1\n2";
  EXPECT_EQ(update_contact(world.tx, world.ann, update).error().code, ErrorCode::invalid);
  EXPECT_EQ(get_contact(world.tx, world.ann, world.vic.contact)->name, "Vic");
}

TEST(Contacts, BlockingEndsTheSocketsOnceAndUnblockingIsQuiet) {
  World world;
  auto update = update_of(world.vic);
  update.blocked = true;
  EXPECT_TRUE(update_contact(world.tx, world.ann, update)->is_blocked());
  ASSERT_EQ(world.tx.events.size(), 1u);
  const auto& revoked = std::get<ConnectionsRevoked>(world.tx.events[0].body);
  EXPECT_EQ(revoked.why, ConnectionsRevoked::Why::contact_blocked);
  EXPECT_EQ(revoked.person, world.vic.conversation);
  EXPECT_TRUE(update_contact(world.tx, world.bob, update)->is_blocked());
  update.blocked = false;
  EXPECT_FALSE(update_contact(world.tx, world.ann, update)->is_blocked());
  EXPECT_EQ(world.tx.events.size(), 1u);
  const auto log = world.tx.audit_log().list(world.acme.id, INT64_MAX, 10);
  ASSERT_GE(log.size(), 2u);
  EXPECT_EQ(log[0].action, "contact.unblocked");
  EXPECT_EQ(log[1].action, "contact.blocked");
  EXPECT_EQ(log[1].actor, world.ann.conversation);
  EXPECT_EQ(log[1].subject, world.vic.contact.value);
}

TEST(Contacts, ABlockedOneMayNotWrite) {
  Actor visitor;
  EXPECT_TRUE(require_unblocked(visitor));
  visitor.blocked = true;
  EXPECT_EQ(require_unblocked(visitor).error().code, ErrorCode::forbidden);
}

TEST(Contacts, EarlierRoomsAreListedToMembersWhoMayNotEnterThem) {
  World world;
  const auto anns = world.start_room("with Ann").id;
  world.assign(anns, {world.ann});
  world.tx.advance(1000);
  const auto queued = world.start_room("waiting").id;
  const auto list = list_contact_rooms(world.tx, world.bob, {world.vic.contact, "", 1, 20}).value();
  ASSERT_EQ(list.rooms.size(), 2u);
  EXPECT_EQ(list.total, 2);
  EXPECT_EQ(list.rooms[0].room.id, queued);
  EXPECT_TRUE(list.rooms[0].may_enter);
  EXPECT_EQ(list.rooms[1].room.id, anns);
  EXPECT_FALSE(list.rooms[1].may_enter);
  EXPECT_EQ(
      list_contact_rooms(world.tx, world.bob, {world.vic.contact, "", 2, 1})->rooms[0].room.id,
      anns);
  EXPECT_EQ(list_contact_rooms(world.tx, world.bob, {world.vic.contact, "", 0, 1}).error().code,
            ErrorCode::invalid);
}

TEST(Contacts, AClosedRoomSaysWhoClosedIt) {
  World world;
  const auto room = world.start_room("help").id;
  const auto listed = [&] {
    return list_contact_rooms(world.tx, world.ann, {world.vic.contact, "", 1, 20})->rooms[0];
  };
  EXPECT_EQ(listed().closed_by, std::nullopt);
  world.assign(room, {world.ann});
  UpdateRoom update;
  update.room = room;
  update.status = RoomStatus::closed;
  ASSERT_TRUE(update_room(world.tx, world.ann, update));
  EXPECT_EQ(listed().closed_by, world.ann.conversation);
  update.status = RoomStatus::open;
  ASSERT_TRUE(update_room(world.tx, world.ann, update));
  EXPECT_EQ(listed().closed_by, std::nullopt);
}

TEST(Conversation, IsTheContactsWithItsNewestSessions) {
  World world;
  for (int i = 1; i <= kMaxSessionsShown + 1; ++i) {
    VisitorSession session;
    session.id = {i};
    session.account = world.acme.id;
    session.contact = world.vic.contact;
    session.secret_hash = std::to_string(i);
    session.created_at = {i};
    world.tx.visitor_sessions().insert(session);
  }
  const auto shown = get_conversation(world.tx, world.ann, world.vic.conversation).value();
  EXPECT_EQ(shown.contact.id, world.vic.contact);
  ASSERT_EQ(shown.sessions.size(), static_cast<std::size_t>(kMaxSessionsShown));
  EXPECT_EQ(shown.sessions[0].id, SessionId{kMaxSessionsShown + 1});
  for (const auto other : {world.ann.conversation, world.oz.conversation, ConversationId{}})
    EXPECT_EQ(get_conversation(world.tx, world.ann, other).error(),
              (Error{ErrorCode::not_found, "Conversation not found"}));
  EXPECT_EQ(get_conversation(world.tx, world.vic, world.vic.conversation).error().code,
            ErrorCode::forbidden);
}

}  // namespace
}  // namespace parlor::chat
