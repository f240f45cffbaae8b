// A request to become a WebSocket, whose handshake was checked (RFC 6455, section 4.2.1) and is
// not answered yet.
//
// Owns the request and the connection. Thread: that of the shard that it is on. Destroyed
// unanswered, it answers 500. If the client goes meanwhile, accept still gives a WebSocket, which
// closes at once.
#pragma once

#include <functional>
#include <memory>

#include "net/http_types.h"
#include "net/websocket.h"

namespace parlor::net {

struct PendingUpgrade;
class Shard;

class UpgradeRequest {
 public:
  explicit UpgradeRequest(std::unique_ptr<PendingUpgrade> pending);
  UpgradeRequest(UpgradeRequest&&) noexcept;
  UpgradeRequest& operator=(UpgradeRequest&&) noexcept;
  ~UpgradeRequest();

  const HttpRequest& request() const;
  Shard& shard() const;

  // Answers 101, with `headers` added. `handler` lives until its on_close returns. Bytes that the
  // client sent behind its request reach the handler later in the turn, not inside this call.
  // Null when the server is ending: `handler` is then not called.
  WebSocket* accept(WebSocketHandler& handler, const Headers& headers = {});

  // Answers and closes the connection.
  void reject(HttpResponse response);

  // Takes the connection to another shard: descriptor, unread bytes, request. `then` runs on that
  // shard's thread; when that shard has stopped, the connection is closed.
  void move_to(Shard& shard, std::function<void(UpgradeRequest)> then);

 private:
  std::unique_ptr<PendingUpgrade> pending_;
};

// Runs on the connection's shard and must not block.
using UpgradeHandler = std::function<void(UpgradeRequest)>;

}  // namespace parlor::net
