#include "chat/bot_intents.h"

#include <algorithm>
#include <utility>

#include "chat/audit.h"
#include "chat/questions.h"
#include "chat/student_inbox.h"
#include "chat/utf8.h"

namespace parlor::chat {

Result<IntentsView> get_intents(Transaction& transaction, const Actor& actor,
                                const ReadIntents& input) {
  if (auto admin = require_student_admin(transaction, actor); !admin) return admin.failure();
  IntentsView view;
  if (auto own = transaction.bot_intents().find(actor.account)) {
    view.text = std::move(own->text);
    view.is_own = true;
    view.updated_at = own->updated_at;
    return view;
  }
  if (!input.responder) return fail(ErrorCode::unavailable, "the bot is not running");
  view.text = input.responder->built_in_intents();
  return view;
}

Result<Ok> may_replace_intents(Transaction& transaction, const Actor& actor, const Ok&) {
  return require_student_admin(transaction, actor);
}

Result<Ok> replace_intents(Transaction& transaction, const Actor& actor,
                           const ReplaceIntents& input) {
  if (auto admin = require_student_admin(transaction, actor); !admin) return admin.failure();
  if (input.text.empty()) {
    transaction.bot_intents().remove(actor.account);
  } else {
    transaction.bot_intents().put({actor.account, input.text, transaction.now()});
  }
  audit(transaction, actor, input.text.empty() ? "bot.intents_reset" : "bot.intents_replaced",
        {actor.account.value, "intents"});
  announce_knowledge(transaction, actor.account);
  return Ok{};
}

Result<BotTrial> try_bot(Transaction& transaction, const Actor& actor, const TryBot& input) {
  if (auto admin = require_student_admin(transaction, actor); !admin) return admin.failure();
  if (trimmed(input.text).empty()) return fail(ErrorCode::invalid, "text is required");
  const auto* responder = input.bot.responder;
  if (!responder) return fail(ErrorCode::unavailable, "the bot is not running");
  if (auto ready = require_ready(input.bot, actor.account); !ready) return ready.failure();
  return responder->try_out(actor.account, input.text);
}

BotKnowledge read_bot_knowledge(Transaction& transaction, AccountId account) {
  BotKnowledge knowledge;
  knowledge.account = account;
  if (auto own = transaction.bot_intents().find(account)) knowledge.intents = std::move(own->text);
  knowledge.questions = transaction.questions().list(account);
  std::erase_if(knowledge.questions,
                [](const Question& question) { return !question.is_published; });
  const auto inboxes = transaction.inboxes().list(account);
  knowledge.answers_visitors = std::any_of(inboxes.begin(), inboxes.end(), [](const Inbox& inbox) {
    return inbox.has_bot && inbox.channel != Channel::student;
  });
  return knowledge;
}

std::vector<BotKnowledge> read_all_bot_knowledge(Transaction& transaction) {
  std::vector<BotKnowledge> all;
  for (const Account& account : transaction.accounts().list()) {
    auto knowledge = read_bot_knowledge(transaction, account.id);
    if (!knowledge.answers_visitors && !find_student_inbox(transaction, account.id)) continue;
    all.push_back(std::move(knowledge));
  }
  return all;
}

}  // namespace parlor::chat
