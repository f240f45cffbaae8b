// Builds a data directory with a long history: rooms over three years, their messages, contacts and
// markers, statistics and the search index, as the server would have left it.
//
// It writes through the store's own statements, in large transactions without fsync: a directory
// that was left half built is worth nothing, and the caller removes it. Deterministic for the same
// shape but for the ids and keys of the demo account.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace parlor::bench {

// Another one makes data sets that are kept worthless.
inline constexpr int kHistoryFormat = 1;

struct HistoryShape {
  std::int64_t rooms = 1'000;
  std::int64_t messages = 10'000;
  std::int64_t visible_rooms = 1'000;  // to the measured agent: assigned, or unassigned there
};

struct HistoryBuilt {
  std::vector<std::string> visible_rooms;  // ids as the API shows them
  double seconds_of_rows = 0;
  double seconds_of_index = 0;
  std::int64_t bytes = 0;        // of the data
  std::int64_t index_bytes = 0;  // of the search index
};

// `directory` holds the demo account already (`parlor demo`) and nobody has it open. Prints its
// progress. Throws what goes wrong.
HistoryBuilt build_history(const std::string& directory, const HistoryShape& shape);

}  // namespace parlor::bench
