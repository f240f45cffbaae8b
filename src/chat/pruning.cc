#include "chat/pruning.h"

namespace parlor::chat {

PruningState prune_some(Transaction& transaction, PruningState state) {
  const Timestamp now = transaction.now();
  if (state.outcomes) {
    state.outcomes =
        transaction.outcomes().remove_old(now + -kOutcomeLifeMs, *state.outcomes, kPrunedInOneStep);
  } else if (state.departures) {
    state.departures = transaction.room_departures().remove_old(
        now + -kDepartureLifeMs, *state.departures, kPrunedInOneStep);
  }
  return state;
}

}  // namespace parlor::chat
