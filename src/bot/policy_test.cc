// The rules of spec student-support.md, "The bot: what it must do", by tables; whole dialogues are
// in policy_dialogues_test.cc.
#include "bot/policy.h"

#include <gtest/gtest.h>

#include <map>

#include "bot/bot.h"

namespace parlor::bot {
namespace {

using namespace std::chrono_literals;

const Intents& builtin() {
  static const auto intents = *read_intents(builtin_intents());
  return intents;
}

Decision decide_about(const Situation& situation, const Detected& detected) {
  static const std::vector<Question> questions = {
      {"Is there a certificate?", "Yes, see {reset_url}.", Language::english, 1, {}}};
  return decide(builtin(), questions, situation, detected);
}

Detected saying(Control control) {
  Detected detected;
  detected.language = Language::english;
  detected.control = control;
  return detected;
}

Detected about(const std::string& intent, double confidence = 0.9,
               const std::string& second = "VIDEO_LOADING", double second_confidence = 0.05) {
  auto detected = saying(Control::none);
  detected.intents = {{intent, confidence}, {second, second_confidence}};
  return detected;
}

Situation in(Status status) {
  Situation situation;
  situation.status = status;
  return situation;
}

// A chat in which the first step for an intent was just given.
Situation guided(const std::string& intent = "LOGIN_PROBLEM") {
  Situation situation;
  situation.dialogue = decide_about({}, about(intent)).dialogue;
  return situation;
}

Situation then(Situation situation, const Decision& decision) {
  situation.status = decision.status;
  situation.dialogue = decision.dialogue;
  return situation;
}

std::string outcome(const Decision& decision) {
  std::string said(name_of(decision.status));
  said += " ";
  said += decision.reply ? name_of(decision.reply->kind) : "silent";
  if (decision.escalation) said += " " + std::string(name_of(*decision.escalation));
  return said;
}

const std::vector<Control> kAllControls = {
    Control::none,   Control::human, Control::not_working,  Control::thanks,
    Control::yes,    Control::no,    Control::greeting,     Control::are_you_a_bot,
    Control::next,   Control::wait,  Control::acknowledged, Control::unclear,
    Control::neither};

TEST(Policy, NewChatAnswersEveryControl) {
  const std::map<Control, std::string> wanted = {
      {Control::none, "bot_handling rephrase"},
      {Control::human, "waiting_for_admin escalate wants_person"},
      {Control::not_working, "bot_handling menu"},
      {Control::thanks, "resolved close"},
      {Control::yes, "bot_handling menu"},
      {Control::no, "bot_handling menu"},
      {Control::greeting, "bot_handling menu"},
      {Control::are_you_a_bot, "bot_handling about_bot"},
      {Control::next, "bot_handling menu"},
      {Control::wait, "bot_handling remark"},
      {Control::acknowledged, "bot_handling remark"},
      {Control::unclear, "bot_handling menu"},
      {Control::neither, "bot_handling rephrase"}};
  ASSERT_EQ(wanted.size(), kControls);
  for (const auto status : {Status::bot_handling, Status::closed}) {
    for (const auto& [control, said] : wanted)
      EXPECT_EQ(outcome(decide_about(in(status), saying(control))), said) << name_of(control);
  }
}

TEST(Policy, GuidedChatAnswersEveryControl) {
  const std::map<Control, std::string> wanted = {
      {Control::none, "bot_handling rephrase"},
      {Control::human, "waiting_for_admin escalate wants_person"},
      {Control::not_working, "waiting_for_admin escalate did_not_work"},
      {Control::thanks, "resolved close"},
      {Control::yes, "resolved close"},
      {Control::no, "waiting_for_admin escalate did_not_work"},
      {Control::greeting, "bot_handling menu"},
      {Control::are_you_a_bot, "bot_handling about_bot"},
      {Control::next, "bot_handling guide"},
      {Control::wait, "bot_handling remark"},
      {Control::acknowledged, "bot_handling remark"},
      {Control::unclear, "bot_handling rephrase"},
      {Control::neither, "bot_handling rephrase"}};
  ASSERT_EQ(wanted.size(), kControls);
  for (const auto& [control, said] : wanted)
    EXPECT_EQ(outcome(decide_about(guided(), saying(control))), said) << name_of(control);
}

TEST(Policy, WaitingChatIsLeftAloneWhateverIsSaid) {
  const auto situation = in(Status::waiting_for_admin);
  for (const auto control : kAllControls) {
    const auto decision = decide_about(situation, saying(control));
    EXPECT_EQ(outcome(decision), "waiting_for_admin silent") << name_of(control);
    EXPECT_FALSE(decision.notify_admins);
  }
}

TEST(Policy, BesideAPersonOnlyThanksIsAnswered) {
  const auto situation = in(Status::admin_handling);
  for (const auto control : kAllControls) {
    auto detected = about("ACCOUNT_LOCKED");
    detected.control = control;
    const auto decision = decide_about(situation, detected);
    EXPECT_EQ(outcome(decision),
              control == Control::thanks ? "resolved close" : "admin_handling silent")
        << name_of(control);
    EXPECT_EQ(decision.notify_admins, control == Control::human);
  }
}

TEST(Policy, ResolvedChatAnswersThanksAndStartsAgainForAnythingElse) {
  const std::map<Control, std::string> wanted = {
      {Control::human, "waiting_for_admin escalate wants_person"},
      {Control::thanks, "resolved close"},
      {Control::acknowledged, "resolved silent"},
      {Control::greeting, "bot_handling menu"},
      {Control::not_working, "bot_handling menu"},
      {Control::none, "bot_handling rephrase"}};
  for (const auto& [control, said] : wanted) {
    auto situation = guided();
    situation.status = Status::resolved;
    const auto decision = decide_about(situation, saying(control));
    EXPECT_EQ(outcome(decision), said) << name_of(control);
  }
  const auto again = decide_about(in(Status::resolved), about("VIDEO_LOADING"));
  EXPECT_EQ(outcome(again), "bot_handling guide");
  EXPECT_EQ(again.dialogue.attempts, 1);
}

TEST(Policy, StillBrokenGoesBackToThePersonWhoResolvedItForThreeDays) {
  auto situation = in(Status::resolved);
  situation.resolved_by_person_ago = 72h;
  auto decision = decide_about(situation, saying(Control::not_working));
  EXPECT_EQ(outcome(decision), "waiting_for_admin escalate did_not_work");
  EXPECT_TRUE(decision.same_admin_first);
  situation.resolved_by_person_ago = 72h + 1ms;
  decision = decide_about(situation, saying(Control::not_working));
  EXPECT_EQ(outcome(decision), "bot_handling menu");
  EXPECT_FALSE(decision.same_admin_first);
}

TEST(Policy, StepsComeOneAtATimeAndThenAPerson) {
  auto situation = guided("PASSWORD_RESET");
  for (const int attempts : {2, 3}) {
    const auto decision = decide_about(situation, about("PASSWORD_RESET"));
    EXPECT_EQ(outcome(decision), "bot_handling guide");
    EXPECT_EQ(decision.dialogue.attempts, attempts);
    situation = then(situation, decision);
  }
  EXPECT_EQ(outcome(decide_about(situation, saying(Control::next))),
            "waiting_for_admin escalate three_attempts");
}

TEST(Policy, NumbersAndLabelsChooseWhatWasOffered) {
  const auto said = [](const Situation& situation, int number, const std::string& label) {
    Detected detected;
    detected.choice = number;
    detected.label = label;
    return outcome(decide_about(situation, detected));
  };
  EXPECT_EQ(said(guided(), 1, "1"), "resolved close");
  EXPECT_EQ(said(guided(), 2, "2"), "waiting_for_admin escalate did_not_work");
  EXPECT_EQ(said(guided(), 3, "3"), "waiting_for_admin escalate wants_person");
  EXPECT_EQ(said(guided(), kLastChoice, "the last"), "waiting_for_admin escalate wants_person");
  EXPECT_EQ(said(guided(), 4, "4"), "bot_handling rephrase");
  EXPECT_EQ(said(guided(), 0, "نعم"), "resolved close");
  const auto menu = then({}, decide_about({}, saying(Control::greeting)));
  EXPECT_EQ(said(menu, 3, "3"), "waiting_for_admin escalate account_locked");
  EXPECT_EQ(said(menu, 0, "signing in"), "bot_handling guide");
  EXPECT_EQ(said(menu, 0, "topic video loading"), "bot_handling guide");
  EXPECT_EQ(said(menu, 9, "9"), "waiting_for_admin escalate wants_person");
}

TEST(Policy, HalfUnderstoodOffersTheTwoLikeliest) {
  const auto decision = decide_about({}, about("LOGIN_PROBLEM", 0.45, "PASSWORD_RESET", 0.4));
  ASSERT_TRUE(decision.reply);
  EXPECT_EQ(decision.reply->kind, ReplyKind::choice);
  EXPECT_EQ(decision.dialogue.offered,
            (std::vector<std::string>{"topic:LOGIN_PROBLEM", "topic:PASSWORD_RESET", "person"}));
  EXPECT_EQ(decision.dialogue.attempts, 1);
  Detected second;
  second.choice = 2;
  const auto chosen = decide_about(then({}, decision), second);
  EXPECT_EQ(chosen.dialogue.intent, "PASSWORD_RESET");
  EXPECT_EQ(chosen.dialogue.attempts, 2);
}

TEST(Policy, MoneyThatIsMissingGoesToPeopleAtOnce) {
  auto detected = about("PAYMENT");
  EXPECT_EQ(outcome(decide_about({}, detected)), "bot_handling guide");
  detected.paid_not_credited = true;
  EXPECT_EQ(outcome(decide_about({}, detected)), "waiting_for_admin escalate paid_not_credited");
  detected = about("VIDEO_LOADING");
  detected.paid_not_credited = true;
  EXPECT_EQ(outcome(decide_about({}, detected)), "bot_handling guide");
}

TEST(Policy, AQuestionIsAnsweredFromTheFaqOnce) {
  auto detected = about("OTHER");
  detected.faq_en = FaqMatch{0, 0.8};
  const auto answered = decide_about({}, detected);
  ASSERT_EQ(outcome(answered), "bot_handling faq");
  EXPECT_NE(answered.reply->text.find("Yes, see the \"Forgot password?\" link"), std::string::npos);
  EXPECT_EQ(outcome(decide_about(then({}, answered), detected)), "bot_handling rephrase");
}

TEST(Policy, TheSameTextIsNeverSaidTwiceInARow) {
  for (const auto control : kAllControls) {
    Situation situation;
    std::string last;
    for (int i = 0; i < 12; ++i) {
      const auto decision = decide_about(situation, saying(control));
      if (decision.reply) {
        EXPECT_NE(decision.reply->text, last) << name_of(control);
        last = decision.reply->text;
      }
      situation = then(situation, decision);
    }
    EXPECT_NE(situation.status, Status::closed);
  }
}

TEST(Policy, GreetingsWithoutAProblemEndAtAPerson) {
  Situation situation;
  int turns = 0;
  while (situation.status == Status::bot_handling && turns < 10) {
    situation = then(situation, decide_about(situation, saying(Control::greeting)));
    ++turns;
  }
  EXPECT_EQ(situation.status, Status::waiting_for_admin);
  EXPECT_EQ(situation.dialogue.attempts, 0);
}

TEST(Policy, AFailureGoesToPeopleInEveryStatusOfTheBots) {
  Detected broken;
  broken.failed = true;
  for (const auto status : {Status::bot_handling, Status::resolved, Status::closed}) {
    EXPECT_EQ(outcome(decide_about(in(status), broken)), "waiting_for_admin escalate failure");
  }
  EXPECT_EQ(outcome(decide_about(in(Status::admin_handling), broken)), "admin_handling silent");
}

TEST(Policy, SettingsStandInTheTextsAndWaitingMayAcceptMessages) {
  Situation situation;
  situation.placeholders = {{"hours", {"Sun to Thu, 9 to 5", "الأحد إلى الخميس"}}};
  situation.sending_pauses = false;
  const auto decision = decide_about(situation, saying(Control::human));
  ASSERT_TRUE(decision.reply);
  EXPECT_NE(decision.reply->text.find("Sun to Thu, 9 to 5"), std::string::npos);
  EXPECT_EQ(decision.reply->text.find("pauses"), std::string::npos);
  EXPECT_EQ(decision.reply->text.find('{'), std::string::npos);
}

TEST(Policy, APasswordInTheChatIsWarnedOf) {
  auto detected = about("LOGIN_PROBLEM");
  detected.tells_a_password = true;
  const auto decision = decide_about({}, detected);
  ASSERT_TRUE(decision.reply);
  EXPECT_TRUE(decision.reply->text.starts_with("Please never send a password here"));
}

TEST(Policy, TextWithoutALanguageKeepsTheChats) {
  Situation situation;
  situation.dialogue.language = Language::arabic;
  auto detected = saying(Control::yes);
  detected.language = std::nullopt;
  EXPECT_EQ(decide_about(situation, detected).reply->language, Language::arabic);
  EXPECT_EQ(decide_about({}, detected).reply->language, Language::english);
}

// "The picture is blurry and keeps freezing", before any help.
TEST(Policy, WhatDoesNotWorkIsTheProblemItselfWhenItIsNearlySure) {
  auto detected = about("VIDEO_LOADING", 0.5, "BUG_ERROR", 0.1);
  detected.control = Control::not_working;
  EXPECT_EQ(outcome(decide_about(in(Status::bot_handling), detected)), "bot_handling choice");
  detected.intents[1].confidence = 0.4;
  EXPECT_EQ(outcome(decide_about(in(Status::bot_handling), detected)), "bot_handling menu");
}

}  // namespace
}  // namespace parlor::bot
