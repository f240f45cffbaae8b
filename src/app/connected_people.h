// Who has a connected socket now: what makes a message "delivered".
//
// Thread-safe. One entry a person, however many sockets; bounded by the connections.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "chat/actor.h"
#include "chat/event.h"
#include "delivery/emit.h"

namespace parlor::app {

class ConnectedPeople final : public delivery::Hearers {
 public:
  // `rooms`: the server's private rooms that the person's socket is in.
  void entered(const chat::Actor& person, const std::vector<std::string>& rooms);
  void left(AccountId account, ConversationId person);

  // Of the team, whether anybody of the account's is connected.
  bool may_hear(const chat::Audience& audience) const override;

  // Somebody who gets what is sent to this audience, if anybody does.
  std::optional<chat::Actor> receiver_of(const chat::Audience& audience) const;

 private:
  // Contacts are many: of them only what a marker needs.
  struct Visitor {
    AccountId account;
    ContactId contact;
    int sockets = 0;
  };
  struct Colleague {
    chat::Actor person;
    std::vector<std::string> rooms;
    int sockets = 0;
  };
  using Team = std::unordered_map<ConversationId, Colleague>;

  mutable std::mutex mutex_;
  std::unordered_map<ConversationId, Visitor> visitors_;
  std::unordered_map<AccountId, Team> teams_;
};

}  // namespace parlor::app
