// What the bot of an account knows, by key, and the counters of its work.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "chat/bot_repositories.h"
#include "store/sql/connection.h"

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

// Gathered in memory and written once for a whole commit, as statistics.h explains.
class SqlBotFacts final : public chat::BotFacts {
 public:
  explicit SqlBotFacts(Connection& db) : db_(db) {}

  void forget() { job_.clear(); }
  void keep();
  void write();
  void drop();

  void add(const chat::BotFact& fact) override { job_.push_back(fact); }
  std::vector<chat::CountedFact> between(AccountId account, std::int64_t first_day,
                                         std::int64_t last_day) override;

 private:
  using Gathered = std::map<chat::BotFact, std::int64_t>;

  Connection& db_;
  std::vector<chat::BotFact> job_;
  Gathered group_;
};

}  // namespace parlor::store::sql
