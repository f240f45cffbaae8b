#include "chat/tickets.h"

#include <gtest/gtest.h>

#include "chat/messages.h"
#include "chat/rooms.h"
#include "chat/ticket_access.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

JsonObjectText object(std::string_view text) { return JsonObjectText::parse(text).value(); }

Result<TicketMetadata> set(World& world, const Actor& actor, const std::string& ticket,
                           std::string_view patch) {
  return set_ticket_metadata(world.tx, actor, {ticket, object(patch)});
}

Result<JoinedTicket> join(World& world, const Actor& actor, const std::string& ticket,
                          bool reopen = false) {
  JoinTicket input;
  input.ticket = ticket;
  input.metadata = "{}";
  input.presence = online_presence(false);
  input.reopen = reopen;
  return join_ticket(world.tx, actor, input);
}

Result<PublishedToTicket> publish(World& world, const Actor& actor, const std::string& ticket,
                                  const std::string& text, const std::string& client_id = "") {
  PublishToTicket input;
  input.ticket = ticket;
  input.type = "text";
  input.data = quoted_json(text);
  MessageDraft draft;
  draft.content = text;
  input.as_message = draft;
  input.client_id = client_id;
  return publish_to_ticket(world.tx, actor, input);
}

std::vector<std::string> texts(const TicketHistory& history) {
  std::vector<std::string> all;
  for (const auto& entry : history.entries) {
    const auto* own = std::get_if<TicketMessage>(&entry.said);
    all.push_back(own ? own->data : std::get<Message>(entry.said).content);
  }
  return all;
}

Result<TicketHistory> history(World& world, const Actor& actor, const std::string& ticket,
                              std::optional<int> limit = std::nullopt, std::string cursor = "") {
  return read_ticket_history(world.tx, actor, {ticket, limit, std::move(cursor)});
}

template <class T>
ErrorCode code_of(const Result<T>& result) {
  EXPECT_FALSE(result.has_value());
  return result.has_value() ? ErrorCode{} : result.error().code;
}

std::string vics_ticket(World& world) {
  const std::string id = "order-77";
  EXPECT_TRUE(set(world, world.ann, id, R"({"contactId":")" + to_hex(world.vic.contact) + "\"}"));
  world.tx.take_events();
  return id;
}

using Texts = std::vector<std::string>;

TEST(TicketId, Is1To128CharactersOfTheAllowed) {
  for (const std::string good : {"1", "a.B_c:d-9", "..", "0123456789abcdef01234567"}) {
    EXPECT_TRUE(check_ticket_id(good)) << good;
  }
  EXPECT_TRUE(check_ticket_id(std::string(128, 'x')));
  for (const std::string bad : {"", "a b", "a/b", "ä", "a\n", "{}", "a%20"}) {
    EXPECT_EQ(code_of(check_ticket_id(bad)), ErrorCode::invalid) << bad;
  }
  EXPECT_FALSE(check_ticket_id(std::string(129, 'x')));
}

TEST(TicketMetadata, IsMergedAndAlwaysNamesItsTicket) {
  World world;
  auto first = set(world, world.ann, "t-1", R"({"priority":"high","ticketId":"another"})");
  EXPECT_EQ(first->metadata.text(), R"({"priority":"high","ticketId":"t-1"})");
  EXPECT_EQ(first->version, 1);
  auto second = set(world, world.bob, "t-1", R"({"priority":null,"status":"waiting"})");
  EXPECT_EQ(second->metadata.text(), R"({"ticketId":"t-1","status":"waiting"})");
  EXPECT_EQ(second->version, 2);
  EXPECT_EQ(set(world, world.bob, "t-1", R"({"status":"waiting"})")->version, 2) << "no change";
}

TEST(TicketMetadata, HasAtMost16KiB) {
  World world;
  const auto patch_of = [](std::size_t bytes) {
    return R"({"x":")" +
           std::string(bytes - std::string(R"({"ticketId":"t","x":""})").size(), 'x') + "\"}";
  };
  EXPECT_TRUE(set(world, world.ann, "t", patch_of(16 * 1024)));
  EXPECT_EQ(code_of(set(world, world.ann, "u", patch_of(16 * 1024 + 1))), ErrorCode::too_large);
  EXPECT_EQ(code_of(get_ticket(world.tx, world.ann, {"u"})), ErrorCode::not_found);
}

