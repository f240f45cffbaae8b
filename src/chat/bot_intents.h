// The intents of an account's bot: built in, or its own. For administrators of the student inbox.
//
// A document is checked and trained before it comes here; it is in force once it is committed
// (BotKnowledgeChanged).
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/responder.h"
#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr std::size_t kMaxIntentsBytes = 2 * 1024 * 1024;

struct ReadIntents {
  const Responder* responder = nullptr;
};
struct IntentsView {
  std::string text;  // JSON
  bool is_own = false;
  Timestamp updated_at;  // of its own
};
Result<IntentsView> get_intents(Transaction& transaction, const Actor& actor,
                                const ReadIntents& input);

struct ReplaceIntents {
  std::string text;  // empty = those built in again
};
Result<Ok> replace_intents(Transaction& transaction, const Actor& actor,
                           const ReplaceIntents& input);

struct TryBot {
  BotInput bot;
  std::string text;
};
// invalid: no text; unavailable: there is no bot.
Result<BotTrial> try_bot(Transaction& transaction, const Actor& actor, const TryBot& input);

// Whether somebody may, before what they send is trained.
Result<Ok> may_replace_intents(Transaction& transaction, const Actor& actor, const Ok&);

// What the bot of an account is made of.
struct BotKnowledge {
  AccountId account;
  std::string intents;              // empty = built in
  std::vector<Question> questions;  // published
  bool answers_visitors = false;    // an inbox beside the students' has its bot on
};
BotKnowledge read_bot_knowledge(Transaction& transaction, AccountId account);
// Of every account that has a student inbox or a bot.
std::vector<BotKnowledge> read_all_bot_knowledge(Transaction& transaction);

}  // namespace parlor::chat
