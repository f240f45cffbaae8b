#include "app/student_bot.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "app/function_job.h"
#include "app/student_bot_values.h"
#include "base/log.h"
#include "bot/speech.h"

namespace parlor::app {
namespace {

// Whoever has understood decides: its Bot goes with it.
struct Heard final : chat::Understanding {
  Heard(std::shared_ptr<const bot::Bot> by, bot::Detected what)
      : bot(std::move(by)), detected(std::move(what)) {}
  std::shared_ptr<const bot::Bot> bot;
  bot::Detected detected;
};

Failure busy() {
  return Failure(Error{ErrorCode::unavailable, "the bot is being trained; try again in a moment",
                       std::chrono::seconds(5)});
}

Failure stopped() {
  return Failure(Error{ErrorCode::unavailable, "the server is stopping; try again in a moment",
                       std::chrono::seconds(5)});
}

}  // namespace

struct StudentBot::Replacement {
  dialects::Caller caller;
  AccountId account;
  std::string text;
  std::function<void(Result<Ok>)> then;
};

Result<std::unique_ptr<StudentBot>> StudentBot::read() {
  auto built_in = bot::Bot::read(bot::builtin_intents(), bot::builtin_questions());
  if (!built_in) return built_in.failure();
  return std::unique_ptr<StudentBot>(new StudentBot(std::move(*built_in)));
}

Result<std::unique_ptr<StudentBot>> StudentBot::build() {
  auto made = read();
  if (made) (*made)->learn();
  return made;
}

StudentBot::StudentBot(BotPtr built_in)
    : built_in_(std::move(built_in)), worker_(1, kMostWaiting) {}

StudentBot::~StudentBot() { stop(); }

void StudentBot::stop() {
  stopping_.request_stop();
  worker_.stop();
  std::vector<WaitingCall> dropped;
  const std::lock_guard lock(mutex_);
  dropped.swap(calls_);
}

Result<Ok> StudentBot::load(store::Store& store) {
  store_ = &store;
  auto all = run_and_wait(store, store::Lane::read, [](chat::Transaction& transaction) {
    return Result<std::vector<chat::BotKnowledge>>(chat::read_all_bot_knowledge(transaction));
  });
  if (!all) return all.failure();
  for (const auto& knowledge : *all) {
    const auto renewed = renew(knowledge);
    // Its students are answered as those of accounts without intents of their own.
    if (!renewed) log::error("the intents of an account are damaged: {}", renewed.error().message);
  }
  worker_.submit([this] { learn(); });
  return Ok();
}

// What is there at the start, in the order in which most are served soonest. Whatever cannot be
// learned understands nothing, and its chats go to people.
void StudentBot::learn() {
  const auto begin = std::chrono::steady_clock::now();
  const auto try_to = [this](const auto& learn_one) {
    if (stopping_.stop_requested()) return;
    try {
      learn_one();
    } catch (const std::exception& error) {
      log::error("the bot could not learn: {}", error.what());
    }
    release_calls();
  };
  try_to([this] { learn_built_in(); });
  std::vector<AccountId> owners;
  for (const auto& [account, own] : bots_)
    if (!own.intents.empty()) owners.push_back(account);
  for (const auto account : owners) try_to([&] { learn_own(account); });
  if (stopping_.stop_requested()) return;
  is_learning_ = false;
  release_calls();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  log::info("the bot has learned what it knows in {:.1f} s", took.count());
}

void StudentBot::learn_built_in() {
  auto learned = built_in_->learned(stopping_.get_token());
  if (!learned) return;
  std::unordered_map<AccountId, BotPtr> with_own_questions;
  for (const auto& [account, own] : bots_)
    if (own.intents.empty())
      with_own_questions[account] = learned->with_questions(own.bot->questions());
  {
    const std::lock_guard lock(mutex_);
    built_in_ = std::move(learned);
  }
  for (auto& [account, bot] : with_own_questions) set_bot(account, std::move(bot));
}

void StudentBot::learn_own(AccountId account) {
  auto learned = bots_.find(account)->second.bot->learned(stopping_.get_token());
  if (learned) set_bot(account, std::move(learned));
}

void StudentBot::set_bot(AccountId account, BotPtr bot) {
  const std::lock_guard lock(mutex_);
  bots_[account].bot = std::move(bot);
}

// Those whose bot is ready now.
void StudentBot::release_calls() {
  std::vector<WaitingCall> released;
  {
    const std::lock_guard lock(mutex_);
    const auto waits = [this](const WaitingCall& call) {
      return is_learning_ && !bot_under_lock(call.account)->has_learned();
    };
    const auto ready = std::stable_partition(calls_.begin(), calls_.end(), waits);
    std::move(ready, calls_.end(), std::back_inserter(released));
    calls_.erase(ready, calls_.end());
    for (const auto& call : released) call_bytes_ -= call.bytes;
  }
  for (const auto& call : released) call.then();
}

bool StudentBot::is_ready(AccountId account) const {
  return !is_learning_ || bot_of(account)->has_learned();
}

bool StudentBot::when_ready(AccountId account, std::size_t bytes,
                            std::function<void()> then) const {
  {
    const std::lock_guard lock(mutex_);
    if (is_learning_ && !bot_under_lock(account)->has_learned()) {
      if (calls_.size() >= kMostCalls || call_bytes_ + bytes > kMostCallBytes) return false;
      call_bytes_ += bytes;
      calls_.push_back({account, bytes, std::move(then)});
      return true;
    }
  }
  then();
  return true;
}

const StudentBot::BotPtr& StudentBot::bot_under_lock(AccountId account) const {
  const auto own = bots_.find(account);
  return own == bots_.end() ? built_in_ : own->second.bot;
}

StudentBot::BotPtr StudentBot::bot_of(AccountId account) const {
  const std::lock_guard lock(mutex_);
  return bot_under_lock(account);
}

// A Bot of the account's that was trained from these intents, with whatever questions.
StudentBot::BotPtr StudentBot::trained(AccountId account, const std::string& intents) {
  const std::lock_guard lock(mutex_);
  if (intents.empty()) return built_in_;
  for (const auto* bots : {&prepared_, &bots_}) {
    const auto known = bots->find(account);
    if (known != bots->end() && known->second.intents == intents) return known->second.bot;
  }
  return nullptr;
}

Result<Ok> StudentBot::renew(const chat::BotKnowledge& knowledge) {
  auto questions = to_bot(knowledge.questions);
  auto bot = trained(knowledge.account, knowledge.intents);
  if (bot) {
    bot = bot->with_questions(std::move(questions));
  } else {
    auto read = bot::Bot::read(knowledge.intents, std::move(questions));
    if (!read) return read.failure();
    bot = is_learning_ ? std::move(*read) : (*read)->learned(stopping_.get_token());
    if (!bot) return stopped();
  }
  const std::lock_guard lock(mutex_);
  if (knowledge.answers_visitors) {
    with_visitors_.insert(knowledge.account);
  } else {
    with_visitors_.erase(knowledge.account);
  }
  bots_[knowledge.account] = {knowledge.intents, std::move(bot)};
  return Ok();
}

void StudentBot::follow(AccountId account) {
  const bool taken = worker_.submit([this, account] { reload(account, nullptr); });
  if (!taken) log::warn("the bot is too busy to learn what an account has changed");
}

// On the worker: what is newest in the store, in the order of asking.
void StudentBot::reload(AccountId account, const std::function<void(Result<Ok>)>& then) {
  auto knowledge =
      run_and_wait(*store_, store::Lane::read, [account](chat::Transaction& transaction) {
        return Result<chat::BotKnowledge>(chat::read_bot_knowledge(transaction, account));
      });
  auto renewed = knowledge ? renew(*knowledge) : Result<Ok>(knowledge.failure());
  if (!renewed) log::error("the bot could not learn: {}", renewed.error().message);
  if (then) then(std::move(renewed));
}

bool StudentBot::answers_visitors() const {
  const std::lock_guard lock(mutex_);
  return !with_visitors_.empty();
}

chat::UnderstandingPtr StudentBot::understand(AccountId account, std::string_view text) const {
  auto bot = bot_of(account);
  auto detected = bot->detect(text);
  return std::make_shared<Heard>(std::move(bot), std::move(detected));
}

chat::BotDecision StudentBot::decide(const chat::BotSituation& situation,
                                     const chat::UnderstandingPtr& understood) const {
  const auto seen = to_bot(situation);
  const auto* heard = dynamic_cast<const Heard*>(understood.get());
  if (!heard) return from_bot(bot::escalate_after_failure(seen, seen.dialogue.language));
  return from_bot(heard->bot->decide(seen, heard->detected));
}

chat::BotDecision StudentBot::notice_of_long_wait(const chat::BotSituation& situation) const {
  return from_bot(bot_of(situation.account)->notice_of_long_wait(to_bot(situation)));
}

chat::BotTrial StudentBot::try_out(AccountId account, std::string_view text) const {
  const auto bot = bot_of(account);
  const auto detected = bot->detect(text);
  return trial_of(*bot, detected, bot->decide(bot::Situation(), detected));
}

std::string StudentBot::fill_in(const chat::BotSituation& situation, std::string_view text,
                                std::string_view language) const {
  const auto bot = bot_of(situation.account);
  const auto placeholders = to_bot(situation).placeholders;
  const auto spoken = language == "ar" ? bot::Language::arabic : bot::Language::english;
  return bot::Speech(bot->intents(), placeholders, spoken).fill(std::string(text));
}

std::string_view StudentBot::built_in_intents() const { return bot::builtin_intents(); }

std::vector<chat::Question> StudentBot::first_questions() const {
  return from_bot(bot::builtin_questions());
}

void StudentBot::replace_intents(dialects::Caller caller, std::string text,
                                 std::function<void(Result<Ok>)> then) {
  const auto account = dialects::account_of(caller);
  auto replacement = std::make_shared<Replacement>(
      Replacement{std::move(caller), account, std::move(text), std::move(then)});
  store_->submit(store::Lane::read,
                 make_job(
                     account,
                     [replacement](chat::Transaction& transaction) -> Result<Ok> {
                       const auto actor = dialects::resolve(transaction, replacement->caller);
                       if (!actor) return actor.failure();
                       return chat::may_replace_intents(transaction, *actor, Ok());
                     },
                     [this, replacement](const Result<Ok>& allowed) {
                       if (!allowed) return replacement->then(allowed);
                       if (worker_.submit([this, replacement] { train(replacement); })) return;
                       replacement->then(busy());
                     }));
}

// On the worker.
void StudentBot::train(const std::shared_ptr<Replacement>& replacement) {
  const auto& text = replacement->text;
  if (!text.empty()) {
    const auto read = bot::Bot::read(text, {});
    if (!read) return replacement->then(read.failure());
    auto learned = (*read)->learned(stopping_.get_token());
    if (!learned) return replacement->then(stopped());
    const std::lock_guard lock(mutex_);
    prepared_[replacement->account] = {text, std::move(learned)};
  }
  commit(replacement);
}

void StudentBot::commit(const std::shared_ptr<Replacement>& replacement) {
  const auto committed = run_and_wait(
      *store_, store::Lane::write, [replacement](chat::Transaction& transaction) -> Result<Ok> {
        const auto actor = dialects::resolve(transaction, replacement->caller);
        if (!actor) return actor.failure();
        return chat::replace_intents(transaction, *actor, {replacement->text});
      });
  if (committed) {
    reload(replacement->account, replacement->then);
  } else {
    replacement->then(committed);
  }
  const std::lock_guard lock(mutex_);
  prepared_.erase(replacement->account);
}

}  // namespace parlor::app
