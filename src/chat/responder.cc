#include "chat/responder.h"

#include <chrono>
#include <exception>

namespace parlor::chat {
namespace {

constexpr std::chrono::seconds kLearningRetry{2};

}  // namespace

BotInput hear(const Responder* responder, AccountId account, std::string_view text) {
  BotInput bot;
  bot.responder = responder;
  if (!responder || !responder->is_ready(account)) return bot;
  try {
    bot.understood = responder->understand(account, text);
  } catch (const std::exception&) {
    bot.understood = nullptr;
  }
  bot.is_broken = !bot.understood;  // then people have the chat
  return bot;
}

const Responder* awaited_bot(const BotInput& bot, AccountId account) {
  if (!bot.responder || bot.understood || bot.is_broken) return nullptr;
  return bot.responder->is_ready(account) ? nullptr : bot.responder;
}

Result<Ok> require_ready(const BotInput& bot, AccountId account) {
  if (!awaited_bot(bot, account)) return Ok();
  return Failure(Error{ErrorCode::unavailable, "the bot is still learning; try again in a moment",
                       kLearningRetry});
}

}  // namespace parlor::chat
