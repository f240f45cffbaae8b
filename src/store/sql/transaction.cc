#include "store/sql/transaction.h"

#include <stdexcept>

namespace parlor::store::sql {

void SqlTransaction::begin(Timestamp now) {
  now_ = now;
  events_.clear();
  rooms_.forget();
  statistics_.forget();
  bot_facts_.forget();
}

void SqlTransaction::keep_counts() {
  statistics_.keep();
  bot_facts_.keep();
}

void SqlTransaction::write_counts() {
  statistics_.write();
  bot_facts_.write();
}

void SqlTransaction::drop_counts() {
  statistics_.drop();
  bot_facts_.drop();
}

void SqlTransaction::forget() {
  agents_.forget();
  inboxes_.forget();
  account_settings_.forget();
  room_preferences_.forget();
  rooms_.forget();
}

IdSource& SqlTransaction::ids() {
  if (!ids_) throw std::logic_error("a read-only transaction makes no ids");
  return *ids_;
}

void SqlTransaction::record(chat::Event event) {
  if (!ids_) throw std::logic_error("a read-only transaction records no events");
  events_.push_back(std::move(event));
}

}  // namespace parlor::store::sql
