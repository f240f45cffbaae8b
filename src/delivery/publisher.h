// The Publisher: the one thread from which events leave, in the order of their commits.
//
//   committed work ─▶ encode each event once per dialect ─▶ one batch to every shard ─▶ completions
//                  └─ events that wait for the answer (chat::Event::behind_answer) ─▶ behind them
//
// Because nobody else broadcasts room events, one room's events reach every socket in order; and
// because an answer goes the same way behind its events, whoever is told "done" knows that
// everybody is being told.
//
// Thread-safe. Owns its thread. What waits is bounded by those who wait for their answers (each
// publishes once) and by kMaxSignals; a signal beyond that is dropped, as nobody keeps it anyway.
// An agent's sockets coming and going are never dropped: each waits at most once.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_set>
#include <vector>

#include "base/clock.h"
#include "delivery/emit.h"
#include "delivery/presence.h"
#include "delivery/signal.h"
#include "delivery/typing_board.h"
#include "delivery/viewing_board.h"
#include "realtime/broadcast.h"

namespace parlor::realtime {
class Namespace;
}

namespace parlor::delivery {

// What is to be done behind the events: usually, answering the caller.
class Completion {
 public:
  virtual ~Completion() = default;
  virtual void complete() noexcept = 0;
};

struct Published {
  std::vector<chat::Event> events;
  std::unique_ptr<Completion> completion;  // may be null
};

// Is told of agents who have come or gone. On the Publisher's thread; must not block.
class PresenceListener {
 public:
  virtual ~PresenceListener() = default;
  virtual void presence_changed(const std::vector<PresenceChange>& changes) = 0;
};

class Publisher {
 public:
  static constexpr std::size_t kMaxSignals = 10'000;

  // What it is given outlives it. `presence_grace_ms`: how long an agent without a socket is here.
  Publisher(realtime::Namespace& sockets, std::vector<const EventEncoder*> encoders,
            const Clock& clock, PresenceListener& listener, std::int64_t presence_grace_ms);
  ~Publisher();  // stop()
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;

  // Before anything is published; outlives it. Without, everything is put into words.
  void ask_who_is_here(const Hearers& hearers) { hearers_ = &hearers; }

  // In commit order: one thread calls it.
  void publish(std::vector<Published> commit);
  // Any thread. Tells `typing` to its audience, and its end if nothing more is heard.
  void signal(Typing typing);
  // Any thread; a socket's end after its beginning.
  void signal(const AgentSignal& signal);

  // Delivers and completes what it has, then ends. What comes later is completed on the calling
  // thread, untold.
  void stop();

 private:
  void run();
  // Rooms with events that wait for an answer, and how many works are answered.
  struct Held {
    std::unordered_set<RoomId> rooms;
    std::size_t answered = 0;
  };

  void deliver(const std::vector<Published>& work);
  void deliver(const chat::Event& event, std::vector<realtime::BroadcastPtr>& batch);
  void answer(const std::vector<Published>& work, std::size_t up_to, Held& held,
              std::vector<realtime::BroadcastPtr>& batch);
  template <class Happening>
  void tell(const std::vector<Happening>& happenings);
  void watch_agents(const std::vector<AgentSignal>& signals);
  std::optional<Timestamp> next_expiry() const;
  void encode(const chat::Event& event, std::vector<Emission>& out) const;
  template <class Happening>  // Typing or Viewers
  void encode(const Happening& happening, std::vector<Emission>& out) const;
  template <class Happening>  // chat::Event, Typing or Viewers
  void emit(const Happening& happening, std::vector<realtime::BroadcastPtr>& batch);
  void join(const Emission& emission);
  void revoke(const chat::ConnectionsRevoked& revoked);
  void send(std::vector<realtime::BroadcastPtr>& batch);

  realtime::Namespace& sockets_;
  const std::vector<const EventEncoder*> encoders_;
  const Clock& clock_;
  PresenceListener& listener_;
  const Hearers* hearers_ = nullptr;
  TypingBoard typing_;    // of the thread
  Presence presence_;     // likewise
  ViewingBoard viewing_;  // likewise

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Published> waiting_;
  std::vector<Typing> signals_;
  std::vector<AgentSignal> agent_signals_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace parlor::delivery
