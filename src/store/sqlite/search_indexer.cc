#include "store/sqlite/search_indexer.h"

#include <pthread.h>

#include <filesystem>

#include "base/log.h"

namespace parlor::store {
namespace {

void open_index(SqliteConnection& db, SearchIndex& index, const std::string& file) {
  try {
    attach_search_index(db, file);
    return index.open();
  } catch (const SqliteError& error) {
    if (!error.is_damage()) throw;
    log::error("the search index is damaged, and is made anew: {}", error.what());
  }
  db.execute("DETACH search");
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(file + suffix);
  attach_search_index(db, file);
  index.open();
}

}  // namespace

SearchIndexer::SearchIndexer(const std::string& data_file, const std::string& index_file)
    : db_(data_file, SqliteConnection::Mode::indexer), index_(db_, &recent_) {
  open_index(db_, index_, index_file);
  thread_ = std::thread([this] { run(); });
}

SearchIndexer::~SearchIndexer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void SearchIndexer::note_written(const std::vector<FinishedJob>& committed) {
  recent_.add(committed);
  if (written_.exchange(true)) return;
  const std::lock_guard lock(mutex_);
  changed_.notify_all();
}

bool SearchIndexer::wait(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, time, [this] { return stopping_.load(); });
}

void SearchIndexer::run() {
  pthread_setname_np(pthread_self(), "store-indexer");
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || written_; });
    }
    if (!wait(kGather)) return;
    written_ = false;
    index_all();
    if (failing_ && !wait(kPause)) return;
  }
}

void SearchIndexer::index_all() {
  try {
    while (index_.index_some() && !stopping_) {
    }
    failing_ = false;
  } catch (const std::exception& error) {
    if (!failing_) log::error("indexing for search failed, and is tried again: {}", error.what());
    failing_ = true;
    written_ = true;
  }
}

}  // namespace parlor::store
