// Full-text search over one connection: the query side of the index (search_index.h), and the note
// of what has been written. The writer's connection has no index: it only notes.
//
// Found are the documents of the index, and those of the tail that it does not hold yet: a writer
// finds its own message at once. The tail is read newest first and at most kMaxTail of it.
//
// A document's terms are its words, each behind its account, so that no account walks through the
// texts of another; and its scope:
//
//   <account>¤<word>   every document        ¤a<account>   every document        ¤r<room> messages
//
// ¤ occurs in no word, so nobody can ask for scopes.
//
// The last word of a query may be the beginning of one. FTS5 would gather all texts with any such
// word before it gives the first: instead, the words that begin so are looked up, and asked for. If
// there are more than kMaxCompletions, nearly every text has one, and the texts that the other
// words find are read instead.
//
// The index is walked from the newest document to the oldest, in windows (search_windows.h):
// several words that are all common but seldom meet would otherwise be followed through all of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/sql/connection.h"
#include "store/sql/search.h"
#include "store/sqlite/search_windows.h"

namespace parlor::store {

class SqliteSearch final : public sql::Search {
 public:
  static constexpr int kMaxTail = 8'192;
  static constexpr std::size_t kMaxCompletions = 100;

  explicit SqliteSearch(sql::Connection& db) : db_(db) {}

  std::vector<std::int64_t> messages(AccountId account, RoomId room, std::string_view query,
                                     bool with_notes) override;
  bool account(AccountId account, std::string_view query, Effort effort,
               Examiner& examiner) override;
  std::vector<Match> read_rooms(AccountId account, const std::vector<RoomId>& rooms,
                                std::string_view query) override;
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

    Match match() const { return {room, contact, seq, is_note}; }
  };
  static std::vector<std::string> words_of(sql::Connection& db, const Document& document);
  // All that the index holds of it, words and scope; empty when it has no words.
  static std::string terms_of(const Document& document, const std::vector<std::string>& words);
  // Up to `limit` documents that the index does not hold yet, the oldest first.
  static std::vector<Document> unindexed(sql::Connection& db, std::int64_t limit);

 private:
  // Calls take(document) for matches that are wanted, newest first, until it returns false.
  // Whether there are no more.
  template <class Wanted, class Take>
  bool search(AccountId account, const std::vector<std::string>& words, const std::string& scope,
              Effort effort, Wanted wanted, Take take);
  template <class Examine>
  bool search_window(const std::string& expression, SearchWindows::Window window, std::size_t& left,
                     Examine examine);
  std::int64_t newest_indexed();
  template <class Wanted, class Take>
  bool search_tail(AccountId account, const std::vector<std::string>& words, Wanted wanted,
                   Take take);
  // Words of the index that begin so; nothing when there are more than kMaxCompletions.
  std::optional<std::vector<std::string>> completions_of(AccountId account,
                                                         const std::string& beginning);
  std::optional<Match> match_in(AccountId account, RoomId room,
                                const std::vector<std::string>& words, std::size_t& texts_left);

  sql::Connection& db_;
};

}  // namespace parlor::store
