#include "store/sql/transaction.h"

#include <stdexcept>

namespace parlor::store::sql {

template <class Do>
void SqlTransaction::each_counter(Do what) {
  what(statistics_);
  what(bot_facts_);
  what(bucket_counts_);
  what(student_counts_);
}

void SqlTransaction::begin(Timestamp now) {
  now_ = now;
  events_.clear();
  rooms_.forget();
  each_counter([](auto& counter) { counter.forget(); });
}

void SqlTransaction::keep_counts() {
  each_counter([](auto& counter) { counter.keep(); });
}

void SqlTransaction::write_counts() {
  each_counter([](auto& counter) { counter.write(); });
}

void SqlTransaction::drop_counts() {
  each_counter([](auto& counter) { counter.drop(); });
}

void SqlTransaction::forget() {
  agents_.forget();
  inboxes_.forget();
  account_settings_.forget();
  room_preferences_.forget();
  tickets_.forget();
  order_rooms_.forget();
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
