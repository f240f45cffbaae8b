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

std::string term(AccountId account, const std::string& word) {
  return std::to_string(account.value) + "¤" + word;
}

// Texts of the scope with all words but the last, and with one of `endings` unless there is none.
// The first term leads the search through the texts: the longest word, as it is likely the rarest.
std::string match_expression(AccountId account, const std::string& scope,
                             std::vector<std::string> words,
                             const std::vector<std::string>& endings) {
  words.pop_back();
  std::stable_sort(words.begin(), words.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  std::string expression = scope;
  const auto add = [&](const std::string& part) {
    if (!expression.empty()) expression += " AND ";
    expression += part;
  };
  for (const auto& word : words) add(quoted(term(account, word)));
  std::string any;
  for (const auto& ending : endings) any += (any.empty() ? "(" : " OR ") + quoted(ending);
  if (!any.empty()) add(any + ")");
  if (expression.empty()) add(quoted(term('a', account.value)));
  return expression;
}

auto fields(auto& document) {
  return std::tie(document.number, document.account, document.room, document.is_note, document.seq,
                  document.contact);
}

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

std::string SqliteSearch::terms_of(const Document& document,
                                   const std::vector<std::string>& words) {
  std::string terms;
  if (words.empty()) return terms;
  const auto account = std::to_string(document.account.value);
  for (const auto& word : words) terms.append(account).append("¤").append(word).append(1, ' ');
  terms += term('a', document.account.value);
  if (document.room) terms.append(1, ' ').append(term('r', document.room.value));
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

// Each look-up opens the index anew, behind the last word: walking on would visit every text of it.
std::optional<std::vector<std::string>> SqliteSearch::completions_of(AccountId account,
                                                                     const std::string& beginning) {
  const auto first = term(account, beginning);
  std::vector<std::string> completions;
  for (std::string from = first;; from = completions.back() + '\x01') {
    auto rows = db_.read("SELECT term FROM search_terms WHERE term >= $1 LIMIT 1", from);
    if (!rows.next() || !rows.text(0).starts_with(first)) return completions;
    if (completions.size() == kMaxCompletions) return std::nullopt;
    completions.emplace_back(rows.text(0));
  }
}

template <class Wanted, class Take>
bool SqliteSearch::search_tail(AccountId account, const std::vector<std::string>& words,
                               Wanted wanted, Take take) {
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
  return std::all_of(tail.begin(), tail.end(), [&](const Document& document) {
    return !text::matches(words_of(db_, document), words) || take(document);
  });
}

template <class Wanted, class Take>
bool SqliteSearch::search(AccountId account, const std::vector<std::string>& words,
                          const std::string& scope, Effort effort, Wanted wanted, Take take) {
  if (words.empty()) return true;
  if (!search_tail(account, words, wanted, take)) return false;
  const auto endings = completions_of(account, words.back());
  if (endings && endings->empty()) return true;

  const auto expression =
      match_expression(account, scope, words, endings.value_or(std::vector<std::string>{}));
  std::size_t texts_read = 0;
  const auto examine = [&](const Document& document) {
    if (!wanted(document)) return true;
    // A contact may have changed since it was indexed: what it is called now decides.
    if (document.contact || !endings) {
      if (++texts_read > sql::kMaxTextsRead) return false;
      if (!text::matches(words_of(db_, document), words)) return true;
    }
    return take(document);
  };
  const bool is_try = effort == Effort::a_try;
  std::size_t left = is_try ? sql::kMaxMatchesTried : sql::kMaxMatchesExamined;
  SearchWindows windows(newest_indexed(),
                        is_try ? SearchWindows::kCostOfATry : SearchWindows::kMaxCost);
  while (const auto window = windows.next())
    if (!search_window(expression, *window, left, examine)) return false;
  return !windows.gave_up();
}

// Whether to go on with older ones; `left` is how many may still be examined.
template <class Examine>
bool SqliteSearch::search_window(const std::string& expression, SearchWindows::Window window,
                                 std::size_t& left, Examine examine) {
  for (auto rows =
           db_.read("SELECT d.number, d.account, d.room, d.is_note, d.seq, d.contact"
                    " FROM search_index JOIN search_document AS d ON d.number = search_index.rowid"
                    " WHERE search_index MATCH $1 AND search_index.rowid BETWEEN $2 AND $3"
                    " ORDER BY search_index.rowid DESC LIMIT $4",
                    expression, window.oldest, window.newest, static_cast<std::int64_t>(left));
       rows.next(); --left) {
    Document document;
    rows.read(fields(document));
    if (!examine(document)) return false;
  }
  return left > 0;
}

std::int64_t SqliteSearch::newest_indexed() {
  auto rows = db_.read("SELECT cursor FROM search_state");
  return rows.next() ? rows.integer(0) : 0;
}

std::vector<std::int64_t> SqliteSearch::messages(AccountId account, RoomId room,
                                                 std::string_view query, bool with_notes) {
  std::unordered_set<std::int64_t> seqs;
  search(
      account, text::query_words(query), quoted(term('r', room.value)), Effort::thorough,
      [&](const Document& document) {
        return document.room == room && (with_notes || !document.is_note);
      },
      [&](const Document& document) {
        seqs.insert(document.seq);
        return seqs.size() < sql::kMaxMatchesExamined;
      });
  return {seqs.begin(), seqs.end()};
}

bool SqliteSearch::account(AccountId account, std::string_view query, Effort effort,
                           Examiner& examiner) {
  std::unordered_set<std::int64_t> seen;  // ids of rooms and contacts are distinct
  const auto id_of = [](const Document& document) {
    return document.contact ? document.contact.value : document.room.value;
  };
  return search(
      account, text::query_words(query), {}, effort,
      [&](const Document& document) {
        return !seen.contains(id_of(document)) && examiner.wants(document.match());
      },
      [&](const Document& document) {
        return !seen.insert(id_of(document)).second || examiner.examine(document.match());
      });
}

std::optional<sql::Search::Match> SqliteSearch::match_in(AccountId account, RoomId room,
                                                         const std::vector<std::string>& words,
                                                         std::size_t& texts_left) {
  // What the first column of the first row whose text matches says.
  const auto first = [&](sql::Rows rows) -> std::optional<std::int64_t> {
    while (texts_left > 0 && rows.next()) {
      --texts_left;
      if (text::text_matches(rows.text(1), words)) return rows.integer(0);
    }
    return std::nullopt;
  };
  if (first(db_.read("SELECT 0, c.name || ' ' || c.email FROM room AS r JOIN contact AS c"
                     " ON c.account = r.account AND c.id = r.contact"
                     " WHERE r.account = $1 AND r.id = $2",
                     account, room)))
    return Match{room, {}};
  for (const bool is_note : {false, true})
    if (const auto seq =
            first(db_.read("SELECT seq, content FROM message WHERE account = $1 AND room = $2"
                           " AND is_note = $3 ORDER BY seq DESC",
                           account, room, is_note)))
      return Match{room, {}, *seq, is_note};
  return std::nullopt;
}

std::vector<sql::Search::Match> SqliteSearch::read_rooms(AccountId account,
                                                         const std::vector<RoomId>& rooms,
                                                         std::string_view query) {
  const auto words = text::query_words(query);
  std::vector<Match> found;
  if (words.empty()) return found;
  std::size_t texts_left = sql::kMaxTextsRead;
  for (const auto room : rooms) {
    if (texts_left == 0) break;
    if (const auto match = match_in(account, room, words, texts_left)) found.push_back(*match);
  }
  return found;
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
    scope += ")";
    search(
        account, words, scope, Effort::thorough,
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
