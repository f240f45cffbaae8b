// A Transaction over plain tables in memory, for tests of rules. Not a store: no durability, no
// isolation. The stores' contract suite covers the real thing; this keeps to the same port.
//
// One thread. Everything done through one object is one transaction that never ends: `events` are
// those recorded so far.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "chat/transaction.h"

namespace parlor::chat::testing {

struct Tables {
  std::map<AccountId, Account> accounts;
  std::vector<HostKey> host_keys;
  std::map<AgentId, Agent> agents;
  std::map<InboxId, Inbox> inboxes;
  std::set<std::pair<InboxId, ConversationId>> members;
  std::map<ContactId, Contact> contacts;
  std::map<SupportTokenId, SupportToken> support_tokens;
  std::map<SessionId, VisitorSession> sessions;
  std::map<RoomId, Room> rooms;
  std::map<std::pair<RoomId, std::int64_t>, RoomChange> changes;
  std::map<std::pair<RoomId, std::int64_t>, Message> messages;
  std::map<std::pair<RoomId, ConversationId>, ReadMarker> markers;
  std::map<std::tuple<AccountId, ConversationId, std::string, std::string>, StoredOutcome> outcomes;
};

class MemoryTransaction final : public Transaction {
 public:
  explicit MemoryTransaction(Timestamp now);
  ~MemoryTransaction() override;

  Timestamp now() override { return clock_.now(); }
  IdSource& ids() override { return ids_; }
  Accounts& accounts() override;
  Agents& agents() override;
  Inboxes& inboxes() override;
  Contacts& contacts() override;
  SupportTokens& support_tokens() override;
  VisitorSessions& visitor_sessions() override;
  Rooms& rooms() override;
  Messages& messages() override;
  Outcomes& outcomes() override;
  void record(Event event) override;

  Tables tables;
  std::vector<Event> events;
  bool read_only = false;  // then every writing call throws std::logic_error
  int writes = 0;

  void advance(std::int64_t ms) { clock_.advance(ms); }
  std::vector<Event> take_events() { return std::exchange(events, {}); }

 private:
  struct Repositories;

  ManualClock clock_;
  ClockIdSource ids_;
  std::unique_ptr<Repositories> repositories_;
};

}  // namespace parlor::chat::testing
