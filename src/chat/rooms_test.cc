#include "chat/rooms.h"

#include <gtest/gtest.h>

#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

std::vector<ConversationId> ids(const std::vector<Actor>& agents) {
  std::vector<ConversationId> list;
  for (const Actor& agent : agents) list.push_back(agent.conversation);
  return list;
}

TEST(CreateRoom, TheDescriptionBecomesTheFirstMessageAndTheSubject) {
  World world;
  const std::string description(100, 'd');
  const auto created =
      create_user_room(world.tx, world.vic, {world.inbox.id, description, ""}).value();
  const Room room = world.room(created.room.id);
  EXPECT_EQ(room.subject, std::string(80, 'd'));
  EXPECT_EQ(room.status, RoomStatus::open);
  EXPECT_EQ(room.priority, Priority::medium);
  EXPECT_TRUE(room.assignees.empty());
  EXPECT_EQ(room.queued_at, room.created_at);
  EXPECT_EQ(room.contact, world.vic.contact);
  EXPECT_EQ(created.first_message.content, description);
  EXPECT_EQ(created.first_message.seq, 2);
  EXPECT_EQ(room.customer_count, 1);
}

TEST(CreateRoom, NeedsADescriptionAndAnInboxOfTheAccount) {
  World world;
  EXPECT_EQ(create_user_room(world.tx, world.vic, {world.inbox.id, " \n", ""}).error(),
            (Error{ErrorCode::invalid, "description is required"}));
  EXPECT_EQ(create_user_room(world.tx, world.vic, {world.inbox.id, "\xFF", ""}).error().code,
            ErrorCode::invalid);
  EXPECT_EQ(create_user_room(world.tx, world.vic, {world.other_inbox.id, "x", ""}).error(),
            (Error{ErrorCode::not_found, "Inbox not found"}));
  EXPECT_EQ(create_user_room(world.tx, world.ann, {world.inbox.id, "x", ""}).error().code,
            ErrorCode::forbidden);
  EXPECT_EQ(world.tx.count("SELECT COUNT(*) FROM room"), 0);
}

TEST(CreateRoom, TheSameClientIdCreatesOnce) {
  World world;
  const CreateUserRoom input{world.inbox.id, "help", "k"};
  const auto first = create_user_room(world.tx, world.vic, input).value();
  world.set_status(first.room.id, RoomStatus::closed);
  const auto again = create_user_room(world.tx, world.vic, input).value();
  EXPECT_EQ(again.room.id, first.room.id);
  EXPECT_EQ(again.room.status, RoomStatus::open) << "the answer is the first one";
  EXPECT_EQ(again.first_message.id, first.first_message.id);
  EXPECT_TRUE(world.tx.events.empty());
  EXPECT_EQ(create_user_room(world.tx, world.vic, {world.inbox.id, "other", "k"}).error().code,
            ErrorCode::conflict);
}

TEST(CreateRoom, AnInternalRoomIsItsCreators) {
  World world;
  const CreateInternalRoom input{world.inbox.id, world.vic.contact, "k"};
  const Room room = create_internal_room(world.tx, world.ann, input).value();
  ASSERT_EQ(room.assignees.size(), 1u);
  EXPECT_EQ(room.assignees[0].agent, world.ann.conversation);
  EXPECT_EQ(room.queued_at, Timestamp{});
  EXPECT_EQ(world.heard_by_all(), "Ann: joinRoom; Vic: joinRoom");
  EXPECT_EQ(create_internal_room(world.tx, world.ann, input)->id, room.id);
  EXPECT_EQ(create_internal_room(world.tx, world.carl, input).error().code, ErrorCode::forbidden);
  EXPECT_EQ(create_internal_room(world.tx, world.vic, input).error().code, ErrorCode::forbidden);
  EXPECT_EQ(create_internal_room(world.tx, world.ann, {world.inbox.id, world.oz.contact, ""})
                .error()
                .message,
            "Contact not found");
}

