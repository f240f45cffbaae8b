// Full-text search over one connection: the query side of the index (search_index.h), and the note
// of what has been written. The writer's connection has no index: it only notes.
//
// Found are the documents of the index, and those of the tail that it does not hold yet: a writer
// finds its own message at once. The tail is read newest first and at most kMaxTail of it.
//
// A document's terms are its words and, to keep a search inside its bounds, its scope:
//
//   ¤a<account>   every document          ¤r<room>   messages          ¤v   messages but notes
//
// ¤ occurs in no word, so nobody can ask for scopes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/sql/connection.h"
#include "store/sql/search.h"

namespace parlor::store {

class SqliteSearch final : public sql::Search {
 public:
  static constexpr int kMaxTail = 8'192;

  explicit SqliteSearch(sql::Connection& db) : db_(db) {}

  std::vector<std::int64_t> messages(AccountId account, RoomId room, std::string_view query,
                                     bool with_notes) override;
  void account(AccountId account, std::string_view query, Examiner& examiner) override;
  std::vector<RoomId> rooms_of(AccountId account, const std::vector<RoomId>& rooms,
                               std::string_view query) override;
  void message_written(AccountId account, RoomId room, bool is_note, std::int64_t seq) override;
  void contact_written(AccountId account, ContactId contact) override;

  // What one document is made of; empty when it is gone.
  struct Document {
    std::int64_t number = 0;
    AccountId account;
    RoomId room;
    bool is_note = false;
    std::int64_t seq = 0;
    ContactId contact;
  };
  static std::vector<std::string> words_of(sql::Connection& db, const Document& document);
  static std::string scope_terms(const Document& document);
  // Up to `limit` documents that the index does not hold yet, the oldest first.
  static std::vector<Document> unindexed(sql::Connection& db, std::int64_t limit);

 private:
  // Calls take(document) for matches, newest first, until it returns false.
  template <class Wanted, class Take>
  void search(AccountId account, const std::vector<std::string>& words, const std::string& scope,
              Wanted wanted, Take take);

  sql::Connection& db_;
};

}  // namespace parlor::store
