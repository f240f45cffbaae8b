// The clock of routing: makes agents' comings and goings durable, and works off what routing has
// left to do (chat/routing.h), one small write after another.
//
//   presence ─▶ presence_changed ─┐                      ┌─▶ note_presence ─┐
//   commits ──▶ wake ─────────────┼─▶ its thread, store ─┴─▶ run_routing ───┴─▶ due later: one wait
//   start ────────────────────────┘
//
// What is to be done stands in the store, so nothing is lost with the process. A write that fails
// is tried again after kRetryMs.
//
// Thread-safe; owns one thread, and has one write in the store's queue at a time. Bound: one
// transition for each agent waits.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "chat/availability.h"
#include "chat/routing.h"
#include "delivery/publisher.h"
#include "store/store.h"

namespace parlor::app {

class Dispatcher final : public delivery::PresenceListener {
 public:
  static constexpr std::int64_t kRetryMs = 1'000;

  Dispatcher(const Clock& clock, const chat::RoutingSettings& settings)
      : clock_(clock), settings_(settings) {}
  ~Dispatcher() override;  // stop()
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  using Expect = std::function<void(const delivery::AgentSignal&)>;
  // Names those whom an earlier run has left as present to `expect`. `store` outlives stop().
  void start(store::Store& store, const Expect& expect);
  // Before the store stops.
  void stop();

  void presence_changed(const std::vector<delivery::PresenceChange>& changes) override;
  // There is something due.
  void wake();

 private:
  using Transitions = std::vector<chat::PresenceTransition>;

  void expect_present(const Expect& expect);
  void run();
  std::optional<Timestamp> next_write() const;
  Transitions take_transitions();
  void write_transitions(const Transitions& transitions);
  void transitions_written(const Transitions& transitions, bool is_done);
  void run_step();
  void step_done(const Result<chat::RoutingStep>& step);

  const Clock& clock_;
  const chat::RoutingSettings settings_;
  store::Store* store_ = nullptr;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::unordered_map<ConversationId, chat::PresenceTransition> waiting_;  // the newest of each
  std::optional<Timestamp> due_at_ = Timestamp{};  // when routing is to be run next
  Timestamp not_before_;                           // after a failure
  bool is_writing_ = false;
  bool is_woken_ = false;  // since the write began
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace parlor::app
