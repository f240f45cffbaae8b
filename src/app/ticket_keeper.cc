#include "app/ticket_keeper.h"

#include <algorithm>
#include <utility>

#include "app/function_job.h"
#include "base/log.h"
#include "chat/tickets.h"

namespace parlor::app {
namespace {

constexpr std::size_t kIdleAtOnce = 200;  // rows of one write

}  // namespace

TicketKeeper::TicketKeeper(store::Store& store) : store_(store) { erase(); }

void TicketKeeper::idle(std::vector<delivery::IdleTicket> tickets) {
  for (std::size_t from = 0; from < tickets.size(); from += kIdleAtOnce) {
    const auto to = std::min(tickets.size(), from + kIdleAtOnce);
    std::vector<delivery::IdleTicket> some(
        std::make_move_iterator(tickets.begin() + static_cast<std::ptrdiff_t>(from)),
        std::make_move_iterator(tickets.begin() + static_cast<std::ptrdiff_t>(to)));
    store_.submit(store::Lane::write,
                  make_job(
                      AccountId{},
                      [some = std::move(some)](chat::Transaction& transaction) -> Result<Ok> {
                        for (const auto& idle : some) {
                          auto marked =
                              chat::mark_ticket_idle(transaction, idle.ticket, idle.since);
                          if (!marked) return marked;
                        }
                        return Ok{};
                      },
                      [](const Result<Ok>& marked) {
                        if (!marked) log::warn("idle tickets: {}", marked.error().message);
                      }));
  }
}

void TicketKeeper::erase() {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    is_asked_again_ = is_erasing_;
    if (std::exchange(is_erasing_, true)) return;
  }
  submit_step();
}

void TicketKeeper::stop() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
}

void TicketKeeper::submit_step() {
  store_.submit(store::Lane::write, make_job(
                                        AccountId{},
                                        [](chat::Transaction& transaction) {
                                          return chat::erase_deleted_history(transaction);
                                        },
                                        [this](const Result<bool>& more) { stepped(more); }));
}

void TicketKeeper::stepped(const Result<bool>& more) {
  {
    const std::lock_guard lock(mutex_);
    const bool goes_on = (more && *more) || std::exchange(is_asked_again_, false);
    is_erasing_ = goes_on && more && !stopping_;
    if (!is_erasing_) return;
  }
  submit_step();
}

}  // namespace parlor::app
