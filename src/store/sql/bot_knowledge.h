// What the bot of an account knows, by key, and the counters of its work.
#pragma once

#include <optional>
#include <vector>

#include "chat/bot_repositories.h"
#include "store/sql/connection.h"
#include "store/sql/gathered.h"

namespace parlor::store::sql {

class SqlQuestions final : public chat::Questions {
 public:
  explicit SqlQuestions(Connection& db) : db_(db) {}
  std::optional<chat::Question> find(AccountId account, QuestionId id) override;
  std::vector<chat::Question> list(AccountId account) override;
  void insert(const chat::Question& question) override;
  void update(const chat::Question& question) override;
  void remove(AccountId account, QuestionId id) override;

 private:
  Connection& db_;
};

class SqlBotIntents final : public chat::BotIntents {
 public:
  explicit SqlBotIntents(Connection& db) : db_(db) {}
  std::optional<chat::IntentsDocument> find(AccountId account) override;
  void put(const chat::IntentsDocument& document) override;
  void remove(AccountId account) override;

 private:
  Connection& db_;
};

class SqlBotFacts final : public chat::BotFacts, public Gathered<chat::BotFact, std::int64_t> {
 public:
  explicit SqlBotFacts(Connection& db) : db_(db) {}

  void write();

  void add(const chat::BotFact& fact) override { gather(fact, 1); }
  std::vector<chat::CountedFact> between(AccountId account, std::int64_t first_day,
                                         std::int64_t last_day) override;

 private:
  Connection& db_;
};

}  // namespace parlor::store::sql
