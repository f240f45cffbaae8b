#include "app/dispatcher.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/function_job.h"

namespace parlor::app {
namespace {

constexpr int kAgentsAPage = 1'000;

}  // namespace

Dispatcher::~Dispatcher() { stop(); }

void Dispatcher::start(store::Store& store, const Expect& expect) {
  store_ = &store;
  expect_present(expect);
  thread_ = std::thread([this] { run(); });
}

void Dispatcher::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Dispatcher::presence_changed(const std::vector<delivery::PresenceChange>& changes) {
  {
    const std::lock_guard lock(mutex_);
    for (const auto& change : changes) {
      waiting_[change.agent] = {change.account, change.agent, change.is_here};
    }
  }
  changed_.notify_one();
}

void Dispatcher::wake() {
  {
    const std::lock_guard lock(mutex_);
    due_at_ = Timestamp{};
    is_woken_ = true;
  }
  changed_.notify_one();
}

void Dispatcher::expect_present(const Expect& expect) {
  using What = delivery::AgentSignal::What;
  chat::PresentAgent last;
  while (true) {
    const auto page = run_and_wait(
        *store_, store::Lane::read,
        [last](chat::Transaction& transaction) -> Result<std::vector<chat::PresentAgent>> {
          return transaction.routing().present_agents(last, kAgentsAPage);
        });
    if (!page || page->empty()) return;
    for (const auto& agent : *page) expect({agent.account, agent.agent, What::expected});
    last = page->back();
  }
}

void Dispatcher::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto at = next_write();
    if (!at) {
      changed_.wait(lock);
      continue;
    }
    if (const auto wait_ms = *at - clock_.now(); wait_ms > 0) {
      changed_.wait_for(lock, std::chrono::milliseconds(wait_ms));
      continue;
    }
    is_writing_ = true;
    is_woken_ = false;
    const auto transitions = take_transitions();
    lock.unlock();
    if (transitions.empty()) {
      run_step();
    } else {
      write_transitions(transitions);
    }
    lock.lock();
  }
}

std::optional<Timestamp> Dispatcher::next_write() const {
  if (is_writing_) return std::nullopt;
  if (!waiting_.empty()) return not_before_;
  if (!due_at_) return std::nullopt;
  return std::max(*due_at_, not_before_);
}

Dispatcher::Transitions Dispatcher::take_transitions() {
  Transitions transitions;
  while (!waiting_.empty() && transitions.size() < chat::kTransitionsAtOnce) {
    transitions.push_back(waiting_.begin()->second);
    waiting_.erase(waiting_.begin());
  }
  return transitions;
}

void Dispatcher::write_transitions(const Transitions& transitions) {
  store_->submit(store::Lane::write, make_job(
                                         AccountId{},
                                         [transitions](chat::Transaction& transaction) {
                                           return chat::note_presence(transaction, transitions);
                                         },
                                         [this, transitions](const Result<Ok>& noted) {
                                           transitions_written(transitions, noted.has_value());
                                         }));
}

void Dispatcher::transitions_written(const Transitions& transitions, bool is_done) {
  {
    const std::lock_guard lock(mutex_);
    is_writing_ = false;
    if (!is_done) {
      not_before_ = clock_.now() + kRetryMs;
      // What has changed since counts.
      for (const auto& transition : transitions) waiting_.try_emplace(transition.agent, transition);
    }
  }
  changed_.notify_one();
}

void Dispatcher::run_step() {
  store_->submit(store::Lane::write,
                 make_job(
                     AccountId{},
                     [settings = settings_](chat::Transaction& transaction) {
                       return chat::run_routing(transaction, settings);
                     },
                     [this](const Result<chat::RoutingStep>& step) { step_done(step); }));
}

void Dispatcher::step_done(const Result<chat::RoutingStep>& step) {
  {
    const std::lock_guard lock(mutex_);
    is_writing_ = false;
    if (!step) {
      not_before_ = clock_.now() + kRetryMs;
    } else if (!is_woken_) {
      due_at_ = step->next_due;
    }
  }
  changed_.notify_one();
}

}  // namespace parlor::app
