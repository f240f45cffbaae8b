// The connections of one shard, and what all shards of a server share.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "net/address_limits.h"
#include "net/byte_budget.h"
#include "net/ip_address.h"
#include "net/server.h"
#include "net/shard_loop.h"

namespace parlor::net {

class Connection;
class UpgradeRequest;

// Constant once the server runs, but for the counts.
struct ServerShared {
  ServerShared(ServerOptions o, Router r, TrustedProxies p)
      : options(std::move(o)),
        router(std::move(r)),
        proxies(std::move(p)),
        limits(options.max_new_per_second_and_address, options.max_open_per_address),
        incoming(options.incoming_budget_bytes),
        ahead(options.ahead_budget_bytes) {}

  const ServerOptions options;
  const Router router;
  const TrustedProxies proxies;
  AddressLimits limits;
  ByteBudget incoming;
  ByteBudget ahead;
  ServerMetrics metrics;
  std::atomic<bool> has_met_unnamed_proxy{false};  // said in the log, once
};

// Thread: its shard's, but for the constructor and the destructor (when the thread does not run).
class ShardServer {
 public:
  static constexpr std::size_t kReadBufferBytes = 64 * 1024;

  ShardServer(ServerShared& shared, Shard& shard);
  ~ShardServer();

  // Accepts from this listening descriptor, which it takes, from now on.
  void listen(int descriptor);
  // Goes on with a connection that came from another shard.
  Connection* adopt(int descriptor, const IpAddress& peer, bool is_counted);

  void mark_dirty(Connection& connection) { dirty_.push_back(&connection); }
  void request_settling(Connection& connection) { unsettled_.push_back(&connection); }
  bool has_dirty_connections() const { return !dirty_.empty() || !unsettled_.empty(); }
  // Writes, ends and deletes what this turn has left to be written, ended and deleted.
  void end_turn();

  // Stops accepting and asks every connection to finish; `done` is called when none is left.
  void drain(std::function<void()> done);
  // Ends what has not finished.
  void cut();
  bool is_draining() const { return is_draining_; }

  Shard& shard() { return shard_; }
  ServerShared& shared() { return shared_; }
  char* read_buffer() { return read_buffer_.get(); }

 private:
  struct Listener;

  void await_connection(Listener& listener);
  void accept_ready(Listener& listener);
  void admit(int descriptor, const IpAddress& peer);
  Connection* add(int descriptor, const IpAddress& peer, bool is_counted);
  void remove(Connection* connection);
  void flush_dirty();
  void settle();
  void keep_budget();

  ServerShared& shared_;
  Shard& shard_;
  std::unique_ptr<char[]> read_buffer_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  Connection* first_ = nullptr;
  std::vector<Connection*> dirty_;
  std::vector<Connection*> unsettled_;
  std::vector<Connection*> at_work_;  // dirty_ or unsettled_ while they are gone through
  std::function<void()> on_drained_;
  bool is_draining_ = false;
};

}  // namespace parlor::net
