// The port to the bot: what it understands of a message, before the transaction, and what it does
// about it, inside.
//
//   understand(account, text)  ─▶  Understanding      any thread, under a millisecond, may fail
//   decide(situation, understanding)  ─▶  BotDecision  pure, microseconds, inside the transaction
//
// So a customer's message, the bot's reply and what becomes of the chat are one atomic step.
// Whatever fails of it is a hand-off to people, never a lost message (bot_turn.h). A message to a
// bot that still learns is not written yet (require_ready): its call comes again when it is ready.
//
// Thread-safe; outlives every call that carries it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "chat/account_settings.h"
#include "chat/bot_repositories.h"
#include "chat/message.h"
#include "chat/student_chat.h"

namespace parlor::chat {

// What one message says, found without knowing its chat: the Responder's own.
class Understanding {
 public:
  virtual ~Understanding() = default;
};
using UnderstandingPtr = std::shared_ptr<const Understanding>;

// What the bot reads of a message that is no text: its caption, should it have one.
enum class HeardAs { text, image, voice, file };

struct BotSituation {
  AccountId account;
  StudentStatus status = StudentStatus::bot_handling;
  std::string dialogue;  // as the last decision left it
  std::string language;  // "en", "ar"; empty = not known yet
  HeardAs heard_as = HeardAs::text;
  bool has_text = true;
  // Since a person resolved or closed the chat; nothing when it is not over, or the bot did it.
  std::optional<std::int64_t> resolved_by_person_ago_ms;
  bool sending_pauses = true;             // while the customer waits for a person
  std::vector<Placeholder> placeholders;  // what stands for {name} in its texts, in any language
  std::string hours_en;  // the inbox's opening hours, for {hours}; empty = always open, or not said
  std::string hours_ar;
};

struct BotReply {
  std::string language;
  std::string kind;  // "guide", "menu", …: the Responder's names
  std::string text;
  std::string sender_name;
  std::vector<QuickReply> quick_replies;
  bool is_help = false;  // guidance: the problem counts as one that the bot has begun to help with
};

struct BotDecision {
  StudentStatus status = StudentStatus::bot_handling;  // of the chat, after this message
  std::string intent;
  int attempts = 0;
  std::string language;
  std::string dialogue;
  std::optional<BotReply> reply;          // nothing: silent
  std::optional<std::string> escalation;  // why the chat goes to people by this message
  std::string note;                       // for the team, with an escalation; may be empty
  bool notify_team = false;               // the student asked for a person who is there already
  bool same_admin_first = false;          // whoever resolved it is to see to it again
  bool is_confirmed = false;              // resolved by a yes, a thanks or a "solved"
};

struct ScoredName {
  std::string name;
  double confidence = 0;
};
struct BotTrial {
  std::string language;             // empty: the text has none
  std::string control;              // "human", "thanks", …; "none"
  std::vector<ScoredName> intents;  // likeliest first
  std::string question;             // of the knowledge base, the one that comes close; empty = none
  std::string answer;
  double question_score = 0;
  BotDecision decision;
};

class Responder {
 public:
  virtual ~Responder() = default;

  // Whether it has learned what this account's bot knows: after a start that takes a second or two.
  // Before, it understands nothing.
  virtual bool is_ready(AccountId) const { return true; }
  // Calls `then` once it is ready: at once, or later on a thread of its own. False, and `then` is
  // dropped, when too much waits, counted in `bytes`. NOLINTNEXTLINE(*-unnecessary-value-param)
  virtual bool when_ready(AccountId, std::size_t /*bytes*/, std::function<void()> then) const {
    then();
    return true;
  }

  // Whether any account's bot answers visitors: else nobody asks before each of their messages. It
  // may lag behind a change of an inbox.
  virtual bool answers_visitors() const { return true; }
  // Null when it broke.
  virtual UnderstandingPtr understand(AccountId account, std::string_view text) const = 0;
  // `understood` is of this Responder; null: it broke.
  virtual BotDecision decide(const BotSituation& situation,
                             const UnderstandingPtr& understood) const = 0;
  // To a student who waits for a person longer than they should: a reply and its dialogue.
  virtual BotDecision notice_of_long_wait(const BotSituation& situation) const = 0;

  // For administrators: what it understands of a text and would answer to it in a new chat.
  virtual BotTrial try_out(AccountId account, std::string_view text) const = 0;
  // A text of the knowledge base with what stands in braces filled in, for this language's reader.
  virtual std::string fill_in(const BotSituation&, std::string_view text,
                              std::string_view /*language*/) const {
    return std::string(text);
  }
  // The intents of accounts that have none of their own, JSON.
  virtual std::string_view built_in_intents() const = 0;
  // What a new student inbox's knowledge base begins with.
  virtual std::vector<Question> first_questions() const = 0;
};

// What a call that may be answered by the bot carries into its transaction.
struct BotInput {
  const Responder* responder = nullptr;
  UnderstandingPtr understood;  // null: it listens in the transaction, if there is a bot
  bool is_broken = false;       // it broke when it was to understand
};

// What a message says to the account's bot: before the transaction, if it is ready.
BotInput hear(const Responder* responder, AccountId account, std::string_view text);

// The bot that is not ready to answer this account's customers yet; null: it is, it has understood
// already, or there is none.
const Responder* awaited_bot(const BotInput& bot, AccountId account);

// Asked before it takes its turn. unavailable: it still learns.
Result<Ok> require_ready(const BotInput& bot, AccountId account);

}  // namespace parlor::chat
