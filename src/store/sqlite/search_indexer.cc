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
    return finish();
  }
  db_.begin_write();
  try {
    const auto left = index_some();
    db_.commit();
    finish();
    if (left == 0) return;
    waiting_since_ = started;
    patience_ = left >= kFarBehind ? patience_.zero() : kBetweenSteps;
  } catch (...) {
    db_.rollback();
    throw;
  }
}

void SearchIndexer::finish() {
  waiting_since_.reset();
  patience_ = kMaxBehind;
  failing_ = false;
}

std::int64_t SearchIndexer::index_some() {
  const auto deadline = std::chrono::steady_clock::now() + kMaxStep;
  const auto documents = SqliteSearch::unindexed(db_, kMaxRows);
  std::int64_t last = 0;
  for (const auto& document : documents) {
    const auto words = SqliteSearch::words_of(db_, document);
    if (!words.empty()) {
      auto terms = SqliteSearch::scope_terms(document);
      for (const auto& word : words) terms.append(1, ' ').append(word);
      db_.write("INSERT INTO search_index (rowid, terms) VALUES ($1, $2)", document.number, terms);
    }
    last = document.number;
    if (std::chrono::steady_clock::now() >= deadline) break;
  }
  if (last != 0) db_.write("UPDATE meta SET value = $1 WHERE name = 'search_cursor'", last);
  auto newest = db_.read("SELECT max(number) FROM search_document");
  return newest.next() ? newest.integer(0) - last : 0;
}

}  // namespace parlor::store
