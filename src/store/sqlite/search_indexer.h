// Fills the search index behind the writes, on the writer thread, in transactions of its own.
//
// Sends only note a document (one appended row). step() takes the next ones by cursor:
//
//   meta.search_cursor = the last document in the index
//
// Writes go first: a step is short, and while they wait there is one now and then, so that no send
// waits long for it. Far behind there is one after each group, which is faster than groups come.
//
// The texts themselves are the content of the index: it stores none. What has to leave it is taken
// out with the words that the same normaliser_version finds again; another version starts anew, and
// the tail that searches read meanwhile covers the newest texts.
#pragma once

#include <chrono>
#include <optional>
#include <utility>

#include "store/sqlite/connection.h"

namespace parlor::store {

class SearchIndexer {
 public:
  using Time = std::chrono::steady_clock::time_point;

  static constexpr int kMaxRows = 1'024;
  static constexpr std::chrono::milliseconds kMaxStep{3};
  static constexpr std::chrono::milliseconds kMaxBehind{250};
  static constexpr std::chrono::milliseconds kBetweenSteps{25};  // while writes wait
  static constexpr std::int64_t kFarBehind = 4'096;  // documents: from here on, between any groups
  static constexpr std::chrono::milliseconds kPause{1'000};  // after a failure

  explicit SearchIndexer(SqliteConnection& db) : db_(db) {}

  // At start-up: makes the index anew if another normaliser filled it.
  void open();

  // There may be something new since `now`.
  void note_written(Time now) {
    if (!waiting_since_) waiting_since_ = now;
  }
  // When there is something to do: in the past when there is now, nothing when nothing waits.
  std::optional<Time> due() const { return waiting_since_; }
  bool is_due(Time now) const { return waiting_since_ && *waiting_since_ <= now; }
  // A step is worth making writes wait.
  bool is_behind(Time now) const { return waiting_since_ && now - *waiting_since_ >= patience_; }
  bool is_far_behind() const { return patience_ == patience_.zero(); }

  // Indexes at most kMaxRows documents for at most about kMaxStep. Throws SqliteError, with nothing
  // changed.
  void step();
  // After a failed step: tries again later. Whether it is the first failure since a step went well,
  // and so worth a line in the log.
  bool postpone(Time now) {
    waiting_since_ = now + kPause;
    patience_ = kMaxBehind;
    return !std::exchange(failing_, true);
  }

 private:
  std::int64_t index_some();  // documents that remain
  void finish();

  SqliteConnection& db_;
  std::optional<Time> waiting_since_;
  std::chrono::milliseconds patience_ = kMaxBehind;
  bool failing_ = false;
};

}  // namespace parlor::store
