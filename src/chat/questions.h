// The knowledge base of an account's bot: questions with their answers (spec student-support.md).
//
// Published ones are read by its students; administrators of the student inbox edit them. Each
// change is in force for the next message that arrives (BotKnowledgeChanged).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/responder.h"
#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr std::size_t kMaxQuestions = 1'000;
inline constexpr std::size_t kMaxQuestionCharacters = 500;
inline constexpr std::size_t kMaxAnswerCharacters = 5'000;
inline constexpr std::size_t kMaxKeywords = 50;

struct ListQuestions {
  std::string language;  // "en", "ar"; empty = both
  std::string search;    // in question, answer and keywords, letters of either case; empty = all
  const Responder* responder = nullptr;  // fills in what stands in braces, for readers
};
// Published ones as their readers see them, the highest priority first: for students and
// administrators.
Result<std::vector<Question>> list_questions(Transaction& transaction, const Actor& actor,
                                             const ListQuestions& input);
// For administrators: unpublished ones too.
Result<std::vector<Question>> list_all_questions(Transaction& transaction, const Actor& actor,
                                                 const ListQuestions& input);

// Of a new question `question` and `answer` are required; of one that is there, what is not given
// stays.
struct WriteQuestion {
  QuestionId id;  // 0 = a new one
  std::optional<std::string> question;
  std::optional<std::string> answer;
  std::optional<std::string> language;  // of a new one: its letters say, if it is not given
  std::optional<int> priority;          // -1,000,000 to 1,000,000
  std::optional<std::vector<std::string>> keywords;
  std::optional<bool> is_published;
  std::string client_id;
};
// invalid; not_found "FAQ not found"; conflict: too many.
Result<Question> write_question(Transaction& transaction, const Actor& actor,
                                const WriteQuestion& input);
Result<Ok> remove_question(Transaction& transaction, const Actor& actor, const QuestionId& id);

// Of a new student inbox, unless there are questions already.
void add_first_questions(Transaction& transaction, AccountId account,
                         std::vector<Question> questions);

// The account's bot knows other things now.
void announce_knowledge(Transaction& transaction, AccountId account);

}  // namespace parlor::chat
