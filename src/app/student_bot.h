// The bot behind the port that chat knows, and behind the one that changes it: a Bot for each
// account whose intents or questions are its own, and one for all others.
//
//   questions or intents committed ─▶ follow() ─▶ read them, train ─▶ the account's new Bot
//   PUT …/bot/intents ─▶ may they? ─▶ train, refuse what is wrong ─▶ commit ─▶ the same
//
// Thread-safe; owns one thread, on which it trains, one account after the other: whoever asks
// meanwhile is answered by the Bot there is. Bounds: kMostWaiting trainings wait; a Bot an account.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/workers.h"
#include "bot/bot.h"
#include "chat/bot_intents.h"
#include "chat/responder.h"
#include "dialects/student/bot_workshop.h"
#include "store/store.h"

namespace parlor::app {

class StudentBot final : public chat::Responder, public dialects::student::BotWorkshop {
 public:
  static constexpr std::size_t kMostWaiting = 1'024;

  // Trains the built-in intents: takes a second or two. invalid when they are wrong.
  static Result<std::unique_ptr<StudentBot>> build();
  ~StudentBot() override;  // stop()

  // Before it is asked anything of accounts: reads what they have of their own. `store` is stopped
  // before this is destroyed.
  Result<Ok> load(store::Store& store);
  // What the account's bot knows has changed.
  void follow(AccountId account);
  // Finishes what it has begun. Before the store stops.
  void stop();

  bool answers_visitors() const override;
  chat::UnderstandingPtr understand(AccountId account, std::string_view text) const override;
  chat::BotDecision decide(const chat::BotSituation& situation,
                           const chat::UnderstandingPtr& understood) const override;
  chat::BotDecision notice_of_long_wait(const chat::BotSituation& situation) const override;
  chat::BotTrial try_out(AccountId account, std::string_view text) const override;
  std::string fill_in(const chat::BotSituation& situation, std::string_view text,
                      std::string_view language) const override;
  std::string_view built_in_intents() const override;
  std::vector<chat::Question> first_questions() const override;

  void replace_intents(dialects::Caller caller, std::string text,
                       std::function<void(Result<Ok>)> then) override;

 private:
  using BotPtr = std::shared_ptr<const bot::Bot>;
  struct Replacement;
  // A Bot with the intents that it was trained from.
  struct Trained {
    std::string intents;  // empty = built in
    BotPtr bot;
  };

  explicit StudentBot(BotPtr built_in);
  BotPtr bot_of(AccountId account) const;
  BotPtr trained(AccountId account, const std::string& intents);
  Result<Ok> renew(const chat::BotKnowledge& knowledge);
  void reload(AccountId account, const std::function<void(Result<Ok>)>& then);
  void train(const std::shared_ptr<Replacement>& replacement);
  void commit(const std::shared_ptr<Replacement>& replacement);

  const BotPtr built_in_;
  store::Store* store_ = nullptr;
  mutable std::mutex mutex_;
  std::unordered_map<AccountId, Trained> bots_;
  std::unordered_set<AccountId> with_visitors_;      // a bot is on in an inbox of theirs
  std::unordered_map<AccountId, Trained> prepared_;  // trained, not committed yet
  ThreadWorkers worker_;
};

}  // namespace parlor::app
