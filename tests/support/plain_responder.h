// A bot of few words, for tests of what chat does with any bot.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "chat/responder.h"

namespace parlor::chat::testing {

// Guides once, escalates on "no", closes on "thanks"; breaks on "break".
class PlainResponder : public Responder {
 public:
  struct Words final : Understanding {
    explicit Words(std::string_view said) : text(said) {}
    std::string text;
  };

  UnderstandingPtr understand(AccountId, std::string_view text) const override {
    if (text == "not understood") return nullptr;
    return std::make_shared<Words>(text);
  }

  BotDecision decide(const BotSituation& situation,
                     const UnderstandingPtr& understood) const override {
    const auto* words = dynamic_cast<const Words*>(understood.get());
    if (!words || words->text == "break") throw std::runtime_error("broken");
    BotDecision decision;
    decision.status = situation.status;
    decision.language = "en";
    decision.dialogue = situation.dialogue + ".";
    decision.intent = "LOGIN_PROBLEM";
    if (words->text == "thanks") {
      decision.status = StudentStatus::resolved;
      decision.is_confirmed = true;
      decision.reply = reply("close", "You're welcome");
      return decision;
    }
    if (situation.status == StudentStatus::admin_handling) {
      decision.notify_team = words->text == "a person";
      return decision;
    }
    if (situation.status == StudentStatus::waiting_for_admin) return decision;
    if (words->text == "no" || words->text == "a person") {
      decision.status = StudentStatus::waiting_for_admin;
      decision.escalation = words->text == "no" ? "did_not_work" : "wants_person";
      decision.note = "Tried one step";
      decision.reply = reply("escalate", "A person will answer");
      return decision;
    }
    decision.status = StudentStatus::bot_handling;
    decision.attempts = 1;
    decision.reply = reply("guide", "Try this");
    decision.reply->is_help = true;
    decision.reply->quick_replies = {{"yes", "Yes"}, {"no", "No"}};
    return decision;
  }

  BotDecision notice_of_long_wait(const BotSituation& situation) const override {
    BotDecision decision;
    decision.status = situation.status;
    decision.reply = reply("wait_notice", "Still waiting");
    return decision;
  }
  BotTrial try_out(AccountId, std::string_view) const override { return {}; }
  std::string_view built_in_intents() const override { return "{}"; }
  std::vector<Question> first_questions() const override {
    Question question;
    question.question = "How?";
    question.answer = "So.";
    question.language = "en";
    return {question};
  }

 private:
  static BotReply reply(std::string kind, std::string text) {
    BotReply said;
    said.language = "en";
    said.kind = std::move(kind);
    said.text = std::move(text);
    said.sender_name = "Auto reply";
    return said;
  }
};

}  // namespace parlor::chat::testing
