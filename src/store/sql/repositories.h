// The small repositories of a transaction: rows of one table each, by key. Rooms and messages have
// headers of their own.
//
// Owned by SqlTransaction; they live as long as the connection and belong to its thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "chat/transaction.h"
#include "store/sql/connection.h"
#include "store/sql/recent.h"
#include "store/sql/search.h"

namespace parlor::store::sql {

inline constexpr int kMaxListed = 1'000;

class SqlAccounts final : public chat::Accounts {
 public:
  explicit SqlAccounts(Connection& db) : db_(db) {}
  std::optional<chat::Account> find(AccountId id) override;
  std::vector<chat::Account> list() override;
  void insert(const chat::Account& account) override;
  void update(const chat::Account& account) override;
  std::vector<chat::HostKey> host_keys(AccountId account) override;
  void insert_host_key(const chat::HostKey& key) override;
  void remove_host_key(const chat::HostKey& key) override;

 private:
  Connection& db_;
};

class SqlAgents final : public chat::Agents {
 public:
  SqlAgents(Connection& db, Keeping keeping) : db_(db), by_id_(keeping), by_external_id_(keeping) {}
  void forget();

  std::optional<chat::Agent> find(AccountId account, AgentId id) override;
  std::optional<chat::Agent> find_by_conversation(AccountId account, ConversationId id) override;
  std::optional<chat::Agent> find_by_external_id(AccountId account,
                                                 std::string_view external_id) override;
  std::optional<chat::Agent> find_by_email(std::string_view email_lower_case) override;
  std::vector<chat::Agent> list(AccountId account) override;
  void insert(const chat::Agent& agent) override;
  void update(const chat::Agent& agent) override;

 private:
  Connection& db_;
  Recent<std::pair<AccountId, AgentId>, std::optional<chat::Agent>> by_id_;
  Recent<std::pair<AccountId, std::string>, std::optional<chat::Agent>> by_external_id_;
};

class SqlInboxes final : public chat::Inboxes {
 public:
  SqlInboxes(Connection& db, Keeping keeping)
      : db_(db), by_id_(keeping), membership_(keeping), first_(keeping) {}
  void forget();

  std::optional<chat::Inbox> find(AccountId account, InboxId id) override;
  std::vector<chat::Inbox> list(AccountId account) override;
  std::optional<chat::Inbox> first_of(AccountId account, chat::Channel channel) override;
  void insert(const chat::Inbox& inbox) override;
  void update(const chat::Inbox& inbox) override;
  void add_member(AccountId account, InboxId inbox, ConversationId agent) override;
  void remove_member(AccountId account, InboxId inbox, ConversationId agent) override;
  bool is_member(AccountId account, InboxId inbox, ConversationId agent) override;
  std::vector<ConversationId> members(AccountId account, InboxId inbox) override;
  std::vector<InboxId> of_member(AccountId account, ConversationId agent) override;

 private:
  Connection& db_;
  Recent<std::pair<AccountId, InboxId>, std::optional<chat::Inbox>> by_id_;
  Recent<std::tuple<AccountId, InboxId, ConversationId>, bool> membership_;
  Recent<std::pair<AccountId, chat::Channel>, InboxId> first_;
};

class SqlContacts final : public chat::Contacts {
 public:
  SqlContacts(Connection& db, Search& search) : db_(db), search_(search) {}
  std::optional<chat::Contact> find(AccountId account, ContactId id) override;
  std::optional<chat::Contact> find_by_conversation(AccountId account, ConversationId id) override;
  std::optional<chat::Contact> find_by_identifier(AccountId account,
                                                  std::string_view identifier) override;
  std::optional<chat::Contact> find_by_external_id(AccountId account, chat::ContactKind kind,
                                                   std::string_view external_id) override;
  // Of the device's newest session; none if that has been ended (somebody logged out there).
  std::optional<chat::Contact> find_by_device(AccountId account, SupportTokenId token,
                                              std::string_view device_id) override;
  std::vector<chat::Contact> find_by_email(AccountId account,
                                           std::string_view email_lower_case) override;
  std::vector<chat::Contact> find_by_phone(AccountId account, std::string_view phone) override;
  void insert(const chat::Contact& contact) override;
  void update(const chat::Contact& contact) override;

