// A small company to test rules in, and an ear at everybody's socket.
//
//   account "Acme":  Ada (admin), Ann and Bob (agents, members of the inbox),
//                    Carl (agent, member of no inbox), Vic (a visitor)
//   account "Other": Eve (admin), Oz (a visitor)
#pragma once

#include <string>
#include <vector>

#include "chat/accounts.h"
#include "chat/agents.h"
#include "chat/inboxes.h"
#include "chat/support_tokens.h"
#include "support/endless_transaction.h"

namespace parlor::chat::testing {

struct World {
  World();

  EndlessTransaction tx;
  Account acme;
  Account other;
  Inbox inbox;        // Acme's, visibility assigned, routing manual
  Inbox other_inbox;  // the other account's
  Actor ada, ann, bob, carl, vic;
  Actor eve, oz;

  Actor add_agent(AccountId account, const std::string& name, AgentRole role);
  Actor add_visitor(AccountId account, const std::string& name);
  Inbox add_inbox(const std::string& name, const std::vector<Actor>& members,
                  Visibility visibility = Visibility::assigned);

  // A room that Vic started with this text; its events are taken away.
  Room start_room(const std::string& description = "My order is late");
  Room room(RoomId id) { return tx.rooms().find(acme.id, id).value(); }
  // Replaces the assignees; its events are taken away.
  void assign(RoomId room, const std::vector<Actor>& agents);
  void set_status(RoomId room, RoomStatus status);

  // What reached this person's sockets, by the names that clients know, in order:
  // "joinRoom newMessage newMessage:note updateRoom:status accessLost messageRead".
  std::string heard(const Actor& who);
  // The same for everybody, of those who heard anything: "Ann: newMessage; Vic: joinRoom".
  std::string heard_by_all();
};

}  // namespace parlor::chat::testing
