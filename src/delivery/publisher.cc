#include "delivery/publisher.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/log.h"
#include "delivery/audiences.h"
#include "realtime/namespace.h"
#include "realtime/server.h"

namespace parlor::delivery {
namespace {

realtime::BroadcastPtr broadcast_of(realtime::Namespace& sockets, const Emission& emission) {
  auto addresses = addresses_of(emission.audience);
  auto broadcast = std::make_shared<realtime::Broadcast>();
  broadcast->nsp = &sockets;
  broadcast->rooms = std::move(addresses.rooms);
  for (const auto& channel : emission.channels) {
    broadcast->rooms.push_back(room_of_channel(channel));
  }
  if (!emission.within.empty()) broadcast->within = room_of_channel(emission.within);
  broadcast->stream = emission.stream;
  broadcast->position = emission.position;
  broadcast->except = std::move(addresses.except);
  broadcast->packet = socketio::encode_event(sockets.name(), emission.event,
                                             socketio::ArgumentsView(emission.argument, {}));
  return broadcast;
}

// An audience without anybody must not become a broadcast without rooms: that one is for everybody.
bool is_empty(const chat::Audience& audience) {
  return !audience.admins && audience.agents.empty() && !audience.members_of && !audience.contact;
}

bool is_for_nobody(const Emission& emission) {
  return emission.event.empty() || (is_empty(emission.audience) && emission.channels.empty());
}

bool asks_members(const Published& item) {
  return std::any_of(item.events.begin(), item.events.end(), [](const chat::Event& event) {
    return std::holds_alternative<chat::MembershipAsked>(event.body);
  });
}

std::string room_of(const chat::ConnectionsRevoked& revoked) {
  using Why = chat::ConnectionsRevoked::Why;
  switch (revoked.why) {
    case Why::token_revoked:
      return room_of_site(revoked.token);
    case Why::session_ended:
    case Why::agent_revoked:
    case Why::membership_changed:
    case Why::contact_blocked:
      return room_of_person(revoked.person);
    case Why::keys_changed:
      return room_of_account(revoked.account);
  }
  return {};
}

}  // namespace

Publisher::Publisher(realtime::Namespace& sockets, std::vector<const EventEncoder*> encoders,
                     const Clock& clock, PresenceListener& listener, std::int64_t presence_grace_ms,
                     MembershipBoard& members)
    : sockets_(sockets),
      encoders_(std::move(encoders)),
      clock_(clock),
      listener_(listener),
      presence_(presence_grace_ms),
      members_(members),
      thread_([this] { run(); }) {}

Publisher::~Publisher() { stop(); }

void Publisher::publish(std::vector<Published> commit) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      for (auto& item : commit) inbox_.commits.push_back(std::move(item));
      commit.clear();
    }
  }
  changed_.notify_one();
  for (const auto& item : commit) {
    if (item.completion) item.completion->complete();
  }
}

void Publisher::signal(Typing typing) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || inbox_.typing.size() >= kMaxSignals) return;
    inbox_.typing.push_back(std::move(typing));
  }
  changed_.notify_one();
}

void Publisher::signal(const AgentSignal& signal) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    inbox_.agents.push_back(signal);
  }
  changed_.notify_one();
}

void Publisher::signal(Heartbeat heartbeat) {
  const bool is_awaited = static_cast<bool>(heartbeat.then);
  bool is_first = false;
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && inbox_.heartbeats.size() < kMaxHeartbeats) {
      is_first = inbox_.heartbeats.empty();
      inbox_.is_awaited |= is_awaited;
      inbox_.heartbeats.push_back(std::exchange(heartbeat, {}));
    }
  }
  if (is_first || is_awaited) changed_.notify_one();
  if (heartbeat.then) heartbeat.then(std::nullopt);
}

void Publisher::ended(std::uint64_t connection) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    inbox_.ended.push_back(connection);
  }
  changed_.notify_one();
}

void Publisher::tell_idle_to(IdleListener listener) {
  const std::lock_guard lock(mutex_);
  idle_listener_ = std::move(listener);
}

void Publisher::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Publisher::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wait_for_work(lock);
    auto inbox = std::exchange(inbox_, {});
    const bool last = stopping_;
    lock.unlock();
    deliver(inbox.commits);
    watch_typing(inbox);
    watch_agents(inbox.agents);
    watch_members(inbox);
    tell_idle();
    lock.lock();
    if (last && inbox_.commits.empty()) return;
  }
}

