// Hands what the store has committed to the Publisher: where the two ports meet. A message that
// goes out to somebody who is connected is marked delivered; a room that is snoozed, timed; tokens
// are verified again with keys that have changed, before anybody is told of it; when routing has
// work, its clock is woken.
#pragma once

#include <atomic>

#include "app/connected_people.h"
#include "app/dispatcher.h"
#include "app/markers.h"
#include "app/snooze_timer.h"
#include "app/student_bot.h"
#include "app/ticket_keeper.h"
#include "app/token_authority.h"
#include "delivery/publisher.h"
#include "store/store.h"

namespace parlor::app {

class CommitPublisher final : public store::CommitListener {
 public:
  CommitPublisher(delivery::Publisher& publisher, const ConnectedPeople& connected,
                  Dispatcher& dispatcher)
      : publisher_(publisher), connected_(connected), dispatcher_(dispatcher) {}
  // Later than the constructor, because markers need the store, which needs this. Null: none.
  void mark_deliveries_with(Markers* markers) { markers_ = markers; }
  void time_snoozes_with(SnoozeTimer* snoozes) { snoozes_ = snoozes; }
  void erase_histories_with(TicketKeeper* tickets) { tickets_ = tickets; }
  // Whose memory of verified tokens ends when an account's keys change. Null: none.
  void forget_tokens_of(StoreTokenAuthority* tokens) { tokens_ = tokens; }
  // Which bot learns what accounts change of it. Null: none.
  void teach(StudentBot* bot) { bot_ = bot; }
  void committed(std::vector<store::FinishedJob> group) override;

 private:
  void note_snooze(const chat::Event& event);
  void note_erasure(const chat::Event& event);
  void note_delivery(const chat::Event& event);
  void note_keys(const chat::Event& event);
  void note_knowledge(const chat::Event& event);

  delivery::Publisher& publisher_;
  const ConnectedPeople& connected_;
  Dispatcher& dispatcher_;
  std::atomic<Markers*> markers_{nullptr};
  std::atomic<SnoozeTimer*> snoozes_{nullptr};
  std::atomic<TicketKeeper*> tickets_{nullptr};
  std::atomic<StoreTokenAuthority*> tokens_{nullptr};
  std::atomic<StudentBot*> bot_{nullptr};
};

// For a store without a server: nobody is to be told.
class QuietListener final : public store::CommitListener {
 public:
  void committed(std::vector<store::FinishedJob> group) override;
};

}  // namespace parlor::app
