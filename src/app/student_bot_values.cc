#include "app/student_bot_values.h"

#include <algorithm>
#include <string>
#include <utility>

namespace parlor::app {
namespace {

constexpr std::size_t kShownIntents = 5;

// Both have the five statuses, in the same order.
bot::Status to_bot(chat::StudentStatus status) {
  switch (status) {
    case chat::StudentStatus::bot_handling:
      return bot::Status::bot_handling;
    case chat::StudentStatus::waiting_for_admin:
      return bot::Status::waiting_for_admin;
    case chat::StudentStatus::admin_handling:
      return bot::Status::admin_handling;
    case chat::StudentStatus::resolved:
      return bot::Status::resolved;
    case chat::StudentStatus::closed:
      return bot::Status::closed;
  }
  return bot::Status::bot_handling;
}

chat::StudentStatus from_bot(bot::Status status) {
  switch (status) {
    case bot::Status::bot_handling:
      return chat::StudentStatus::bot_handling;
    case bot::Status::waiting_for_admin:
      return chat::StudentStatus::waiting_for_admin;
    case bot::Status::admin_handling:
      return chat::StudentStatus::admin_handling;
    case bot::Status::resolved:
      return chat::StudentStatus::resolved;
    case bot::Status::closed:
      return chat::StudentStatus::closed;
  }
  return chat::StudentStatus::bot_handling;
}

bot::MessageKind to_bot(chat::HeardAs heard_as) {
  switch (heard_as) {
    case chat::HeardAs::text:
      return bot::MessageKind::text;
    case chat::HeardAs::image:
      return bot::MessageKind::image;
    case chat::HeardAs::voice:
      return bot::MessageKind::voice;
    case chat::HeardAs::file:
      return bot::MessageKind::file;
  }
  return bot::MessageKind::text;
}

bot::Language to_bot(std::string_view language) {
  return language == "ar" ? bot::Language::arabic : bot::Language::english;
}

bool is_help(bot::ReplyKind kind) {
  return kind == bot::ReplyKind::guide || kind == bot::ReplyKind::faq;
}

chat::BotReply from_bot(const bot::Reply& reply) {
  chat::BotReply said;
  said.language = bot::name_of(reply.language);
  said.kind = bot::name_of(reply.kind);
  said.text = reply.text;
  said.sender_name = reply.sender_name;
  for (const auto& quick : reply.quick_replies)
    said.quick_replies.push_back({quick.id, quick.text});
  said.is_help = is_help(reply.kind);
  return said;
}

}  // namespace

bot::Situation to_bot(const chat::BotSituation& situation) {
  bot::Situation seen;
  seen.status = to_bot(situation.status);
  seen.dialogue = bot::read_dialogue(situation.dialogue);
  if (!seen.dialogue.language && !situation.language.empty()) {
    seen.dialogue.language = to_bot(situation.language);
  }
  seen.kind = to_bot(situation.heard_as);
  seen.has_text = situation.has_text;
  if (situation.resolved_by_person_ago_ms) {
    seen.resolved_by_person_ago = std::chrono::milliseconds(*situation.resolved_by_person_ago_ms);
  }
  seen.sending_pauses = situation.sending_pauses;
  if (!situation.hours_en.empty()) {
    seen.placeholders["hours"] = {situation.hours_en, situation.hours_ar};
  }
  for (const auto& placeholder : situation.placeholders) {
    seen.placeholders[placeholder.name] = {placeholder.text, placeholder.text};
  }
  return seen;
}

std::vector<bot::Question> to_bot(const std::vector<chat::Question>& questions) {
  std::vector<bot::Question> known;
  known.reserve(questions.size());
  for (const auto& question : questions) {
    known.push_back({question.question, question.answer, to_bot(question.language),
                     question.priority, question.keywords});
  }
  return known;
}

chat::BotDecision from_bot(const bot::Decision& decision) {
  chat::BotDecision decided;
  decided.status = from_bot(decision.status);
  decided.intent = decision.dialogue.intent;
  decided.attempts = decision.dialogue.attempts;
  if (decision.dialogue.language) decided.language = bot::name_of(*decision.dialogue.language);
  decided.dialogue = bot::dialogue_text(decision.dialogue);
  if (decision.reply) decided.reply = from_bot(*decision.reply);
  if (decision.escalation) decided.escalation = bot::name_of(*decision.escalation);
  if (decision.handoff_note) decided.note = decision.handoff_note->in(to_bot(decided.language));
  decided.notify_team = decision.notify_admins;
  decided.same_admin_first = decision.same_admin_first;
  decided.is_confirmed = decision.is_confirmed;
  return decided;
}

std::vector<chat::Question> from_bot(const std::vector<bot::Question>& questions) {
  std::vector<chat::Question> first;
  for (const auto& known : questions) {
    chat::Question question;
    question.question = known.question;
    question.answer = known.answer;
    question.language = bot::name_of(known.language);
    question.priority = known.priority;
    question.keywords = known.keywords;
    first.push_back(std::move(question));
  }
  return first;
}

chat::BotTrial trial_of(const bot::Bot& bot, const bot::Detected& detected,
                        const bot::Decision& decision) {
  chat::BotTrial trial;
  if (detected.language) trial.language = bot::name_of(*detected.language);
  trial.control = bot::name_of(detected.control);
  for (const auto& scored : detected.intents) {
    if (trial.intents.size() == kShownIntents) break;
    trial.intents.push_back({scored.id, scored.confidence});
  }
  const auto better = [](const auto& a, const auto& b) {
    return !b || (a && a->score >= b->score);
  };
  const auto& match = better(detected.faq_en, detected.faq_ar) ? detected.faq_en : detected.faq_ar;
  if (match && match->index < bot.questions().size()) {
    const auto& question = bot.questions()[match->index];
    trial.question = question.question;
    trial.answer = question.answer;
    trial.question_score = match->score;
  }
  trial.decision = from_bot(decision);
  return trial;
}

}  // namespace parlor::app