void Publisher::wait_for_work(std::unique_lock<std::mutex>& lock) {
  const auto is_pressed = [this] { return stopping_ || inbox_.is_pressing(); };
  const auto has_work = [&] { return is_pressed() || !inbox_.heartbeats.empty(); };
  if (const auto expiry = next_expiry()) {
    const auto wait_ms = std::max<std::int64_t>(0, *expiry - clock_.now());
    changed_.wait_for(lock, std::chrono::milliseconds(wait_ms), has_work);
  } else {
    changed_.wait(lock, has_work);
  }
  if (!is_pressed() && has_work()) {
    changed_.wait_for(lock, std::chrono::milliseconds(kGatherMs), is_pressed);
  }
}

// Answers the first works, and tells what waited for these answers.
void Publisher::answer(const std::vector<Published>& work, std::size_t up_to, Held& held,
                       std::vector<realtime::BroadcastPtr>& batch) {
  send(batch);
  for (; held.answered < up_to; ++held.answered) {
    const auto& item = work[held.answered];
    if (item.completion) item.completion->complete();
    for (const auto& event : item.events) {
      if (event.behind_answer) emit(event, batch);
    }
  }
  held.rooms.clear();
}

void Publisher::deliver(const std::vector<Published>& work) {
  std::vector<realtime::BroadcastPtr> batch;
  Held held;
  for (std::size_t at = 0; at < work.size(); ++at) {
    const auto& events = work[at].events;
    const auto overtakes = [&](const chat::Event& event) {
      return held.rooms.contains(event.room->id);
    };
    if (!held.rooms.empty() && std::any_of(events.begin(), events.end(), overtakes)) {
      answer(work, at, held, batch);
    }
    if (!events.empty()) emit(events, batch);
    for (const auto& event : events) {
      if (event.behind_answer) {
        held.rooms.insert(event.room->id);
      } else {
        deliver(event, batch);
      }
    }
    // Answered in its place: whoever joins hears of what comes next, and of nothing before.
    if (asks_members(work[at])) answer(work, at + 1, held, batch);
  }
  answer(work, work.size(), held, batch);
  send(batch);
}

void Publisher::deliver(const chat::Event& event, std::vector<realtime::BroadcastPtr>& batch) {
  if (const auto* revoked = std::get_if<chat::ConnectionsRevoked>(&event.body)) {
    send(batch);
    return revoke(*revoked);
  }
  if (const auto* expected = std::get_if<chat::AgentExpected>(&event.body)) {
    using What = AgentSignal::What;
    presence_.put({event.audience.account, expected->agent, What::expected}, clock_.now());
    return;
  }
  emit(event, batch);
  for (const auto& viewers : viewing_.follow(event)) emit(viewers, batch);
  tell(members_.follow(event, clock_.now()), batch);
}

template <class Happening>
void Publisher::tell(const std::vector<Happening>& happenings) {
  std::vector<realtime::BroadcastPtr> batch;
  for (const auto& happening : happenings) emit(happening, batch);
  send(batch);
}

void Publisher::watch_typing(Inbox& inbox) {
  const auto now = clock_.now();
  std::vector<realtime::BroadcastPtr> batch;
  const auto tell_all = [&](const std::vector<Typing>& told) {
    for (const auto& typing : told) {
      emit(typing, batch);
      if (!typing.is_typing) tell(members_.type(typing, now), batch);
    }
  };
  for (auto& typing : inbox.typing) {
    if (typing.is_typing) tell(members_.type(typing, now), batch);
    tell_all(typing_.put(std::move(typing), now));
  }
  tell_all(typing_.expire(now));
  send(batch);
}

void Publisher::watch_agents(const std::vector<AgentSignal>& signals) {
  const auto now = clock_.now();
  std::vector<PresenceChange> changes;
  for (const auto& signal : signals) {
    if (const auto change = presence_.put(signal, now)) changes.push_back(*change);
    if (signal.what == AgentSignal::What::socket_closed) tell(viewing_.end(signal.connection));
  }
  for (const auto& gone : presence_.expire(now)) changes.push_back(gone);
  if (!changes.empty()) listener_.presence_changed(changes);
}

