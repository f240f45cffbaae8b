// What was read lately, kept by the one connection that writes: nobody else can have changed it.
//
// Its owner forgets everything whenever it writes, and when a transaction is rolled back. Readers
// keep nothing: what they see moves on under them. At most kMax entries.
#pragma once

#include <cstddef>
#include <map>
#include <utility>

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

}  // namespace parlor::store::sql