TEST(GetRoom, ShowsAssigneesAsPeopleAndTheCallersUnread) {
  World world;
  const Room room = world.start_room();
  world.assign(room.id, {world.ann, world.carl});
  world.tx.forbid_writing();
  const auto detail = get_room(world.tx, world.carl, room.id).value();
  ASSERT_EQ(detail.assignees.size(), 2u);
  EXPECT_EQ(detail.assignees[0].name, "Ann");
  EXPECT_EQ(detail.assignees[0].email, "ann@example.com");
  EXPECT_EQ(detail.contact.name, "Vic");
  EXPECT_EQ(detail.inbox.name, "Support");
  EXPECT_EQ(detail.unread, 1);
  EXPECT_EQ(get_room(world.tx, world.bob, room.id).error().code, ErrorCode::forbidden);
  EXPECT_EQ(get_room(world.tx, world.vic, room.id).error().code, ErrorCode::forbidden);
  EXPECT_EQ(get_room(world.tx, world.eve, room.id).error().code, ErrorCode::not_found);
}

TEST(FindRoom, TheNewestThatIsNotClosedByCriteriaAnded) {
  World world;
  auto contact = world.tx.contacts().find(world.acme.id, world.vic.contact).value();
  contact.email = "vic@example.com";
  contact.phone = "+1";
  world.tx.contacts().update(contact);
  const Room first = world.start_room("first");
  world.tx.advance(1000);
  const Room second = world.start_room("second");
  world.tx.advance(1000);
  const auto found = [&](FindRoomByContact input) {
    return find_room_by_contact(world.tx, world.ann, input).value();
  };
  EXPECT_EQ(found({"vic@example.com", "", {}}), second.id);
  EXPECT_EQ(found({" VIC@Example.com ", "+1", {}}), second.id);
  EXPECT_EQ(found({"", "+1", world.vic.contact}), second.id);
  world.set_status(second.id, RoomStatus::closed);
  EXPECT_EQ(found({"", "+1", {}}), first.id);
  world.set_status(first.id, RoomStatus::closed);
  EXPECT_EQ(found({"", "+1", {}}), second.id) << "all closed: the newest";
  EXPECT_EQ(found({"vic@example.com", "+2", {}}), std::nullopt);
  EXPECT_EQ(found({"no@example.com", "", {}}), std::nullopt);
  EXPECT_EQ(found({"", "", world.oz.contact}), std::nullopt) << "another account's";
  EXPECT_EQ(find_room_by_contact(world.tx, world.ann, {}).error().code, ErrorCode::invalid);
  EXPECT_EQ(find_room_by_contact(world.tx, world.vic, {"a@b.c", "", {}}).error().code,
            ErrorCode::forbidden);
  EXPECT_EQ(find_room_by_contact(world.tx, world.eve, {"vic@example.com", "", {}}).value(),
            std::nullopt);
}

TEST(ReassignRoom, ReplacesAndKeepsTheTimeOfThoseWhoStay) {
  World world;
  const Room room = world.start_room();
  world.assign(room.id, {world.ann});
  const Timestamp before = world.room(room.id).assignees[0].assigned_at;
  world.tx.advance(5000);
  const Room after =
      reassign_room(world.tx, world.ann, {room.id, ids({world.bob, world.ann}), {}, ""}).value();
  ASSERT_EQ(after.assignees.size(), 2u);
  EXPECT_EQ(after.assignees[0].agent, world.bob.conversation);
  EXPECT_EQ(after.assignees[0].assigned_at, after.last_stamp);
  EXPECT_EQ(after.assignees[1].assigned_at, before);
  EXPECT_EQ(world.room(room.id).assignees, after.assignees) << "it is stored";
}

TEST(ReassignRoom, NobodyMeansTheQueue) {
  World world;
  const Room room = world.start_room();
  world.assign(room.id, {world.ann});
  EXPECT_EQ(world.room(room.id).queued_at, Timestamp{});
  const Room after = reassign_room(world.tx, world.ann, {room.id, {}, {}, ""}).value();
  EXPECT_TRUE(after.assignees.empty());
  EXPECT_EQ(after.queued_at, after.last_stamp);
}

TEST(ReassignRoom, WithAnInboxTheRoomMovesToItsMembers) {
  World world;
  const Inbox sales = world.add_inbox("Sales", {world.carl});
  world.tx.take_events();
  const Room room = world.start_room();
  EXPECT_EQ(
      reassign_room(world.tx, world.ann, {room.id, ids({world.bob}), sales.id, ""}).error().code,
      ErrorCode::invalid)
      << "Bob is not a member there";
  const Room moved = reassign_room(world.tx, world.ann, {room.id, {}, sales.id, ""}).value();
  EXPECT_EQ(moved.inbox, sales.id);
  EXPECT_EQ(world.heard_by_all(),
            "Ada: updateRoom:assignee; Ann: accessLost; Bob: accessLost; "
            "Carl: joinRoom updateRoom:assignee; Vic: joinRoom");
}

