#include "chat/questions.h"

#include <algorithm>
#include <utility>

#include "chat/audit.h"
#include "chat/bot_turn.h"
#include "chat/fields.h"
#include "chat/idempotency.h"
#include "chat/student_inbox.h"
#include "chat/utf8.h"

namespace parlor::chat {

namespace {

constexpr int kMostPriority = 1'000'000;

Failure question_not_found() { return fail(ErrorCode::not_found, "FAQ not found"); }

AuditSubject subject_of(const Question& question) {
  return {question.id.value, std::string(first_characters(question.question, kMaxNameCharacters))};
}

// Arabic script begins at U+0600: bytes D8 to DB, in UTF-8, lead its letters.
std::string language_of(std::string_view text) {
  const auto arabic = std::count_if(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xD8 && byte <= 0xDB;
  });
  const auto latin = std::count_if(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  return arabic > latin ? "ar" : "en";
}

Result<std::string> required_text(std::string_view field, std::string_view value,
                                  std::size_t most) {
  if (trimmed(value).empty()) return fail(ErrorCode::invalid, std::string(field) + " is required");
  return check_text(field, trimmed(value), most);
}

Result<std::vector<std::string>> check_keywords(const std::vector<std::string>& written) {
  if (written.size() > kMaxKeywords) {
    return fail(ErrorCode::invalid,
                "a FAQ has at most " + std::to_string(kMaxKeywords) + " keywords");
  }
  std::vector<std::string> keywords;
  for (const auto& word : written) {
    auto line = check_required_line("keywords", word, kMaxNameCharacters);
    if (!line) return line.failure();
    keywords.push_back(std::move(*line));
  }
  return keywords;
}

Result<Question> with_changes(Question question, const WriteQuestion& input) {
  auto text =
      required_text("question", input.question.value_or(question.question), kMaxQuestionCharacters);
  if (!text) return text.failure();
  auto answer =
      required_text("answer", input.answer.value_or(question.answer), kMaxAnswerCharacters);
  if (!answer) return answer.failure();
  auto keywords = check_keywords(input.keywords.value_or(question.keywords));
  if (!keywords) return keywords.failure();
  question.question = std::move(*text);
  question.answer = std::move(*answer);
  question.keywords = std::move(*keywords);
  if (input.language) question.language = *input.language;
  if (question.language.empty()) question.language = language_of(question.question);
  if (question.language != "en" && question.language != "ar") {
    return fail(ErrorCode::invalid, "language must be one of: en, ar");
  }
  question.priority = input.priority.value_or(question.priority);
  if (std::abs(question.priority) > kMostPriority) {
    return fail(ErrorCode::invalid, "priority must be a number from -1000000 to 1000000");
  }
  question.is_published = input.is_published.value_or(question.is_published);
  return question;
}

std::string digest_of(const WriteQuestion& input) {
  BodyDigest digest;
  digest.add(input.question.value_or("")).add(input.answer.value_or(""));
  digest.add(input.language.value_or("")).add(std::int64_t{input.priority.value_or(0)});
  digest.add(std::int64_t{input.is_published.value_or(true)});
  for (const auto& word : input.keywords.value_or(std::vector<std::string>())) digest.add(word);
  return digest.finish();
}

bool mentions(const Question& question, std::string_view wanted) {
  const auto has = [&](std::string_view text) {
    return lower_case(text).find(wanted) != std::string::npos;
  };
  return has(question.question) || has(question.answer) ||
         std::any_of(question.keywords.begin(), question.keywords.end(), has);
}

Result<Question> add_question(Transaction& transaction, const Actor& actor,
                              const WriteQuestion& input) {
  const RepeatableWrite write(actor, "write_question", input.client_id, digest_of(input));
  const auto earlier = write.earlier(transaction);
  if (!earlier) return earlier.failure();
  if (*earlier) {
    auto question = transaction.questions().find(actor.account, QuestionId{(*earlier)->subject});
    if (!question) return fail(ErrorCode::gone, "The FAQ made with this client id was deleted");
    return std::move(*question);
  }
  auto question = with_changes(Question(), input);
  if (!question) return question;
  if (transaction.questions().list(actor.account).size() >= kMaxQuestions) {
    return fail(ErrorCode::conflict,
                "An account has at most " + std::to_string(kMaxQuestions) + " FAQs");
  }
  question->id = transaction.ids().make<QuestionId>();
  question->account = actor.account;
  question->created_at = transaction.now();
  question->updated_at = transaction.now();
  transaction.questions().insert(*question);
  audit(transaction, actor, "faq.created", subject_of(*question), Changes());
  announce_knowledge(transaction, actor.account);
  write.remember(transaction, question->id.value);
  return question;
}

}  // namespace

Result<std::vector<Question>> list_questions(Transaction& transaction, const Actor& actor,
                                             const ListQuestions& input) {
  if (!require_student(actor)) {
    if (auto admin = require_student_admin(transaction, actor); !admin) return admin.failure();
  }
  auto questions = transaction.questions().list(actor.account);
  const auto wanted = lower_case(trimmed(input.search));
  std::erase_if(questions, [&](const Question& question) {
    return !question.is_published ||
           (!input.language.empty() && question.language != input.language) ||
           (!wanted.empty() && !mentions(question, wanted));
  });
  const auto inbox = find_student_inbox(transaction, actor.account);
  if (!input.responder || !inbox) return questions;
  const auto situation = situation_in(transaction, *inbox);
  for (auto& question : questions) {
    question.answer = input.responder->fill_in(situation, question.answer, question.language);
    question.question = input.responder->fill_in(situation, question.question, question.language);
  }
  return questions;
}

Result<std::vector<Question>> list_all_questions(Transaction& transaction, const Actor& actor,
                                                 const ListQuestions& input) {
  if (auto admin = require_student_admin(transaction, actor); !admin) return admin.failure();
  auto questions = transaction.questions().list(actor.account);
  const auto wanted = lower_case(trimmed(input.search));
  std::erase_if(questions, [&](const Question& question) {
    return (!input.language.empty() && question.language != input.language) ||
           (!wanted.empty() && !mentions(question, wanted));
  });
  return questions;
}

Result<Question> write_question(Transaction& transaction, const Actor& actor,
                                const WriteQuestion& input) {
  if (auto admin = require_student_admin(transaction, actor); !admin) return admin.failure();
  if (!input.id) return add_question(transaction, actor, input);
  const auto before = transaction.questions().find(actor.account, input.id);
  if (!before) return question_not_found();
  auto question = with_changes(*before, input);
  if (!question || *question == *before) return question;
  question->updated_at = transaction.now();
  transaction.questions().update(*question);
  audit(transaction, actor, "faq.updated", subject_of(*question), Changes());
  announce_knowledge(transaction, actor.account);
  return question;
}

Result<Ok> remove_question(Transaction& transaction, const Actor& actor, const QuestionId& id) {
  if (auto admin = require_student_admin(transaction, actor); !admin) return admin.failure();
  const auto question = transaction.questions().find(actor.account, id);
  if (!question) return question_not_found();
  transaction.questions().remove(actor.account, id);
  audit(transaction, actor, "faq.deleted", subject_of(*question), Changes());
  announce_knowledge(transaction, actor.account);
  return Ok{};
}

void add_first_questions(Transaction& transaction, AccountId account,
                         std::vector<Question> questions) {
  if (!transaction.questions().list(account).empty()) return;
  for (Question& question : questions) {
    question.id = transaction.ids().make<QuestionId>();
    question.account = account;
    question.created_at = transaction.now();
    question.updated_at = transaction.now();
    transaction.questions().insert(question);
  }
  announce_knowledge(transaction, account);
}

void announce_knowledge(Transaction& transaction, AccountId account) {
  Event event;
  event.audience.account = account;
  event.body = BotKnowledgeChanged{};
  transaction.record(std::move(event));
}

}  // namespace parlor::chat