TEST(TicketAccess, CustomersHaveTheirOwnAndCreateNone) {
  World world;
  const auto own = vics_ticket(world);
  EXPECT_TRUE(join(world, world.vic, own));
  EXPECT_TRUE(publish(world, world.vic, own, "hello"));
  EXPECT_TRUE(history(world, world.vic, own));
  set(world, world.ann, "another", "{}").value();
  for (const auto* foreign : {"another", "missing"}) {
    EXPECT_EQ(code_of(join(world, world.vic, foreign)), ErrorCode::forbidden);
    EXPECT_EQ(code_of(publish(world, world.vic, foreign, "x")), ErrorCode::forbidden);
    EXPECT_EQ(code_of(history(world, world.vic, foreign)), ErrorCode::forbidden);
    EXPECT_EQ(code_of(get_ticket(world.tx, world.vic, {foreign})), ErrorCode::forbidden);
  }
  EXPECT_EQ(code_of(set(world, world.vic, own, "{}")), ErrorCode::forbidden);
  EXPECT_EQ(code_of(close_ticket(world.tx, world.vic, {own, false, false})), ErrorCode::forbidden);
  EXPECT_EQ(code_of(save_ticket_snapshot(world.tx, world.vic, {own, "s"})), ErrorCode::forbidden);
  EXPECT_EQ(code_of(join(world, world.vic, own, true)), ErrorCode::forbidden);
}

TEST(TicketAccess, AnotherAccountHasTicketsOfTheSameNameOfItsOwn) {
  World world;
  set(world, world.ann, "t", R"({"a":1})").value();
  EXPECT_EQ(code_of(get_ticket(world.tx, world.eve, {"t"})), ErrorCode::not_found);
  EXPECT_EQ(set(world, world.eve, "t", "{}")->metadata.text(), R"({"ticketId":"t"})");
  const auto room = world.start_room();
  EXPECT_EQ(code_of(join(world, world.eve, to_hex(room.id))), ErrorCode::not_found);
}

