// The search index: a file of its own beside the data, which can be made again from it at any time.
//
//   DIR/search.db   search_index   FTS5 without content: the texts in the data are the content
//                   search_terms   the words in it, sorted
//                   search_state   cursor: the last document that the index holds
//                                  normaliser_version: of the words in it
//
// A connection to the data attaches it as the schema `search`. Sends only note a document in the
// data (one appended row, search_document); index_some() takes the next ones. The cursor moves in
// the index's own transaction: whatever survives a crash, index and cursor agree, so nothing here
// has to be durable, and no send waits for it.
//
// Failures are SqliteErrors, with nothing changed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/sqlite/connection.h"
#include "store/sqlite/recent_texts.h"
#include "store/sqlite/search.h"

namespace parlor::store {

// Makes what search.h reads visible on this connection.
void attach_search_index(SqliteConnection& db, const std::string& index_file);

class SearchIndex {
 public:
  static constexpr int kMaxRows = 4'096;  // of one step

  // `db` has the index attached, and may write to it. Texts that `recent` has are not read again.
  explicit SearchIndex(SqliteConnection& db, RecentTexts* recent = nullptr)
      : db_(db), recent_(recent) {}

  // Makes the tables if there are none, and starts anew if another normaliser filled them.
  void open();

  // Indexes at most kMaxRows documents in one transaction. Whether more wait.
  bool index_some();

 private:
  void start_anew();
  std::vector<std::string> words_of(const SqliteSearch::Document& document);

  SqliteConnection& db_;
  RecentTexts* recent_;
};

}  // namespace parlor::store
