// Hands what the store has committed to the Publisher: where the two ports meet.
#pragma once

#include "delivery/publisher.h"
#include "store/store.h"

namespace parlor::app {

class CommitPublisher final : public store::CommitListener {
 public:
  explicit CommitPublisher(delivery::Publisher& publisher) : publisher_(publisher) {}
  void committed(std::vector<store::FinishedJob> group) override;

 private:
  delivery::Publisher& publisher_;
};

// For a store without a server: nobody is to be told.
class QuietListener final : public store::CommitListener {
 public:
  void committed(std::vector<store::FinishedJob> group) override;
};

}  // namespace parlor::app
