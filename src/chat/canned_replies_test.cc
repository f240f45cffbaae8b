#include "chat/canned_replies.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/world.h"

namespace parlor::chat {
namespace {

using ::testing::ElementsAre;
using testing::World;

CreateCanned canned(const std::string& code, const std::string& text,
                    std::optional<InboxId> inbox = std::nullopt) {
  return {code, text, inbox, ""};
}

std::vector<std::string> codes(const Result<std::vector<CannedView>>& views) {
  std::vector<std::string> all;
  for (const auto& view : *views) all.push_back(view.canned.short_code);
  return all;
}

TEST(CannedReplies, HaveShortCodesThatAreUniqueInTheirInbox) {
  World world;
  EXPECT_EQ(create_canned(world.tx, world.ada, canned(" /Hi ", "Hello"))->short_code, "hi");
  EXPECT_EQ(create_canned(world.tx, world.ada, canned("HI", "Hello")).error().code,
            ErrorCode::conflict);
  const auto own = create_canned(world.tx, world.ada, canned("hi", "Hello", world.inbox.id));
  ASSERT_TRUE(own) << "another scope";
  UpdateCanned move;
  move.canned = own->id;
  move.inbox = InboxId{};
  EXPECT_EQ(update_canned(world.tx, world.ada, move).error().code, ErrorCode::conflict);
  move.short_code = "hey";
  EXPECT_EQ(update_canned(world.tx, world.ada, move)->inbox, InboxId{});
  EXPECT_TRUE(create_canned(world.tx, world.eve, canned("hi", "Hello"))) << "another account's";
}

TEST(CannedReplies, AreBoundedAndChecked) {
  World world;
  const auto code_of = [&](const CreateCanned& input) {
    return create_canned(world.tx, world.ada, input).error().code;
  };
  const auto invalid = ErrorCode::invalid;
  EXPECT_EQ(code_of(canned("", "x")), invalid);
  EXPECT_EQ(code_of(canned("/", "x")), invalid);
  EXPECT_EQ(code_of(canned("two words", "x")), invalid);
  EXPECT_EQ(code_of(canned(std::string(41, 'x'), "x")), invalid);
  EXPECT_EQ(code_of(canned("x", " \n")), invalid);
  EXPECT_EQ(code_of(canned("x", std::string(10'001, 'x'))), invalid);
  EXPECT_EQ(code_of(canned("x", "{{contact.secret}}")), invalid);
  EXPECT_EQ(code_of(canned("x", "x", world.other_inbox.id)), ErrorCode::not_found);
  EXPECT_TRUE(create_canned(world.tx, world.ada, canned("شكر", "شكراً")));
}

TEST(CannedReplies, AreWrittenByAdminsOnly) {
  World world;
  const auto made = create_canned(world.tx, world.ada, canned("hi", "Hello")).value();
  const auto forbidden = ErrorCode::forbidden;
  for (const Actor& actor : {world.ann, world.vic}) {
    EXPECT_EQ(create_canned(world.tx, actor, canned("x", "x")).error().code, forbidden);
    EXPECT_EQ(update_canned(world.tx, actor, {made.id, "x", {}, {}}).error().code, forbidden);
    EXPECT_EQ(delete_canned(world.tx, actor, made.id).error().code, forbidden);
  }
  EXPECT_EQ(list_canned(world.tx, world.vic, {}).error().code, forbidden);
  EXPECT_EQ(update_canned(world.tx, world.eve, {made.id, "x", {}, {}}).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(delete_canned(world.tx, world.eve, made.id).error().code, ErrorCode::not_found);
}

TEST(CannedReplies, AreReadByTheAgentsOfTheirInbox) {
  World world;
  const auto sales = world.add_inbox("Sales", {world.bob});
  create_canned(world.tx, world.ada, canned("all", "x")).value();
  create_canned(world.tx, world.ada, canned("support", "x", world.inbox.id)).value();
  create_canned(world.tx, world.ada, canned("sales", "x", sales.id)).value();
  EXPECT_THAT(codes(list_canned(world.tx, world.ann, {})), ElementsAre("all", "support"));
  EXPECT_THAT(codes(list_canned(world.tx, world.bob, {})), ElementsAre("all", "sales", "support"));
  EXPECT_THAT(codes(list_canned(world.tx, world.carl, {})), ElementsAre("all"));
  EXPECT_THAT(codes(list_canned(world.tx, world.ada, {})), ElementsAre("all", "sales", "support"));
  EXPECT_THAT(codes(list_canned(world.tx, world.bob, {sales.id, {}})), ElementsAre("all", "sales"));
  EXPECT_EQ(list_canned(world.tx, world.ann, {sales.id, {}}).error().code, ErrorCode::forbidden);
  EXPECT_TRUE(list_canned(world.tx, world.eve, {})->empty());
}

TEST(CannedReplies, AreFilledInForARoom) {
  World world;
  const auto room = world.start_room();
  create_canned(world.tx, world.ada,
                canned("hi", "Hi {{contact.name}}, {{agent.name}} here", world.inbox.id))
      .value();
  const auto views = list_canned(world.tx, world.ann, {{}, room.id}).value();
  ASSERT_EQ(views.size(), 1u);
  EXPECT_EQ(views[0].rendered, "Hi Vic, Ann here");
  EXPECT_EQ(list_canned(world.tx, world.carl, {{}, room.id}).error().code, ErrorCode::forbidden);
  EXPECT_EQ(list_canned(world.tx, world.eve, {{}, room.id}).error().code, ErrorCode::not_found);
}

TEST(CannedReplies, AreMadeOnceByTheSameRequest) {
  World world;
  auto input = canned("hi", "Hello");
  input.client_id = "key-1";
  const auto first = create_canned(world.tx, world.ada, input).value();
  EXPECT_EQ(create_canned(world.tx, world.ada, input)->id, first.id);
  delete_canned(world.tx, world.ada, first.id).value();
  EXPECT_EQ(create_canned(world.tx, world.ada, input).error().code, ErrorCode::gone);
  EXPECT_EQ(delete_canned(world.tx, world.ada, first.id).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace parlor::chat
