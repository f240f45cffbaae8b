// What nobody asks for any more is taken out, some rows at a time: the answers to writes that will
// not come again, and departures that every client has heard of.
//
// A client that was away for longer than kDepartureLifeMs has to read its lists anew.
#pragma once

#include <optional>

#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr std::int64_t kOutcomeLifeMs = 7LL * 24 * 3600 * 1000;
inline constexpr std::int64_t kDepartureLifeMs = 30LL * 24 * 3600 * 1000;
inline constexpr int kPrunedInOneStep = 500;  // rows looked at

// How far a walk through all of them has come.
struct PruningState {
  std::optional<OutcomeKey> outcomes = OutcomeKey{};  // nothing: behind the last
  std::optional<KeptDeparture> departures = KeptDeparture{};

  bool is_done() const { return !outcomes && !departures; }
};

// The next step of the walk.
PruningState prune_some(Transaction& transaction, PruningState state);

}  // namespace parlor::chat