// Heartbeats before ends: a socket's last word was said while it was there.
void Publisher::watch_members(const Inbox& inbox) {
  const auto now = clock_.now();
  std::vector<realtime::BroadcastPtr> batch;
  for (const auto& heartbeat : inbox.heartbeats) {
    MembershipNews news;
    auto member = members_.beat(heartbeat, now, news);
    tell(std::move(news), batch);
    if (heartbeat.then) {
      send(batch);
      heartbeat.then(std::move(member));
    }
  }
  for (const auto connection : inbox.ended) tell(members_.end(connection, now), batch);
  tell(members_.expire(now), batch);
  send(batch);
}

void Publisher::tell(MembershipNews news, std::vector<realtime::BroadcastPtr>& batch) {
  for (const auto& change : news.changes) emit(change, batch);
  for (auto& typing : news.typing) {
    for (const auto& told : typing_.put(std::move(typing), clock_.now())) emit(told, batch);
  }
  if (news.evictions.empty()) return;
  send(batch);
  for (const auto& eviction : news.evictions) evict(eviction);
}

void Publisher::evict(const Eviction& eviction) {
  std::vector<std::string> channels = {room_of_channel(channel_of_customers(eviction.ticket))};
  if (!eviction.customers_only) {
    channels.push_back(room_of_channel(channel_of_team(eviction.ticket)));
  }
  for (const auto& channel : channels) {
    if (eviction.people.empty()) sockets_.to(channel).leave(channel);
    for (const auto person : eviction.people) sockets_.to(room_of_person(person)).leave(channel);
  }
}

void Publisher::tell_idle() {
  auto idle = members_.take_idle(clock_.now());
  if (idle.empty()) return;
  IdleListener listener;
  {
    const std::lock_guard lock(mutex_);
    listener = idle_listener_;
  }
  if (listener) listener(std::move(idle));
}

std::optional<Timestamp> Publisher::next_expiry() const {
  std::optional<Timestamp> next;
  for (const auto due : {typing_.next_expiry(), presence_.next_expiry(), members_.next_expiry()}) {
    if (due && (!next || *due < *next)) next = due;
  }
  return next;
}

void Publisher::encode(const chat::Event& event, std::vector<Emission>& out) const {
  const bool is_heard = !hearers_ || hearers_->may_hear(event.audience);
  for (const auto* encoder : encoders_) {
    if (is_heard || encoder->reaches_others()) encoder->encode(event, out);
  }
}

template <class Happening>
void Publisher::encode(const Happening& happening, std::vector<Emission>& out) const {
  for (const auto* encoder : encoders_) {
    if constexpr (std::is_same_v<Happening, MembershipChange>) {
      encoder->encode_membership(happening, out);
    } else if constexpr (std::is_same_v<Happening, std::vector<chat::Event>>) {
      encoder->encode_outcome(happening, out);
    } else {
      encoder->encode(happening, out);
    }
  }
}

template <class Happening>
void Publisher::emit(const Happening& happening, std::vector<realtime::BroadcastPtr>& batch) {
  try {
    std::vector<Emission> emissions;
    encode(happening, emissions);
    for (const auto& emission : emissions) {
      if (!emission.joins.empty()) {
        send(batch);
        join(emission);
      }
      if (!is_for_nobody(emission)) batch.push_back(broadcast_of(sockets_, emission));
    }
  } catch (const std::exception& error) {
    // Its receivers will find it in the store; the others must not wait for it.
    log::error("an event could not be told: {}", error.what());
  }
}

void Publisher::join(const Emission& emission) {
  if (is_empty(emission.audience)) return;
  auto target = realtime::Target(sockets_);
  const auto addresses = addresses_of(emission.audience);
  for (const auto& room : addresses.rooms) target.to(room);
  for (const auto& room : addresses.except) target.except(room);
  target.join(room_of_channel(emission.joins));
}

void Publisher::revoke(const chat::ConnectionsRevoked& revoked) {
  auto sockets = sockets_.to(room_of(revoked));
  if (revoked.person) sockets.to(room_of_channel(channel_of_trader(revoked.person)));
  // Those who still may come back by themselves, and join what they may see now.
  sockets.for_each_socket([](realtime::Socket& socket) { socket.close_transport(); });
}

void Publisher::send(std::vector<realtime::BroadcastPtr>& batch) {
  if (!batch.empty()) sockets_.server().broadcast(std::exchange(batch, {}));
}

}  // namespace parlor::delivery