TEST(ReassignRoom, PeopleAndInboxesOfOthersAreNotFound) {
  World world;
  const Room room = world.start_room();
  const auto code = [&](const Actor& by, std::vector<ConversationId> agents,
                        std::optional<InboxId> inbox) {
    return reassign_room(world.tx, by, {room.id, std::move(agents), inbox, ""}).error().code;
  };
  EXPECT_EQ(code(world.ann, ids({world.eve}), {}), ErrorCode::not_found);
  EXPECT_EQ(code(world.ann, ids({world.vic}), {}), ErrorCode::not_found);
  EXPECT_EQ(code(world.ann, {}, world.other_inbox.id), ErrorCode::not_found);
  EXPECT_EQ(code(world.carl, {}, {}), ErrorCode::forbidden);
  EXPECT_EQ(code(world.vic, {}, {}), ErrorCode::forbidden);
  EXPECT_EQ(code(world.eve, {}, {}), ErrorCode::not_found);
  EXPECT_EQ(code(world.ann, std::vector<ConversationId>(51, world.ann.conversation), {}),
            ErrorCode::invalid);
  EXPECT_EQ(world.room(room.id).seq, room.seq);
  EXPECT_TRUE(world.tx.events.empty());
}

TEST(ReassignRoom, WhatIsSoAlreadyChangesNothing) {
  World world;
  const Room room = world.start_room();
  world.assign(room.id, {world.ann});
  const auto seq = world.room(room.id).seq;
  reassign_room(world.tx, world.ann, {room.id, ids({world.ann}), world.inbox.id, ""}).value();
  EXPECT_EQ(world.room(room.id).seq, seq);
  EXPECT_TRUE(world.tx.events.empty());
}

TEST(ReassignRoom, TheSameClientIdGivesTheFirstAnswer) {
  World world;
  const Room room = world.start_room();
  const ReassignRoom input{room.id, ids({world.ann, world.carl}), {}, "k"};
  const Room first = reassign_room(world.tx, world.ada, input).value();
  world.assign(room.id, {world.bob});
  const Room again = reassign_room(world.tx, world.ada, input).value();
  EXPECT_EQ(again.assignees, first.assignees);
  EXPECT_TRUE(world.tx.events.empty());
  EXPECT_EQ(world.room(room.id).assignees[0].agent, world.bob.conversation);
}

