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
// publishes once), by kMaxSignals and kMaxHeartbeats; a signal beyond that is dropped, as nobody
// keeps it anyway. Sockets coming and going are never dropped: each waits at most once.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_set>
#include <vector>

#include "base/clock.h"
#include "delivery/emit.h"
#include "delivery/membership_board.h"
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

// Is told of tickets that have been without members for long. On the Publisher's thread; must not
// block.
using IdleListener = std::function<void(std::vector<IdleTicket>)>;

class Publisher {
 public:
  static constexpr std::size_t kMaxSignals = 10'000;
  static constexpr std::size_t kMaxHeartbeats = 50'000;
  // Heartbeats that nobody waits for come by the thousand: they are gathered for so long.
  static constexpr std::int64_t kGatherMs = 20;

  // What it is given outlives it. `members` is touched on the Publisher's thread alone, by it and
  // by the encoders. `presence_grace_ms`: how long an agent without a socket is here.
  Publisher(realtime::Namespace& sockets, std::vector<const EventEncoder*> encoders,
            const Clock& clock, PresenceListener& listener, std::int64_t presence_grace_ms,
            MembershipBoard& members);
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
  // Any thread. In order with other heartbeats, and with ended().
  void signal(Heartbeat heartbeat);
  // Any thread: a connection that may be in tickets has ended.
  void ended(std::uint64_t connection);

  // Any thread. Null: nobody.
  void tell_idle_to(IdleListener listener);

  // Delivers and completes what it has, then ends. What comes later is completed on the calling
  // thread, untold.
  void stop();

 private:
  // What has come and is not done.
  struct Inbox {
    std::vector<Published> commits;
    std::vector<Typing> typing;
    std::vector<AgentSignal> agents;
    std::vector<Heartbeat> heartbeats;
    std::vector<std::uint64_t> ended;
    bool is_awaited = false;  // one of the heartbeats

    bool is_pressing() const {
      return !commits.empty() || !typing.empty() || !agents.empty() || !ended.empty() || is_awaited;
    }
  };

  void run();
  void wait_for_work(std::unique_lock<std::mutex>& lock);
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
  void watch_typing(Inbox& inbox);
  void watch_agents(const std::vector<AgentSignal>& signals);
  void watch_members(const Inbox& inbox);
  void tell(MembershipNews news, std::vector<realtime::BroadcastPtr>& batch);
  void evict(const Eviction& eviction);
  void tell_idle();
  std::optional<Timestamp> next_expiry() const;
  void encode(const chat::Event& event, std::vector<Emission>& out) const;
  template <class Happening>  // Typing, Viewers, or the events of one use case
  void encode(const Happening& happening, std::vector<Emission>& out) const;
  template <class Happening>  // chat::Event, or one of these
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
  MembershipBoard& members_;

  std::mutex mutex_;
  std::condition_variable changed_;
  Inbox inbox_;
  IdleListener idle_listener_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace parlor::delivery