 private:
  Connection& db_;
  Search& search_;
};

class SqlSupportTokens final : public chat::SupportTokens {
 public:
  explicit SqlSupportTokens(Connection& db) : db_(db) {}
  std::optional<chat::SupportToken> find_by_hash(std::string_view sha256) override;
  std::optional<chat::SupportToken> find(AccountId account, SupportTokenId id) override;
  std::vector<chat::SupportToken> list(AccountId account) override;
  void insert(const chat::SupportToken& token) override;
  void update(const chat::SupportToken& token) override;

 private:
  Connection& db_;
};

class SqlVisitorSessions final : public chat::VisitorSessions {
 public:
  explicit SqlVisitorSessions(Connection& db) : db_(db) {}
  std::optional<chat::VisitorSession> find_by_hash(std::string_view sha256) override;
  std::vector<chat::VisitorSession> of_contact(AccountId account, ContactId contact,
                                               int limit) override;
  void insert(const chat::VisitorSession& session) override;
  void update(const chat::VisitorSession& session) override;

 private:
  Connection& db_;
};

class SqlRoomPreferences final : public chat::RoomPreferences {
 public:
  SqlRoomPreferences(Connection& db, Keeping keeping)
      : db_(db), any_snoozed_(keeping), snoozes_(keeping) {}
  void forget() {
    any_snoozed_.forget();
    snoozes_.forget();
  }

  chat::RoomPreference find(AccountId account, RoomId room, ConversationId agent) override;
  void put(AccountId account, const chat::RoomPreference& preference) override;
  std::vector<RoomId> favorites(AccountId account, ConversationId agent) override;
  std::vector<RoomId> snoozed(AccountId account, ConversationId agent, Timestamp now) override;
  std::vector<ConversationId> snoozing(AccountId account, RoomId room, Timestamp now) override;
  std::vector<chat::DueSnooze> due(Timestamp at, int limit) override;
  std::optional<Timestamp> next_due() override;

 private:
  Connection& db_;
  AnyRows any_snoozed_;
  // Every message asks for them. Only those that had not ended when they were read.
  Recent<std::pair<AccountId, RoomId>, std::vector<chat::RoomPreference>> snoozes_;
};

class SqlRoomTags final : public chat::RoomTags {
 public:
  explicit SqlRoomTags(Connection& db) : db_(db) {}
  void replace(const chat::Room& room, const std::vector<std::string>& before) override;

 private:
  Connection& db_;
};

class SqlRoomDepartures final : public chat::RoomDepartures {
 public:
  explicit SqlRoomDepartures(Connection& db) : db_(db) {}
  void insert(AccountId account, const chat::RoomDeparture& departure) override;
  std::vector<chat::RoomDeparture> since(AccountId account,
                                         const std::vector<std::int64_t>& holders, Timestamp since,
                                         int limit) override;
  std::optional<chat::KeptDeparture> remove_old(Timestamp before, const chat::KeptDeparture& after,
                                                int limit) override;

 private:
  Connection& db_;
};

class SqlOutcomes final : public chat::Outcomes {
 public:
  explicit SqlOutcomes(Connection& db) : db_(db) {}
  std::optional<chat::StoredOutcome> find(const chat::OutcomeKey& key) override;
  void insert(const chat::OutcomeKey& key, const chat::StoredOutcome& outcome) override;
  std::optional<chat::OutcomeKey> remove_old(Timestamp before, const chat::OutcomeKey& after,
                                             int limit) override;

 private:
  Connection& db_;
};

}  // namespace parlor::store::sql