TEST(UpdateRoom, ChangesWhatIsGivenAndNothingElse) {
  World world;
  const Room room = world.start_room();
  UpdateRoom input;
  input.room = room.id;
  EXPECT_EQ(update_room(world.tx, world.ann, input).error().code, ErrorCode::invalid);
  input.notes = "VIP";
  const Room noted = update_room(world.tx, world.ann, input).value();
  EXPECT_GT(noted.updated_at, room.updated_at);
  EXPECT_EQ(noted.last_activity, room.last_activity) << "notes are no activity";
  input.priority = Priority::urgent;
  input.tags = {" a ", "b", "a"};
  const Room tagged = update_room(world.tx, world.ann, input).value();
  EXPECT_EQ(tagged.tags, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(tagged.seq, noted.seq + 2) << "the notes were so already";
  EXPECT_GT(tagged.last_activity, room.last_activity);
  EXPECT_EQ(world.room(room.id).priority, Priority::urgent);
}

TEST(UpdateRoom, ClosingAndReopeningKeepTheTimes) {
  World world;
  const Room room = world.start_room();
  UpdateRoom input;
  input.room = room.id;
  input.status = RoomStatus::closed;
  const Room closed = update_room(world.tx, world.ann, input).value();
  EXPECT_EQ(closed.closed_at, closed.last_stamp);
  EXPECT_EQ(closed.queued_at, Timestamp{});
  input.status = RoomStatus::open;
  const Room open = update_room(world.tx, world.ann, input).value();
  EXPECT_EQ(open.closed_at, Timestamp{});
  EXPECT_EQ(open.queued_at, open.last_stamp);
}

TEST(UpdateRoom, IsBoundedAndForTheRoomsAgents) {
  World world;
  const Room room = world.start_room();
  UpdateRoom input;
  input.room = room.id;
  input.tags = std::vector<std::string>{"two\nlines"};
  EXPECT_EQ(update_room(world.tx, world.ann, input).error().code, ErrorCode::invalid);
  input.tags = std::vector<std::string>{std::string(51, 't')};
  EXPECT_EQ(update_room(world.tx, world.ann, input).error().code, ErrorCode::invalid);
  input.tags.reset();
  input.notes = std::string(kMaxNotesCharacters + 1, 'n');
  EXPECT_EQ(update_room(world.tx, world.ann, input).error().code, ErrorCode::invalid);
  input.notes = "ok";
  EXPECT_EQ(update_room(world.tx, world.carl, input).error().code, ErrorCode::forbidden);
  EXPECT_EQ(update_room(world.tx, world.vic, input).error().code, ErrorCode::forbidden);
  EXPECT_EQ(update_room(world.tx, world.eve, input).error().code, ErrorCode::not_found);
}

TEST(UpdateRoom, TheSameClientIdChangesOnceAndAnswersTheSame) {
  World world;
  const auto room = world.start_room().id;
  UpdateRoom close;
  close.room = room;
  close.status = RoomStatus::closed;
  close.tags = {"done", "done"};
  close.client_id = "k";
  const auto first = update_room(world.tx, world.ann, close).value();
  world.set_status(room, RoomStatus::open);
  const auto again = update_room(world.tx, world.ann, close).value();
  EXPECT_EQ(again.status, RoomStatus::closed);
  EXPECT_EQ(again.tags, first.tags);
  EXPECT_EQ(again.updated_at, first.updated_at);
  EXPECT_EQ(again.closed_at, first.closed_at);
  EXPECT_EQ(world.room(room).status, RoomStatus::open);
  EXPECT_TRUE(world.tx.events.empty());
  close.status = RoomStatus::pending;
  EXPECT_EQ(update_room(world.tx, world.ann, close).error().code, ErrorCode::conflict);
}

ChangeRoom change_of(RoomId room) {
  ChangeRoom change;
  change.room = room;
  change.priority = Priority::urgent;
  return change;
}

TEST(ChangeRoom, ChangesAndAssignsAsOne) {
  World world;
  const auto room = world.start_room().id;
  auto change = change_of(room);
  change.tags = {"vip"};
  change.agents = ids({world.bob});
  const auto changed = change_room(world.tx, world.ann, change).value();
  EXPECT_EQ(changed.priority, Priority::urgent);
  EXPECT_EQ(changed.assignees.at(0).agent, world.bob.conversation);
  EXPECT_EQ(world.room(room).tags, std::vector<std::string>{"vip"});
  EXPECT_EQ(change_room(world.tx, world.ann, change).error().code, ErrorCode::forbidden);
}

TEST(ChangeRoom, WithAnAgentThatIsNoneChangesNothing) {
  World world;
  const auto room = world.start_room().id;
  auto change = change_of(room);
  change.agents = ids({world.eve});
  EXPECT_EQ(change_room(world.tx, world.ann, change).error().code, ErrorCode::not_found);
  EXPECT_EQ(world.room(room).priority, Priority::medium);
  EXPECT_EQ(change_room(world.tx, world.ann, {room, {}, {}, {}, {}, ""}).error().code,
            ErrorCode::invalid);
}

TEST(ChangeRoom, OneClientIdStandsForManyRooms) {
  World world;
  for (const auto room : {world.start_room().id, world.start_room().id}) {
    auto change = change_of(room);
    change.client_id = "k";
    EXPECT_TRUE(change_room(world.tx, world.ann, change));
    world.tx.take_events();
    EXPECT_TRUE(change_room(world.tx, world.ann, change));
    EXPECT_TRUE(world.tx.events.empty());
    change.priority = Priority::low;
    EXPECT_EQ(change_room(world.tx, world.ann, change).error().code, ErrorCode::conflict);
    change.client_id = std::string(kMaxClientIdBytes + 1, 'k');
    EXPECT_EQ(change_room(world.tx, world.ann, change).error().code, ErrorCode::invalid);
  }
}

}  // namespace
}  // namespace parlor::chat
