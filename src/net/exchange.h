// One request that waits for its answer: what a Responder holds.
//
//   any thread: respond ──mailbox──> shard: HttpSession::deliver
//
// The session pointer and the callback belong to the shard's thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "net/http_types.h"
#include "net/shard.h"

namespace parlor::net {

class HttpSession;

class Exchange final : public ResponseSink, public std::enable_shared_from_this<Exchange> {
 public:
  Exchange(Shard& shard, HttpSession& session)
      : shard_(&shard), mailbox_(shard.mailbox()), session_(&session) {}

  void respond(HttpResponse response) override;
  void on_abort(std::function<void()> callback) override { callback_ = std::move(callback); }
  bool client_gone() const override { return is_gone_.load(std::memory_order_relaxed); }

  // What the session calls, on the shard.
  bool has_abort_callback() const { return callback_ != nullptr; }
  void abort();
  void finish();

 private:
  void deliver();

  const Shard* const shard_;  // compared, never followed
  const std::shared_ptr<Mailbox> mailbox_;
  HttpSession* session_;
  HttpResponse response_;
  std::function<void()> callback_;
  std::atomic<bool> is_gone_{false};
};

}  // namespace parlor::net
