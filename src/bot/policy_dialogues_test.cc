// Drives whole dialogues (tests/fixtures/bot/policy_dialogues.json) through a Bot, as a chat would.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <regex>
#include <sstream>

#include "bot/bot.h"

namespace parlor::bot {
namespace {

namespace json = boost::json;

json::value read_fixture(const std::string& name) {
  std::ifstream file(std::string(PARLOR_BOT_FIXTURES) + "/" + name);
  std::ostringstream content;
  content << file.rdbuf();
  return json::parse(content.str());
}

std::shared_ptr<const Bot> builtin_bot() {
  static const auto bot = *Bot::build(builtin_intents(), builtin_questions());
  return bot;
}

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

// A chat that keeps what the bot decides, and the people who act on it.
class Chat {
 public:
  explicit Chat(const json::object& dialogue) : bot_(builtin_bot()) {
    if (const auto* faq = dialogue.if_contains("faq")) bot_ = bot_->with_questions(questions(*faq));
    breaks_ = dialogue.contains("inject_fault");
    const auto* settings = dialogue.if_contains("settings");
    situation_.sending_pauses =
        !settings || text_of(settings->as_object(), "waiting_sends") != "accept";
    const auto& start = dialogue.at("start").as_object();
    situation_.status = *status_of(text_of(start, "status"));
    situation_.dialogue.attempts = static_cast<int>(start.at("bot_attempts").as_int64());
    situation_.dialogue.intent = text_of(start, "current_intent");
    const auto language = text_of(start, "language");
    if (!language.empty())
      situation_.dialogue.language = language == "ar" ? Language::arabic : Language::english;
    if (text_of(start, "resolved_by") == "person") {
      situation_.resolved_by_person_ago =
          std::chrono::hours(start.at("resolved_hours_ago").as_int64());
    }
  }

  Decision take(const json::object& turn) {
    const auto decision = decide(turn);
    situation_.status = decision.status;
    situation_.dialogue = read_dialogue(dialogue_text(decision.dialogue));
    EXPECT_EQ(situation_.dialogue, decision.dialogue);
    return decision;
  }

 private:
  static std::vector<Question> questions(const json::value& list) {
    std::vector<Question> questions;
    for (const auto& item : list.as_array()) {
      const auto& object = item.as_object();
      const auto is_arabic = text_of(object, "language") == "ar";
      questions.push_back({text_of(object, "question"),
                           text_of(object, "answer"),
                           is_arabic ? Language::arabic : Language::english,
                           10,
                           {}});
    }
    return questions;
  }

  Decision decide(const json::object& turn) {
    const auto from = text_of(turn, "from");
    if (from == "clock") return bot_->notice_of_long_wait(situation_);
    if (from == "admin") return by_admin(text_of(turn, "do"));
    const auto text = text_of(turn, "text");
    const auto type = text_of(turn, "type");
    situation_.kind = type == "image"   ? MessageKind::image
                      : type == "audio" ? MessageKind::voice
                                        : MessageKind::text;
    situation_.has_text = !text.empty();
    auto detected = situation_.has_text ? bot_->detect(text) : Detected{};
    detected.failed = breaks_;
    return bot_->decide(situation_, detected);
  }

  Decision by_admin(const std::string& act) const {
    Decision decision;
    decision.dialogue = situation_.dialogue;
    decision.status = act == "resolve" ? Status::resolved
                      : act == "close" ? Status::closed
                                       : Status::admin_handling;
    return decision;
  }

  std::shared_ptr<const Bot> bot_;
  Situation situation_;
  bool breaks_ = false;
};

void expect_kind(const json::value& allowed, const Decision& decision) {
  const std::string kind(decision.reply ? name_of(decision.reply->kind) : "silent");
  const auto is_it = [&](const json::value& name) { return name.as_string() == kind; };
  const bool is_allowed =
      allowed.is_array() ? std::any_of(allowed.as_array().begin(), allowed.as_array().end(), is_it)
                         : is_it(allowed);
  EXPECT_TRUE(is_allowed) << kind << " instead of " << json::serialize(allowed);
}

void expect_outcome(const json::object& wanted, const Decision& decision) {
  EXPECT_EQ(name_of(decision.status), text_of(wanted, "status"));
  if (const auto* kind = wanted.if_contains("kind")) expect_kind(*kind, decision);
  if (const auto* attempts = wanted.if_contains("attempts")) {
    EXPECT_EQ(decision.dialogue.attempts, attempts->as_int64());
  }
  if (wanted.contains("intent")) {
    EXPECT_EQ(decision.dialogue.intent, text_of(wanted, "intent"));
  }
  EXPECT_EQ(decision.escalation ? name_of(*decision.escalation) : "", text_of(wanted, "why"));
  EXPECT_TRUE(decision.notify_admins || !wanted.contains("notify_admins"));
  EXPECT_EQ(decision.same_admin_first, wanted.contains("same_admin_first"));
}

void expect_reply(const json::object& wanted, const std::optional<Reply>& reply,
                  const std::string& last_text) {
  const auto* answers = wanted.if_contains("answers");
  if (answers && answers->is_bool()) {
    EXPECT_EQ(reply.has_value(), answers->as_bool());
  }
  if (!reply) return;
  EXPECT_NE(reply->text, last_text);
  if (wanted.contains("language")) {
    EXPECT_EQ(name_of(reply->language), text_of(wanted, "language"));
  }
  EXPECT_TRUE(reply->text.starts_with(text_of(wanted, "opens_with")));
  const auto pattern = text_of(wanted, "reply_must_not_match");
  if (pattern.empty()) return;
  const std::regex forbidden(pattern.substr(4), std::regex::icase);  // behind its (?i)
  EXPECT_FALSE(std::regex_search(reply->text, forbidden));
}

TEST(PolicyDialogues, EveryTurnGoesAsWritten) {
  const auto fixture = read_fixture("policy_dialogues.json");
  for (const auto& item : fixture.at("dialogues").as_array()) {
    const auto& dialogue = item.as_object();
    SCOPED_TRACE(text_of(dialogue, "id"));
    Chat chat(dialogue);
    std::string last_text;
    for (const auto& turn : dialogue.at("turns").as_array()) {
      const auto& object = turn.as_object();
      SCOPED_TRACE(json::serialize(object));
      const auto decision = chat.take(object);
      SCOPED_TRACE(decision.reply ? decision.reply->text : "(silent)");
      const auto& wanted = object.at("expect").as_object();
      expect_outcome(wanted, decision);
      expect_reply(wanted, decision.reply, last_text);
      if (decision.reply) last_text = decision.reply->text;
    }
  }
}

}  // namespace
}  // namespace parlor::bot
