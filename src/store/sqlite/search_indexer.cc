#include "store/sqlite/search_indexer.h"

#include "base/log.h"
#include "store/sqlite/search.h"
#include "text/normalise.h"

namespace parlor::store {

void SearchIndexer::open() {
  std::int64_t version = 0;
  {
    auto rows = db_.read("SELECT value FROM meta WHERE name = 'normaliser_version'");
    if (rows.next()) version = rows.integer(0);
  }
  if (version != text::kNormaliserVersion) {
    if (version != 0) log::info("texts are being indexed anew for search");
    db_.begin_write();
    try {
      db_.write("INSERT INTO search_index (search_index) VALUES ('delete-all')");
      db_.write(
          "INSERT INTO meta VALUES ('search_cursor', 0)"
          " ON CONFLICT DO UPDATE SET value = 0");
      db_.write(
          "INSERT INTO meta VALUES ('normaliser_version', $1)"
          " ON CONFLICT DO UPDATE SET value = $1",
          text::kNormaliserVersion);
      db_.commit();
    } catch (...) {
      db_.rollback();
      throw;
    }
  }
  note_written(std::chrono::steady_clock::now());
}

void SearchIndexer::step() {
  const auto started = std::chrono::steady_clock::now();
  if (SqliteSearch::unindexed(db_, 1).empty()) {
    waiting_since_.reset();
    failing_ = false;
    return;
  }
  db_.begin_write();
  try {
    const bool more = index_some();
    db_.commit();
    waiting_since_.reset();
    failing_ = false;
    if (more) waiting_since_ = started;
  } catch (...) {
    db_.rollback();
    throw;
  }
}

bool SearchIndexer::index_some() {
  const auto deadline = std::chrono::steady_clock::now() + kMaxStep;
  const auto documents = SqliteSearch::unindexed(db_, kMaxRows);
  std::int64_t last = 0;
  bool in_time = true;
  for (const auto& document : documents) {
    const auto words = SqliteSearch::words_of(db_, document);
    if (!words.empty()) {
      auto terms = SqliteSearch::scope_terms(document);
      for (const auto& word : words) terms.append(1, ' ').append(word);
      db_.write("INSERT INTO search_index (rowid, terms) VALUES ($1, $2)", document.number, terms);
    }
    last = document.number;
    in_time = std::chrono::steady_clock::now() < deadline;
    if (!in_time) break;
  }
  if (last != 0) db_.write("UPDATE meta SET value = $1 WHERE name = 'search_cursor'", last);
  return !in_time || documents.size() == kMaxRows;
}

}  // namespace parlor::store
