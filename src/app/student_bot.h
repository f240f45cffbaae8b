// The bot behind the port that chat knows, and behind the one that changes it: a Bot for each
// account whose intents or questions are its own, and one for all others.
//
//   start ─▶ load() reads what accounts have of their own ─▶ train what is built in, then theirs
//   questions or intents committed ─▶ follow() ─▶ read them, train ─▶ the account's new Bot
//   PUT …/bot/intents ─▶ may they? ─▶ train, refuse what is wrong ─▶ commit ─▶ the same
//
// Thread-safe; owns one thread, on which it trains, one account after the other: whoever asks
// meanwhile is answered by the Bot there is, or waits for the first (when_ready). Bounds:
// kMostWaiting trainings wait; kMostCalls and kMostCallBytes of calls; a Bot an account.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

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
  // Of those that wait for it to be ready; the store's queue has to take them all at once.
  static constexpr std::size_t kMostCalls = 2'048;
  static constexpr std::size_t kMostCallBytes = 8 << 20;

  // Reads the built-in intents: takes milliseconds. invalid when they are wrong.
  static Result<std::unique_ptr<StudentBot>> read();
  // Trained: takes a second or two.
  static Result<std::unique_ptr<StudentBot>> build();
  ~StudentBot() override;  // stop()

  // Before it is asked anything of accounts: reads what they have of their own, and begins to
  // train. `store` is stopped before this is destroyed.
  Result<Ok> load(store::Store& store);
  // What the account's bot knows has changed.
  void follow(AccountId account);
  // Gives up the training that it has begun; calls that wait for it are dropped. Before the store
  // stops.
  void stop();

  bool is_ready(AccountId account) const override;
  bool when_ready(AccountId account, std::size_t bytes, std::function<void()> then) const override;
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

  struct WaitingCall {
    AccountId account;
    std::size_t bytes = 0;
    std::function<void()> then;
  };

  explicit StudentBot(BotPtr built_in);
  void learn();
  void learn_built_in();
  void learn_own(AccountId account);
  void set_bot(AccountId account, BotPtr bot);
  void release_calls();
  const BotPtr& bot_under_lock(AccountId account) const;
  BotPtr bot_of(AccountId account) const;
  BotPtr trained(AccountId account, const std::string& intents);
  Result<Ok> renew(const chat::BotKnowledge& knowledge);
  void reload(AccountId account, const std::function<void(Result<Ok>)>& then);
  void train(const std::shared_ptr<Replacement>& replacement);
  void commit(const std::shared_ptr<Replacement>& replacement);

  store::Store* store_ = nullptr;
  std::atomic<bool> is_learning_ = true;
  std::stop_source stopping_;
  mutable std::mutex mutex_;
  BotPtr built_in_;
  std::unordered_map<AccountId, Trained> bots_;  // changed by load() and the worker
  mutable std::vector<WaitingCall> calls_;       // in the order of their coming
  mutable std::size_t call_bytes_ = 0;
  std::unordered_set<AccountId> with_visitors_;      // a bot is on in an inbox of theirs
  std::unordered_map<AccountId, Trained> prepared_;  // trained, not committed yet
  ThreadWorkers worker_;
};

}  // namespace parlor::app
