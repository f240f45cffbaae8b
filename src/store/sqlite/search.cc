#include "store/sqlite/search.h"

#include <algorithm>
#include <unordered_set>

#include "text/words.h"

namespace parlor::store {
namespace {

constexpr std::size_t kRoomsPerQuery = 100;

std::string term(char kind, std::int64_t id) { return "¤" + (kind + std::to_string(id)); }

// In FTS5's query language a quoted string is only text; words hold no quote.
std::string quoted(const std::string& term) { return '"' + term + '"'; }

std::string match_expression(AccountId account, const std::string& scope,
                             const std::vector<std::string>& words) {
  std::string expression = quoted(term('a', account.value));
  if (!scope.empty()) expression += " AND " + scope;
  for (const auto& word : words) expression += " AND " + quoted(word);
  return expression + " *";
}

auto fields(auto& document) {
  return std::tie(document.number, document.account, document.room, document.is_note, document.seq,
                  document.contact);
}

const char* const kVisible = "\"¤v\"";

}  // namespace

std::vector<std::string> SqliteSearch::words_of(sql::Connection& db, const Document& document) {
  if (document.contact) {
    auto rows = db.read("SELECT name || ' ' || email FROM contact WHERE account = $1 AND id = $2",
                        document.account, document.contact);
    return rows.next() ? text::search_words(rows.text(0)) : std::vector<std::string>{};
  }
  auto rows = db.read(
      "SELECT content FROM message WHERE account = $1 AND room = $2 AND is_note = $3 AND seq = $4",
      document.account, document.room, document.is_note, document.seq);
  return rows.next() ? text::search_words(rows.text(0)) : std::vector<std::string>{};
}

std::string SqliteSearch::scope_terms(const Document& document) {
  auto terms = term('a', document.account.value);
  if (document.contact) return terms;
  terms += ' ' + term('r', document.room.value);
  if (!document.is_note) terms += " ¤v";
  return terms;
}

std::vector<SqliteSearch::Document> SqliteSearch::unindexed(sql::Connection& db,
                                                            std::int64_t limit) {
  std::vector<Document> documents;
  for (auto rows =
           db.read("SELECT number, account, room, is_note, seq, contact FROM search_document"
                   " WHERE number > (SELECT cursor FROM search_state)"
                   " ORDER BY number LIMIT $1",
                   limit);
       rows.next();)
    rows.read(fields(documents.emplace_back()));
  return documents;
}

template <class Wanted, class Take>
void SqliteSearch::search(AccountId account, const std::vector<std::string>& words,
                          const std::string& scope, Wanted wanted, Take take) {
  if (words.empty()) return;
  std::vector<Document> tail;
  for (auto rows =
           db_.read("SELECT number, account, room, is_note, seq, contact FROM search_document"
                    " WHERE number > (SELECT cursor FROM search_state)"
                    " ORDER BY number DESC LIMIT $1",
                    kMaxTail);
       rows.next();) {
    Document document;
    rows.read(fields(document));
    if (document.account == account && wanted(document)) tail.push_back(document);
  }
  for (const auto& document : tail)
    if (text::matches(words_of(db_, document), words) && !take(document)) return;

  // A contact may have changed since it was indexed: what it is called now decides.
  for (auto rows =
           db_.read("SELECT d.number, d.account, d.room, d.is_note, d.seq, d.contact"
                    " FROM search_index JOIN search_document AS d ON d.number = search_index.rowid"
                    " WHERE search_index MATCH $1 ORDER BY search_index.rowid DESC LIMIT $2",
                    match_expression(account, scope, words),
                    static_cast<std::int64_t>(sql::kMaxMatchesExamined));
       rows.next();) {
    Document document;
    rows.read(fields(document));
    if (document.contact && !text::matches(words_of(db_, document), words)) continue;
    if (!take(document)) return;
  }
}

std::vector<std::int64_t> SqliteSearch::messages(AccountId account, RoomId room,
                                                 std::string_view query, bool with_notes) {
  std::unordered_set<std::int64_t> seqs;
  auto scope = quoted(term('r', room.value));
  if (!with_notes) scope += std::string(" AND ") + kVisible;
  search(
      account, text::query_words(query), scope,
      [&](const Document& document) {
        return document.room == room && (with_notes || !document.is_note);
      },
      [&](const Document& document) {
        seqs.insert(document.seq);
        return seqs.size() < sql::kMaxMatchesExamined;
      });
  return {seqs.begin(), seqs.end()};
}

void SqliteSearch::account(AccountId account, std::string_view query, Examiner& examiner) {
  std::unordered_set<std::int64_t> seen;  // ids of rooms and contacts are distinct
  search(
      account, text::query_words(query), {}, [](const Document&) { return true; },
      [&](const Document& document) {
        const auto id = document.contact ? document.contact.value : document.room.value;
        return !seen.insert(id).second || examiner.examine({document.room, document.contact});
      });
}

std::vector<RoomId> SqliteSearch::rooms_of(AccountId account, const std::vector<RoomId>& rooms,
                                           std::string_view query) {
  const auto words = text::query_words(query);
  std::unordered_set<RoomId> found;
  for (std::size_t from = 0; from < rooms.size(); from += kRoomsPerQuery) {
    const auto to = std::min(rooms.size(), from + kRoomsPerQuery);
    const std::unordered_set<RoomId> asked(rooms.begin() + static_cast<std::ptrdiff_t>(from),
                                           rooms.begin() + static_cast<std::ptrdiff_t>(to));
    std::string scope;
    for (const auto room : asked)
      scope += (scope.empty() ? "(" : " OR ") + quoted(term('r', room.value));
    scope += std::string(") AND ") + kVisible;
    search(
        account, words, scope,
        [&](const Document& document) {
          return !document.is_note && !document.contact && asked.contains(document.room);
        },
        [&](const Document& document) {
          found.insert(document.room);
          return true;
        });
  }
  return {found.begin(), found.end()};
}

void SqliteSearch::message_written(AccountId account, RoomId room, bool is_note, std::int64_t seq) {
  db_.write(
      "INSERT INTO search_document (account, room, is_note, seq, contact)"
      " VALUES ($1, $2, $3, $4, 0)",
      account, room, is_note, seq);
}

void SqliteSearch::contact_written(AccountId account, ContactId contact) {
  db_.write(
      "INSERT INTO search_document (account, room, is_note, seq, contact)"
      " VALUES ($1, 0, 0, 0, $2)",
      account, contact);
}

}  // namespace parlor::store
