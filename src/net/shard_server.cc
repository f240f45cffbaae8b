#include "net/shard_server.h"

#include <sys/socket.h>
#include <unistd.h>

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <algorithm>
#include <boost/asio/error.hpp>
#include <cerrno>
#include <cstring>

#include "base/log.h"
#include "net/connection.h"

namespace parlor::net {
namespace {

constexpr int kMostAcceptsPerTurn = 64;
constexpr std::int64_t kPauseMs = 100;  // after the process ran out of descriptors

}  // namespace

struct ShardServer::Listener {
  Listener(ShardServer& owner, int listening)
      : server(owner),
        descriptor(owner.shard().loop().io.get_executor(), listening),
        pause(Timer::calling<&Listener::resume>(this)) {}

  void resume() { server.await_connection(*this); }

  ShardServer& server;
  Descriptor descriptor;
  Timer pause;
};

ShardServer::ShardServer(ServerShared& shared, Shard& shard)
    : shared_(shared), shard_(shard), read_buffer_(new char[kReadBufferBytes]) {
  shard_.loop().server = this;
}

ShardServer::~ShardServer() {
  while (first_) remove(first_);
  shard_.loop().server = nullptr;
}

void ShardServer::listen(int descriptor) {
  listeners_.push_back(std::make_unique<Listener>(*this, descriptor));
  await_connection(*listeners_.back());
}

void ShardServer::await_connection(Listener& listener) {
  listener.descriptor.async_wait(
      Descriptor::wait_read, [this, &listener](const boost::system::error_code& error) {
        // After drain the listener is gone.
        if (error == boost::asio::error::operation_aborted) return;
        if (is_draining_) return;
        if (!error) return accept_ready(listener);
        log::error("cannot wait for connections for a moment: {}", error.message());
        shard_.timers().start(listener.pause, kPauseMs);
      });
}

void ShardServer::accept_ready(Listener& listener) {
  for (int i = 0; i < kMostAcceptsPerTurn; ++i) {
    sockaddr_storage address{};
    socklen_t size = sizeof(address);
    const int descriptor =
        ::accept4(listener.descriptor.native_handle(), reinterpret_cast<sockaddr*>(&address), &size,
                  SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor >= 0) {
      admit(descriptor, IpAddress::of(address));
      continue;
    }
    if (errno == EINTR || errno == ECONNABORTED) continue;
    if (errno == EAGAIN) break;
    log::error("cannot accept connections for a moment: {}", std::strerror(errno));
    return shard_.timers().start(listener.pause, kPauseMs);
  }
  await_connection(listener);
}

void ShardServer::admit(int descriptor, const IpAddress& peer) {
  auto& metrics = shared_.metrics;
  const auto open = metrics.open_connections.load(std::memory_order_relaxed);
  const bool is_limited = !peer.is_loopback() && !shared_.proxies.trusts(peer);
  const bool is_full = open >= static_cast<std::int64_t>(shared_.options.max_connections);
  if (is_full || (is_limited && !shared_.limits.admit(peer, shard_.now_ms()))) {
    metrics.refused.fetch_add(1, std::memory_order_relaxed);
    ::close(descriptor);
    return;
  }
  metrics.accepted.fetch_add(1, std::memory_order_relaxed);
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  add(descriptor, peer, is_limited)->start(shared_.options.head_timeout_ms);
}

Connection* ShardServer::adopt(int descriptor, const IpAddress& peer, bool is_counted) {
  return add(descriptor, peer, is_counted);
}

Connection* ShardServer::add(int descriptor, const IpAddress& peer, bool is_counted) {
  auto* connection = new Connection(*this, descriptor, peer, is_counted);
  connection->next_ = first_;
  if (first_) first_->previous_ = connection;
  first_ = connection;
  return connection;
}

void ShardServer::remove(Connection* connection) {
  if (connection->previous_) {
    connection->previous_->next_ = connection->next_;
  } else {
    first_ = connection->next_;
  }
  if (connection->next_) connection->next_->previous_ = connection->previous_;
  if (connection->is_dirty_) std::erase(dirty_, connection);
  if (connection->needs_settling_) std::erase(unsettled_, connection);
  delete connection;
}

void ShardServer::end_turn() {
  flush_dirty();
  if (shard_.staged_bytes() > shared_.options.outgoing_budget_bytes / shared_.options.threads) {
    keep_budget();
  }
  settle();
  if (is_draining_ && !first_ && on_drained_) std::exchange(on_drained_, nullptr)();
}

void ShardServer::flush_dirty() {
  at_work_.swap(dirty_);
  for (Connection* connection : at_work_) {
    connection->is_dirty_ = false;
    try {
      connection->flush();
    } catch (const std::exception& fault) {
      log::error("fault while writing to a connection: {}", fault.what());
      connection->end(CloseCause::aborted);
    }
  }
  at_work_.clear();
}

void ShardServer::settle() {
  at_work_.swap(unsettled_);
  for (Connection* connection : at_work_) {
    bool is_over = false;
    try {
      is_over = connection->settle();
    } catch (const std::exception& fault) {
      log::error("fault while a connection ended: {}", fault.what());
      connection->request_settling();
    }
    if (is_over) remove(connection);
  }
  at_work_.clear();
}

// Closes the receivers that hold most of what waits to be sent.
void ShardServer::keep_budget() {
  const std::size_t budget = shared_.options.outgoing_budget_bytes / shared_.options.threads;
  std::vector<Connection*> waiting;
  for (Connection* at = first_; at; at = at->next_) {
    if (at->is_blocked() && !at->is_ending_) waiting.push_back(at);
  }
  std::sort(waiting.begin(), waiting.end(), [](const Connection* a, const Connection* b) {
    return a->queued_bytes() > b->queued_bytes();
  });
  for (Connection* connection : waiting) {
    if (shard_.staged_bytes() <= budget) return;
    connection->out_.clear();
    if (connection->websocket_) {
      connection->websocket_->end_as_slow_consumer();
    } else {
      shared_.metrics.slow_consumers.fetch_add(1, std::memory_order_relaxed);
      connection->end(CloseCause::slow_consumer);
    }
  }
}

void ShardServer::drain(std::function<void()> done) {
  is_draining_ = true;
  on_drained_ = std::move(done);
  for (const auto& listener : listeners_) {
    listener->pause.stop();
    boost::system::error_code ignored;
    listener->descriptor.close(ignored);
  }
  for (Connection* at = first_; at; at = at->next_) at->drain();
}

void ShardServer::cut() {
  for (Connection* at = first_; at; at = at->next_) at->end(CloseCause::aborted);
}

}  // namespace parlor::net
