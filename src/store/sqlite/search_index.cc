#include "store/sqlite/search_index.h"

#include "base/log.h"
#include "text/normalise.h"
#include "text/words.h"

namespace parlor::store {
namespace {

// Of the words, and of the terms that are made of them (search.h).
constexpr int kTermsFormat = 2;
constexpr int kVersion = text::kNormaliserVersion * 1'000 + kTermsFormat;

}  // namespace

void attach_search_index(SqliteConnection& db, const std::string& index_file) {
  db.read("ATTACH $1 AS search", index_file).next();
}

void SearchIndex::open() {
  db_.execute(
      "PRAGMA search.journal_mode = WAL; PRAGMA search.synchronous = NORMAL;"
      "CREATE TABLE IF NOT EXISTS search.search_state"
      " (cursor INTEGER NOT NULL, normaliser_version INTEGER NOT NULL);"
      "CREATE VIRTUAL TABLE IF NOT EXISTS search.search_index"
      " USING fts5(terms, content='', columnsize=0, detail=none, tokenize='ascii');"
      "CREATE VIRTUAL TABLE IF NOT EXISTS search.search_terms"
      " USING fts5vocab(search_index, instance);");
  std::int64_t version = 0;
  {
    auto rows = db_.read("SELECT normaliser_version FROM search_state");
    if (rows.next()) version = rows.integer(0);
  }
  if (version == kVersion) return;
  if (version != 0) log::info("texts are being indexed anew for search");
  start_anew();
}

void SearchIndex::start_anew() {
  db_.begin();
  try {
    db_.write("INSERT INTO search_index (search_index) VALUES ('delete-all')");
    db_.write("DELETE FROM search_state");
    db_.write("INSERT INTO search_state VALUES (0, $1)", kVersion);
    db_.commit();
  } catch (...) {
    db_.rollback();
    throw;
  }
}

std::vector<std::string> SearchIndex::words_of(const SqliteSearch::Document& document) {
  if (recent_)
    if (const auto text = recent_->take(document.room, document.is_note, document.seq))
      return text::search_words(*text);
  return SqliteSearch::words_of(db_, document);
}

bool SearchIndex::index_some() {
  db_.begin();
  try {
    const auto documents = SqliteSearch::unindexed(db_, kMaxRows);
    for (const auto& document : documents) {
      const auto words = words_of(document);
      if (words.empty()) continue;
      const auto terms = SqliteSearch::terms_of(document, words);
      db_.write("INSERT INTO search_index (rowid, terms) VALUES ($1, $2)", document.number, terms);
    }
    if (!documents.empty())
      db_.write("UPDATE search_state SET cursor = $1", documents.back().number);
    db_.commit();
    const bool more_wait = documents.size() == static_cast<std::size_t>(kMaxRows);
    if (!more_wait && recent_) recent_->clear();
    return more_wait;
  } catch (...) {
    db_.rollback();
    throw;
  }
}

}  // namespace parlor::store
