// What the jobs of one commit add to the same few rows: gathered in memory, and written once for
// all of them. What a job adds joins the group's when the job is kept, so that one that is undone
// has added nothing:
//
//   drop()   forget()  job adds  keep()   forget()  job is undone   forget()  …   write()  COMMIT
//
// Whoever reads such rows adds to them what is gathered, so that a transaction sees what it added.
// The repository of the rows inherits this, and has the write() that stores them. Memory is bounded
// by the rows that a group of jobs changes: one entry each, and one for the job that runs.
#pragma once

#include <algorithm>
#include <map>
#include <type_traits>
#include <utility>
#include <vector>

namespace parlor::store::sql {

// A Sum is a number, or can merge() another.
template <class Key, class Sum>
class Gathered {
 public:
  void forget() { job_.clear(); }
  void keep() {
    for (auto& [key, sum] : job_) merge(group_[std::move(key)], sum);
    job_.clear();
  }
  void drop() {
    job_.clear();
    group_.clear();
  }

 protected:
  ~Gathered() = default;

  void gather(const Key& key, const Sum& more) {
    const auto same = std::find_if(job_.begin(), job_.end(),
                                   [&](const auto& entry) { return entry.first == key; });
    if (same == job_.end())
      job_.emplace_back(key, more);
    else
      merge(same->second, more);
  }

  // Calls take(key, sum) for what is not written yet: twice for a row that both the job and the
  // group have added to.
  template <class Take>
  void each_gathered(Take take) const {
    for (const auto& [key, sum] : group_) take(key, sum);
    for (const auto& [key, sum] : job_) take(key, sum);
  }

  // Calls write_row(key, sum) for each row of the group, in their order.
  template <class WriteRow>
  void write_gathered(WriteRow write_row) {
    for (const auto& [key, sum] : group_) write_row(key, sum);
    group_.clear();
  }

 private:
  static void merge(Sum& sum, const Sum& more) {
    if constexpr (std::is_arithmetic_v<Sum>)
      sum += more;
    else
      sum.merge(more);
  }

  std::vector<std::pair<Key, Sum>> job_;
  std::map<Key, Sum> group_;
};

}  // namespace parlor::store::sql
