#include "store/sql/bot_knowledge.h"

#include <map>

#include "store/sql/encoding.h"

namespace parlor::store::sql {
namespace {

constexpr int kMaxQuestions = 1'000;

#define QUESTION_COLUMNS                                                        \
  "account, id, question, answer, language, priority, keywords, is_published, " \
  "created_at, updated_at"

auto fields(auto& question) {
  return std::tie(question.account, question.id, question.question, question.answer,
                  question.language, question.priority, question.keywords, question.is_published,
                  question.created_at, question.updated_at);
}

}  // namespace

std::optional<chat::Question> SqlQuestions::find(AccountId account, QuestionId id) {
  auto rows = db_.read("SELECT " QUESTION_COLUMNS " FROM question WHERE account = $1 AND id = $2",
                       account, id);
  if (!rows.next()) return std::nullopt;
  chat::Question question;
  rows.read(fields(question));
  return question;
}

std::vector<chat::Question> SqlQuestions::list(AccountId account) {
  std::vector<chat::Question> questions;
  for (auto rows = db_.read("SELECT " QUESTION_COLUMNS " FROM question WHERE account = $1"
                            " ORDER BY priority DESC, created_at, id LIMIT $2",
                            account, kMaxQuestions);
       rows.next();)
    rows.read(fields(questions.emplace_back()));
  return questions;
}

void SqlQuestions::insert(const chat::Question& question) {
  db_.write_row("INSERT INTO question (" QUESTION_COLUMNS
                ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                fields(question));
}

void SqlQuestions::update(const chat::Question& question) {
  db_.write_row(
      "UPDATE question SET question = $3, answer = $4, language = $5, priority = $6,"
      " keywords = $7, is_published = $8, created_at = $9, updated_at = $10"
      " WHERE account = $1 AND id = $2",
      fields(question));
}

void SqlQuestions::remove(AccountId account, QuestionId id) {
  db_.write("DELETE FROM question WHERE account = $1 AND id = $2", account, id);
}

std::optional<chat::IntentsDocument> SqlBotIntents::find(AccountId account) {
  auto rows =
      db_.read("SELECT account, document, updated_at FROM bot_intents WHERE account = $1", account);
  if (!rows.next()) return std::nullopt;
  chat::IntentsDocument document;
  rows.read(std::tie(document.account, document.text, document.updated_at));
  return document;
}

void SqlBotIntents::put(const chat::IntentsDocument& document) {
  db_.write(
      "INSERT INTO bot_intents (account, document, updated_at) VALUES ($1, $2, $3)"
      " ON CONFLICT (account) DO UPDATE SET document = $2, updated_at = $3",
      document.account, document.text, document.updated_at);
}

void SqlBotIntents::remove(AccountId account) {
  db_.write("DELETE FROM bot_intents WHERE account = $1", account);
}

void SqlBotFacts::write() {
  write_gathered([&](const chat::BotFact& fact, std::int64_t times) {
    db_.write(
        "INSERT INTO bot_fact (account, day, kind, intent, language, reason, times)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO UPDATE SET times = times + $7",
        fact.account, fact.day, fact.kind, fact.intent, fact.language, fact.reason, times);
  });
}

std::vector<chat::CountedFact> SqlBotFacts::between(AccountId account, std::int64_t first_day,
                                                    std::int64_t last_day) {
  std::map<chat::BotFact, std::int64_t> counted;
  for (auto rows =
           db_.read("SELECT account, day, kind, intent, language, reason, times FROM bot_fact"
                    " WHERE account = $1 AND day BETWEEN $2 AND $3",
                    account, first_day, last_day);
       rows.next();) {
    chat::BotFact fact;
    rows.read(std::tie(fact.account, fact.day, fact.kind, fact.intent, fact.language, fact.reason));
    constexpr int kTimes = 6;
    counted[std::move(fact)] += rows.integer(kTimes);
  }
  each_gathered([&](const chat::BotFact& fact, std::int64_t times) {
    if (fact.account == account && fact.day >= first_day && fact.day <= last_day)
      counted[fact] += times;
  });
  std::vector<chat::CountedFact> list;
  list.reserve(counted.size());
  for (auto& [fact, count] : counted) list.push_back({fact, count});
  return list;
}

}  // namespace parlor::store::sql
