// The server's own writes about tickets: that one is idle, and the removal of deleted histories
// step by step (chat/tickets.h).
//
// What is to be removed is in the store, so that nothing is forgotten by a restart: it begins with
// the server. One step is under way at most; the next is submitted when it is done, and a failed
// one is left to the next deletion or start.
//
// Thread-safe. No thread of its own.
#pragma once

#include <mutex>
#include <vector>

#include "base/result.h"
#include "delivery/membership_board.h"
#include "store/store.h"

namespace parlor::app {

class TicketKeeper {
 public:
  // `store` outlives it, and is stopped before it is destroyed.
  explicit TicketKeeper(store::Store& store);
  TicketKeeper(const TicketKeeper&) = delete;
  TicketKeeper& operator=(const TicketKeeper&) = delete;

  void idle(std::vector<delivery::IdleTicket> tickets);
  // A history has been deleted.
  void erase();
  void stop();

 private:
  void submit_step();
  void stepped(const Result<bool>& more);

  store::Store& store_;
  std::mutex mutex_;
  bool is_erasing_ = false;
  bool is_asked_again_ = false;
  bool stopping_ = false;
};

}  // namespace parlor::app
