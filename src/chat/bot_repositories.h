// What the bot of an account knows, and what is counted of its work: parts of a Transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"

namespace parlor::chat {

// A question with its answer, in the account's knowledge base.
struct Question {
  QuestionId id;
  AccountId account;
  std::string question;
  std::string answer;
  std::string language;  // "en", "ar"
  int priority = 0;      // the higher, the earlier
  std::vector<std::string> keywords;
  bool is_published = true;
  Timestamp created_at;
  Timestamp updated_at;

  friend bool operator==(const Question&, const Question&) = default;
};

class Questions {
 public:
  virtual ~Questions() = default;
  virtual std::optional<Question> find(AccountId, QuestionId) = 0;
  virtual std::vector<Question> list(AccountId) = 0;  // at most 1,000, highest priority first
  virtual void insert(const Question&) = 0;
  virtual void update(const Question&) = 0;
  virtual void remove(AccountId, QuestionId) = 0;
};

// The account's own intents in the place of those built in.
struct IntentsDocument {
  AccountId account;
  std::string text;  // JSON, as it was checked
  Timestamp updated_at;
};

class BotIntents {
 public:
  virtual ~BotIntents() = default;
  virtual std::optional<IntentsDocument> find(AccountId) = 0;
  virtual void put(const IntentsDocument&) = 0;
  virtual void remove(AccountId) = 0;
};

// What the bot did, by the day on which it happened. `guided`, `confirmed`, `escalated` with a
// guided problem: by the day on which the bot first helped with it, so that
// guided - confirmed - given_up is what is assumed to be solved.
enum class BotFactKind {
  message,    // of a student, while the bot has the chat
  answered,   // of these, those that it answered
  escalated,  // handed to people
  guided,     // a problem that the bot has begun to help with
  confirmed,  // the student said that it is solved, after guidance
  given_up,   // handed to people, or taken by one, after guidance
  resolved,   // ended by thanks or a yes, guided or not
  came_back,  // the student wrote again within 24 hours of it
};

struct BotFact {
  AccountId account;
  std::int64_t day = 0;  // dates.h
  BotFactKind kind = BotFactKind::message;
  std::string intent;
  std::string language;
  std::string reason;  // escalated: why

  friend auto operator<=>(const BotFact&, const BotFact&) = default;
};

struct CountedFact {
  BotFact fact;
  std::int64_t count = 0;
};

class BotFacts {
 public:
  virtual ~BotFacts() = default;
  // Counts only if the transaction commits, once.
  virtual void add(const BotFact&) = 0;
  virtual std::vector<CountedFact> between(AccountId, std::int64_t first_day,
                                           std::int64_t last_day) = 0;
};

}  // namespace parlor::chat
