// What was read lately, kept by the one connection that writes: nobody else can have changed it.
//
// Its owner forgets everything whenever it writes, and when a transaction is rolled back. Readers
// keep nothing: what they see moves on under them. At most kMax entries.
#pragma once

#include <cstddef>
#include <map>
#include <utility>

#include "base/id.h"

namespace parlor::store::sql {

enum class Keeping { nothing, recent };

template <class Key, class Value>
class Recent {
 public:
  static constexpr std::size_t kMax = 1'024;

  explicit Recent(Keeping keeping) : keeping_(keeping) {}

  template <class Read>
  Value find(const Key& key, Read read) {
    if (keeping_ == Keeping::nothing) return read();
    const auto found = values_.find(key);
    if (found != values_.end()) return found->second;
    if (values_.size() >= kMax) values_.clear();
    return values_.emplace(key, read()).first->second;
  }
  void forget() { values_.clear(); }

 private:
  Keeping keeping_;
  std::map<Key, Value> values_;
};

// Whether an account has any row of a kind. Most have no tickets, no orders and nothing snoozed,
// and then no message need look for its own.
class AnyRows {
 public:
  explicit AnyRows(Keeping keeping) : keeping_(keeping), known_(keeping) {}

  // False only if it has none. Of readers, which keep nothing, always true.
  template <class Read>
  bool may_have(AccountId account, Read read) {
    return keeping_ == Keeping::nothing || known_.find(account, read);
  }
  void forget() { known_.forget(); }

 private:
  Keeping keeping_;
  Recent<AccountId, bool> known_;
};

}  // namespace parlor::store::sql
