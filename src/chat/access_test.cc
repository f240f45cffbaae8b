#include "chat/access.h"

#include <gtest/gtest.h>

#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

TEST(Access, IsDecidedByRoleAssignmentMembershipAndVisibility) {
  World world;
  Room unassigned;
  unassigned.account = world.acme.id;
  unassigned.contact = world.vic.contact;
  Room with_ann = unassigned;
  with_ann.assignees = {{world.ann.conversation, {}}};
  Actor eve_as_vic = world.vic;
  eve_as_vic.account = world.other.id;

  struct Case {
    const char* what;
    Actor actor;
    Room room;
    InboxStanding standing;
    bool allowed;
  };
  const InboxStanding member{Visibility::assigned, true};
  const InboxStanding stranger{Visibility::assigned, false};
  const InboxStanding member_of_open{Visibility::inbox, true};
  const InboxStanding stranger_to_open{Visibility::inbox, false};
  const Case cases[] = {
      {"an admin", world.ada, with_ann, stranger, true},
      {"the assignee", world.ann, with_ann, member, true},
      {"an assignee outside the inbox", world.ann, with_ann, stranger, true},
      {"a colleague of the assignee", world.bob, with_ann, member, false},
      {"the same where members see all", world.bob, with_ann, member_of_open, true},
      {"a stranger where members see all", world.carl, with_ann, stranger_to_open, false},
      {"a member while unassigned", world.bob, unassigned, member, true},
      {"a stranger while unassigned", world.carl, unassigned, stranger, false},
      {"its contact", world.vic, with_ann, stranger, true},
      {"another contact", world.oz, with_ann, stranger, false},
      {"another account's admin", world.eve, unassigned, member, false},
      {"a contact's ids in another account", eve_as_vic, unassigned, member, false},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(may_enter(c.actor, c.room, c.standing), c.allowed) << c.what;
  }
}

TEST(Access, AnotherAccountsRoomIsNotFoundAndAnothersOfTheAccountForbidden) {
  World world;
  const Room room = world.start_room();
  world.assign(room.id, {world.ann});
  const Error not_found{ErrorCode::not_found, "Room not found"};
  const Error forbidden{ErrorCode::forbidden, "Not assigned to room"};

  EXPECT_TRUE(access_room(world.tx, world.ann, room.id));
  EXPECT_TRUE(access_room(world.tx, world.vic, room.id));
  EXPECT_EQ(access_room(world.tx, world.bob, room.id).error(), forbidden);
  EXPECT_EQ(access_room(world.tx, world.add_visitor(world.acme.id, "Una"), room.id).error(),
            forbidden);
  EXPECT_EQ(access_room(world.tx, world.eve, room.id).error(), not_found);
  EXPECT_EQ(access_room(world.tx, world.oz, room.id).error(), not_found);
  EXPECT_EQ(access_room(world.tx, world.ada, RoomId{12345}).error(), not_found);
}

TEST(Access, RoomsAreStartedByMembersOfTheInboxAndAdmins) {
  World world;
  EXPECT_TRUE(access_inbox(world.tx, world.ann, world.inbox.id));
  EXPECT_TRUE(access_inbox(world.tx, world.ada, world.inbox.id));
  EXPECT_EQ(access_inbox(world.tx, world.carl, world.inbox.id).error().code, ErrorCode::forbidden);
  EXPECT_EQ(access_inbox(world.tx, world.vic, world.inbox.id).error().code, ErrorCode::forbidden);
  EXPECT_EQ(access_inbox(world.tx, world.ada, world.other_inbox.id).error().code,
            ErrorCode::not_found);
}

TEST(Access, AnAgentsScopeIsItsRoomsTheQueuesOfItsInboxesAndOpenInboxes) {
  World world;
  const Inbox open = world.add_inbox("Open", {world.ann}, Visibility::inbox);
  const RoomScope ann =
      scope_of(world.tx, world.acme.id, world.ann.conversation, /*is_admin=*/false);
  EXPECT_FALSE(ann.whole_account);
  EXPECT_EQ(ann.viewer, world.ann.conversation);
  EXPECT_EQ(ann.inboxes, (std::vector<InboxId>{world.inbox.id, open.id}));
  EXPECT_EQ(ann.open_inboxes, std::vector<InboxId>{open.id});
  EXPECT_TRUE(scope_of(world.tx, world.acme.id, world.ada.conversation, true).whole_account);
}

TEST(Access, CallsAreForTheirKindOfCaller) {
  World world;
  EXPECT_TRUE(require_team(world.ann));
  EXPECT_TRUE(require_admin(world.ada));
  EXPECT_TRUE(require_contact(world.vic));
  EXPECT_EQ(require_team(world.vic).error().code, ErrorCode::forbidden);
  EXPECT_EQ(require_admin(world.ann).error().code, ErrorCode::forbidden);
  EXPECT_EQ(require_contact(world.ada).error().code, ErrorCode::forbidden);
}

}  // namespace
}  // namespace parlor::chat
