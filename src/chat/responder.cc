#include "chat/responder.h"

#include <exception>

namespace parlor::chat {

BotInput hear(const Responder* responder, AccountId account, std::string_view text) {
  BotInput bot{responder, nullptr};
  if (!responder) return bot;
  try {
    bot.understood = responder->understand(account, text);
  } catch (const std::exception&) {
    bot.understood = nullptr;  // then people have the chat
  }
  return bot;
}

}  // namespace parlor::chat
