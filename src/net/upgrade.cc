#include "net/upgrade.h"

#include <unistd.h>

#include "net/connection.h"
#include "net/http_session.h"
#include "net/pending_upgrade.h"
#include "net/shard_server.h"

namespace parlor::net {
namespace {

// A connection between two shards.
struct Transfer {
  ServerShared& shared;
  int descriptor;
  IpAddress peer;
  bool is_counted;
  std::string unread;
  std::string unsent;
  std::unique_ptr<PendingUpgrade> pending;
  std::function<void(UpgradeRequest)> then;

  Transfer(ServerShared& shared_state, int moved, const IpAddress& from, bool counted,
           std::string to_read, std::string to_send, std::unique_ptr<PendingUpgrade> upgrade,
           std::function<void(UpgradeRequest)> continuation)
      : shared(shared_state),
        descriptor(moved),
        peer(from),
        is_counted(counted),
        unread(std::move(to_read)),
        unsent(std::move(to_send)),
        pending(std::move(upgrade)),
        then(std::move(continuation)) {}
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // Nobody took it: the shard that it was sent to has stopped.
  ~Transfer() {
    if (descriptor < 0) return;
    ::close(descriptor);
    if (is_counted) shared.limits.release(peer);
  }

  void arrive(Shard& shard) {
    pending->shard = &shard;
    // A shard that is ending takes nobody in: the connection closes, accept gives null.
    ShardServer* server = shard.loop().server;
    if (server && !server->is_draining()) {
      Connection* connection = server->adopt(std::exchange(descriptor, -1), peer, is_counted);
      if (!unsent.empty()) connection->send(shard.stage(unsent));
      connection->continue_upgrade().continue_upgrade(*pending, std::move(unread));
    }
    then(UpgradeRequest(std::move(pending)));
  }
};

}  // namespace

UpgradeRequest::UpgradeRequest(std::unique_ptr<PendingUpgrade> pending)
    : pending_(std::move(pending)) {}
UpgradeRequest::UpgradeRequest(UpgradeRequest&&) noexcept = default;
UpgradeRequest& UpgradeRequest::operator=(UpgradeRequest&& other) noexcept {
  UpgradeRequest taken(std::move(other));
  std::swap(pending_, taken.pending_);
  return *this;
}

UpgradeRequest::~UpgradeRequest() {
  if (pending_ && pending_->session) reject(HttpResponse::empty(500));
}

const HttpRequest& UpgradeRequest::request() const { return pending_->request; }
Shard& UpgradeRequest::shard() const { return *pending_->shard; }

WebSocket* UpgradeRequest::accept(WebSocketHandler& handler, const Headers& headers) {
  const auto pending = std::move(pending_);
  HttpSession* session = std::exchange(pending->session, nullptr);
  return session ? session->accept_upgrade(handler, headers) : nullptr;
}

void UpgradeRequest::reject(HttpResponse response) {
  const auto pending = std::move(pending_);
  HttpSession* session = std::exchange(pending->session, nullptr);
  if (session) session->reject_upgrade(std::move(response));
}

void UpgradeRequest::move_to(Shard& target, std::function<void(UpgradeRequest)> then) {
  if (&target == pending_->shard) {
    const auto continuation = std::move(then);
    return continuation(UpgradeRequest(std::move(pending_)));
  }
  // At the end of the turn: the session may be in the middle of what it read.
  pending_->shard->at_end_of_turn(
      [pending = std::move(pending_), &target, next = std::move(then)]() mutable {
        HttpSession* session = std::exchange(pending->session, nullptr);
        if (!session) return;
        Connection& connection = session->connection();
        ServerShared& shared = connection.server().shared();
        auto unread = session->leave();
        const bool is_counted = connection.is_counted();
        std::string unsent;
        const int descriptor = connection.release(unsent);
        auto transfer = std::make_unique<Transfer>(shared, descriptor, connection.peer(),
                                                   is_counted, std::move(unread), std::move(unsent),
                                                   std::move(pending), std::move(next));
        target.post([transfer = std::move(transfer), &target] { transfer->arrive(target); });
      });
}

}  // namespace parlor::net