TEST(TicketHistory, IsReadInPagesNewestFirst) {
  World world;
  for (const auto* text : {"a", "b", "c"}) publish(world, world.ann, "t", text).value();
  const auto first = history(world, world.ann, "t", 2).value();
  EXPECT_EQ(texts(first), (Texts{"\"c\"", "\"b\""}));
  const auto second = history(world, world.ann, "t", 2, first.next_cursor).value();
  EXPECT_EQ(texts(second), Texts{"\"a\""});
  EXPECT_EQ(second.next_cursor, "");
  publish(world, world.ann, "u", "x").value();
  EXPECT_EQ(code_of(history(world, world.ann, "u", 2, first.next_cursor)), ErrorCode::invalid);
  EXPECT_EQ(code_of(history(world, world.ann, "t", 2, "nonsense")), ErrorCode::invalid);
  EXPECT_EQ(code_of(history(world, world.ann, "t", 0)), ErrorCode::invalid);
  EXPECT_TRUE(history(world, world.ann, "t", 1'000'000'000));
}

TEST(TicketHistory, APageEndsAt256KiB) {
  World world;
  const std::string large(60 * 1024, 'x');
  for (int i = 0; i < 100; ++i) publish(world, world.ann, "t", large).value();
  const auto joined = join(world, world.ann, "t").value();
  EXPECT_EQ(joined.history.entries.size(), 4U);
  EXPECT_NE(joined.history.next_cursor, "");
  EXPECT_EQ(history(world, world.ann, "t", 100, joined.history.next_cursor)->entries.size(), 4U);
}

TEST(TicketHistory, TheSameKeyPublishesOnceAndAnotherBodyIsAConflict) {
  World world;
  const auto first = publish(world, world.ann, "t", "a", "key").value();
  world.tx.take_events();
  const auto again = publish(world, world.ann, "t", "a", "key").value();
  EXPECT_EQ(std::get<TicketMessage>(again.entry.said).id,
            std::get<TicketMessage>(first.entry.said).id);
  EXPECT_TRUE(world.tx.take_events().empty());
  EXPECT_EQ(code_of(publish(world, world.ann, "t", "b", "key")), ErrorCode::conflict);
}

TEST(TicketHistory, TheOrderOfFieldsMakesNoOtherBody) {
  World world;
  PublishToTicket input;
  input.ticket = "t";
  input.type = "note";
  input.client_id = "key";
  input.data = R"({"a":1,"b":[{"c":2,"d":3}]})";
  publish_to_ticket(world.tx, world.ann, input).value();
  input.data = R"({"b":[{"d":3,"c":2}],"a":1})";
  EXPECT_EQ(std::get<TicketMessage>(publish_to_ticket(world.tx, world.ann, input)->entry.said).seq,
            1);
  input.data = R"({"b":[{"d":2,"c":3}],"a":1})";
  EXPECT_EQ(code_of(publish_to_ticket(world.tx, world.ann, input)), ErrorCode::conflict);
}

TEST(TicketHistory, NotesAreForTheTeam) {
  World world;
  const auto own = vics_ticket(world);
  const auto say = [&](const Actor& actor, const std::string& type) {
    PublishToTicket input;
    input.ticket = own;
    input.type = type;
    input.data = quoted_json(type);
    return publish_to_ticket(world.tx, actor, input);
  };
  say(world.ann, "text").value();
  say(world.ann, "note").value();
  EXPECT_EQ(code_of(say(world.vic, "note")), ErrorCode::forbidden);
  EXPECT_EQ(texts(history(world, world.vic, own).value()), Texts{"\"text\""});
  EXPECT_EQ(texts(join(world, world.vic, own)->history), Texts{"\"text\""});
  EXPECT_EQ(texts(history(world, world.bob, own).value()), (Texts{"\"note\"", "\"text\""}));
}

TEST(TicketHistory, AMessageHasAtMost64KiB) {
  World world;
  EXPECT_TRUE(publish(world, world.ann, "t", std::string(64 * 1024 - 6, 'x')));
  EXPECT_EQ(code_of(publish(world, world.ann, "t", std::string(64 * 1024 - 5, 'x'))),
            ErrorCode::too_large);
}

TEST(TicketClosing, RefusesWritesKeepsTheHistoryAndIsUndoneByAnAgent) {
  World world;
  const auto own = vics_ticket(world);
  publish(world, world.vic, own, "hello").value();
  const auto closed = close_ticket(world.tx, world.ann, {own, false, false}).value();
  world.tx.take_events();
  world.tx.advance(1'000);
  EXPECT_EQ(close_ticket(world.tx, world.bob, {own, true, true})->closed_at, closed.closed_at);
  EXPECT_TRUE(world.tx.take_events().empty());

  EXPECT_EQ(code_of(publish(world, world.ann, own, "x")), ErrorCode::gone);
  EXPECT_EQ(code_of(set(world, world.ann, own, "{}")), ErrorCode::gone);
  EXPECT_EQ(code_of(join(world, world.vic, own)), ErrorCode::gone);
  EXPECT_EQ(code_of(be_present(world.tx, world.vic, {own, "{}"})), ErrorCode::gone);
  EXPECT_EQ(code_of(save_ticket_snapshot(world.tx, world.ann, {own, "s"})), ErrorCode::gone);
  EXPECT_TRUE(leave_ticket(world.tx, world.vic, {own, 0}));
  EXPECT_EQ(texts(history(world, world.vic, own).value()), Texts{"\"hello\""});

  const auto view = get_ticket(world.tx, world.ann, {own}).value();
  EXPECT_EQ(standing_of(view).status, TicketStatus::destroyed);
  EXPECT_TRUE(join(world, world.ann, own, true));
  EXPECT_TRUE(publish(world, world.vic, own, "again"));
  EXPECT_EQ(history(world, world.vic, own)->entries.size(), 2U);
}

TEST(TicketClosing, DeletesTheHistoryInStepsWhenAsked) {
  World world;
  for (int i = 0; i < 450; ++i) publish(world, world.ann, "t", "x").value();
  close_ticket(world.tx, world.ann, {"t", true, false}).value();
  EXPECT_TRUE(history(world, world.ann, "t")->entries.empty());
  EXPECT_TRUE(erase_deleted_history(world.tx).value());
  EXPECT_EQ(world.tx.count("SELECT COUNT(*) FROM ticket_message"), 50);
  EXPECT_TRUE(erase_deleted_history(world.tx).value());
  EXPECT_FALSE(erase_deleted_history(world.tx).value());
  EXPECT_EQ(world.tx.count("SELECT COUNT(*) FROM ticket_message"), 0);
  join(world, world.ann, "t", true).value();
  EXPECT_EQ(std::get<TicketMessage>(publish(world, world.ann, "t", "new")->entry.said).seq, 451);
}

TEST(TicketSnapshots, KeepNamedStatesAndAreReplacedByName) {
  World world;
  set(world, world.ann, "t", R"({"step":1})").value();
  const auto first = save_ticket_snapshot(world.tx, world.ann, {"t", "before"}).value();
  EXPECT_EQ(first.snapshot.metadata, R"({"step":1,"ticketId":"t"})");
  set(world, world.ann, "t", R"({"step":2})").value();
  save_ticket_snapshot(world.tx, world.ann, {"t", "after"}).value();
  save_ticket_snapshot(world.tx, world.ann, {"t", "before"}).value();
  const auto page = list_ticket_snapshots(world.tx, world.ann, {"t", 1, ""}).value();
  EXPECT_EQ(page.snapshots.at(0).name, "before");
  const auto rest = list_ticket_snapshots(world.tx, world.ann, {"t", 5, page.next_cursor}).value();
  EXPECT_EQ(rest.snapshots.at(0).name, "after");
  EXPECT_EQ(rest.next_cursor, "");
  EXPECT_EQ(code_of(history(world, world.ann, "t", 5, page.next_cursor)), ErrorCode::invalid);
  close_ticket(world.tx, world.ann, {"t", false, true}).value();
  EXPECT_TRUE(list_ticket_snapshots(world.tx, world.ann, {"t", 5, ""})->snapshots.empty());
}

TEST(LinkedTicket, IsTheSupportRoomOfItsId) {
  World world;
  const auto room = world.start_room("My order is late");
  const auto id = to_hex(room.id);
  EXPECT_EQ(texts(history(world, world.vic, id).value()), Texts{"My order is late"});
  const auto metadata = set(world, world.ann, id, R"({"priority":"urgent","area":"billing"})");
  EXPECT_EQ(metadata->metadata.scalar("priority"), "urgent");
  EXPECT_EQ(metadata->metadata.scalar("area"), "billing");
  EXPECT_EQ(metadata->metadata.scalar("contactId"), to_hex(world.vic.contact));
  EXPECT_EQ(world.room(room.id).priority, Priority::urgent);
  const auto assigned = R"({"assignedAgentId":")" + to_hex(world.ann.conversation) + "\"}";
  EXPECT_TRUE(set(world, world.ann, id, assigned));
  EXPECT_EQ(world.room(room.id).assignees.at(0).agent, world.ann.conversation);
  EXPECT_EQ(code_of(set(world, world.ann, id, R"({"priority":"extreme"})")), ErrorCode::invalid);
  EXPECT_EQ(code_of(set(world, world.ann, id, R"({"assignedAgentId":"x"})")), ErrorCode::invalid);
  EXPECT_EQ(code_of(set(world, world.ann, id, R"({"studentId":"5"})")), ErrorCode::invalid);
  EXPECT_TRUE(set(world, world.ann, id, R"({"assignedAgentId":null})"));
  EXPECT_TRUE(world.room(room.id).assignees.empty());
  EXPECT_EQ(code_of(history(world, world.oz, id)), ErrorCode::not_found);
  EXPECT_EQ(code_of(history(world, world.carl, id)), ErrorCode::forbidden);
}

TEST(LinkedTicket, ShowsNotesToTheTeamOnly) {
  World world;
  const auto room = world.start_room("hello");
  SendAgentMessage note;
  note.room = room.id;
  note.message.type = MessageType::note;
  note.message.content = "only for us";
  send_agent_message(world.tx, world.ann, note).value();
  const auto id = to_hex(room.id);
  EXPECT_EQ(texts(history(world, world.vic, id).value()), Texts{"hello"});
  EXPECT_EQ(texts(join(world, world.vic, id)->history), Texts{"hello"});
  EXPECT_EQ(texts(history(world, world.ann, id).value()), (Texts{"only for us", "hello"}));
}

TEST(LinkedTicket, ClosesTheRoomAndItsCustomerOpensItAgain) {
  World world;
  const auto room = world.start_room("hello");
  const auto id = to_hex(room.id);
  EXPECT_EQ(code_of(close_ticket(world.tx, world.ann, {id, true, false})), ErrorCode::conflict);
  close_ticket(world.tx, world.ann, {id, false, false}).value();
  EXPECT_EQ(world.room(room.id).status, RoomStatus::closed);
  EXPECT_EQ(standing_of(get_ticket(world.tx, world.ann, {id}).value()).status,
            TicketStatus::destroyed);
  EXPECT_TRUE(publish(world, world.vic, id, "one more thing"));
  EXPECT_EQ(world.room(room.id).status, RoomStatus::open);
  close_ticket(world.tx, world.ann, {id, false, false}).value();
  EXPECT_TRUE(join(world, world.ann, id, true));
  EXPECT_EQ(world.room(room.id).status, RoomStatus::open);
}

TEST(TicketStanding, IsIdleOnceNobodyHasBeenThereForLong) {
  World world;
  set(world, world.ann, "t", "{}").value();
  const auto since = world.tx.now() + 300'000;
  EXPECT_TRUE(mark_ticket_idle(world.tx, {world.acme.id, "t"}, since));
  auto view = get_ticket(world.tx, world.ann, {"t"}).value();
  EXPECT_EQ(standing_of(view).status, TicketStatus::idle);
  EXPECT_EQ(standing_of(view).idle_since, since);
  view.answer->connections = 1;
  EXPECT_EQ(standing_of(view).status, TicketStatus::active);
  world.tx.advance(400'000);
  join(world, world.ann, "t").value();
  EXPECT_EQ(standing_of(get_ticket(world.tx, world.ann, {"t"}).value()).status,
            TicketStatus::active);
  EXPECT_TRUE(mark_ticket_idle(world.tx, {world.acme.id, "t"}, since)) << "heard of late";
  EXPECT_EQ(world.tx.tickets().find(world.acme.id, "t")->status, TicketStatus::active);
  EXPECT_TRUE(mark_ticket_idle(world.tx, {world.acme.id, "missing"}, since));
}

TEST(TicketStanding, OfASupportRoomCountsFromItsBeginning) {
  World world;
  world.tx.advance(1'000'000);
  const auto room = world.start_room("hello");
  world.tx.take_events();
  get_ticket(world.tx, world.ann, {to_hex(room.id)}).value();
  const auto events = world.tx.take_events();
  ASSERT_EQ(events.size(), 1U);
  const auto& asked = std::get<MembershipAsked>(events[0].body);
  EXPECT_EQ(std::get<MembersAsked>(asked.request).active_at, room.created_at);
}

TEST(TicketPresence, OfAMemberWhoIsThereWritesNothing) {
  World world;
  const auto own = vics_ticket(world);
  join(world, world.ann, own).value();
  const auto before = world.tx.rows_written();
  EXPECT_TRUE(join(world, world.vic, own));
  EXPECT_TRUE(be_present(world.tx, world.vic, {own, "{}"}));
  EXPECT_TRUE(leave_ticket(world.tx, world.vic, {own, 0}));
  EXPECT_TRUE(list_ticket_members(world.tx, world.vic, {own, 10, ""}));
  EXPECT_EQ(code_of(list_ticket_members(world.tx, world.vic, {own, 0, ""})), ErrorCode::invalid);
  EXPECT_TRUE(get_ticket(world.tx, world.vic, {own}));
  EXPECT_EQ(world.tx.rows_written(), before);
}

TEST(Presence, HasAtMost1KiB) {
  const auto presence_of = [](std::size_t bytes) {
    return R"({"x":")" + std::string(bytes - 8, 'x') + "\"}";
  };
  EXPECT_EQ(check_presence(presence_of(1024))->size(), 1024U);
  EXPECT_EQ(code_of(check_presence(presence_of(1025))), ErrorCode::too_large);
  EXPECT_EQ(code_of(check_presence(std::string(100'000, ' '))), ErrorCode::too_large);
  for (const auto* text : {"", "[]", "1", "{", "null"}) {
    EXPECT_EQ(code_of(check_presence(text)), ErrorCode::invalid) << text;
  }
  EXPECT_EQ(membership_metadata("support").value(), R"({"role":"support"})");
  EXPECT_EQ(membership_metadata("").value(), "{}");
  EXPECT_EQ(code_of(membership_metadata(std::string(65, 'x'))), ErrorCode::invalid);
}

}  // namespace
}  // namespace parlor::chat
