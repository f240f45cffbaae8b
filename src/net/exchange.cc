#include "net/exchange.h"

#include "net/http_session.h"

namespace parlor::net {

void Exchange::respond(HttpResponse response) {
  response_ = std::move(response);
  if (Shard::current() == shard_) return deliver();
  mailbox_->post([self = shared_from_this()] { self->deliver(); });
}

void Exchange::deliver() {
  if (session_) session_->deliver(std::move(response_));
}

void Exchange::abort() {
  session_ = nullptr;
  is_gone_.store(true, std::memory_order_relaxed);
  if (const auto callback = std::exchange(callback_, nullptr)) callback();
}

void Exchange::finish() {
  session_ = nullptr;
  callback_ = nullptr;
}

}  // namespace parlor::net
