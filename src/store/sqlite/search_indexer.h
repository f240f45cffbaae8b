// Fills the search index behind the writes, on a thread and a connection of its own.
//
// It starts kGather after the first write that it has not seen, so that many texts share a
// transaction, and goes on until none is left. A failure is logged once and tried again after
// kPause; a damaged file is made anew when the store is opened. Meanwhile searches read the newest
// texts themselves (search.h).
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "store/sqlite/connection.h"
#include "store/sqlite/search_index.h"

namespace parlor::store {

class SearchIndexer {
 public:
  static constexpr std::chrono::milliseconds kGather{200};
  static constexpr std::chrono::milliseconds kPause{1'000};

  // Opens the index, or makes it; `data_file` is migrated. Throws SqliteError.
  SearchIndexer(const std::string& data_file, const std::string& index_file);
  SearchIndexer(const SearchIndexer&) = delete;
  SearchIndexer& operator=(const SearchIndexer&) = delete;
  ~SearchIndexer();

  // There may be something new. Thread-safe; does not wait.
  void note_written(const std::vector<FinishedJob>& committed);

 private:
  void run();
  bool wait(std::chrono::milliseconds time);  // whether to go on afterwards
  void index_all();

  SqliteConnection db_;
  RecentTexts recent_;
  SearchIndex index_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> written_ = true;
  std::atomic<bool> stopping_ = false;
  bool failing_ = false;
  std::thread thread_;
};

}  // namespace parlor::store
