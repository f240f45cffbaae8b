#include "bot/dialogue.h"

#include <gtest/gtest.h>

namespace parlor::bot {
namespace {

TEST(Dialogue, ComesBackAsItWasKept) {
  Dialogue dialogue;
  EXPECT_EQ(dialogue_text(dialogue), "{}");
  EXPECT_EQ(read_dialogue("{}"), dialogue);
  dialogue = {"PAYMENT",
              2,
              1,
              true,
              true,
              true,
              Language::arabic,
              "step/PAYMENT/card_ready",
              3,
              {"yes", "topic:OTHER"}};
  EXPECT_EQ(read_dialogue(dialogue_text(dialogue)), dialogue);
  EXPECT_LE(dialogue_text(dialogue).size(), kMaxDialogueBytes);
}

TEST(Dialogue, WhatIsNoDialogueReadsAsANewOne) {
  for (const std::string& text :
       {std::string(), std::string("null"), std::string("[1]"), std::string("{\"intent\":"),
        std::string("{\"intent\":7,\"attempts\":\"x\",\"offered\":{},\"language\":\"fr\"}"),
        "{\"intent\":\"" + std::string(5000, 'x') + "\"}"}) {
    EXPECT_EQ(read_dialogue(text), Dialogue()) << text.substr(0, 40);
  }
  EXPECT_EQ(read_dialogue("{\"attempts\":-5,\"step\":1e300}"), Dialogue());
}

TEST(Dialogue, StatusesAreNamedAsInTheApi) {
  for (const auto status : {Status::bot_handling, Status::waiting_for_admin, Status::admin_handling,
                            Status::resolved, Status::closed}) {
    EXPECT_EQ(status_of(name_of(status)), status);
  }
  EXPECT_FALSE(status_of("open"));
}

TEST(AfterAFailure, TheChatGoesToPeopleInTheStudentsLanguage) {
  Situation situation;
  situation.dialogue.language = Language::arabic;
  const auto decision = escalate_after_failure(situation, std::nullopt);
  EXPECT_EQ(decision.status, Status::waiting_for_admin);
  EXPECT_EQ(decision.escalation, Escalation::failure);
  EXPECT_TRUE(decision.notify_admins);
  ASSERT_TRUE(decision.reply);
  EXPECT_EQ(decision.reply->language, Language::arabic);
}

TEST(AfterAFailure, TheBotStaysSilentWhereAPersonHasTheChat) {
  for (const auto status : {Status::waiting_for_admin, Status::admin_handling}) {
    Situation situation;
    situation.status = status;
    const auto decision = escalate_after_failure(situation, Language::english);
    EXPECT_EQ(decision.status, status);
    EXPECT_FALSE(decision.reply);
    EXPECT_FALSE(decision.escalation);
  }
}

}  // namespace
}  // namespace parlor::bot
