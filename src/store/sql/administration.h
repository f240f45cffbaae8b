// What administration keeps: rows of one table each, by key.
//
// Owned by SqlTransaction; they live as long as the connection and belong to its thread.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "chat/transaction.h"
#include "store/sql/connection.h"
#include "store/sql/recent.h"

namespace parlor::store::sql {

class SqlAccountSettings final : public chat::AccountSettingsRows {
 public:
  SqlAccountSettings(Connection& db, Keeping keeping) : db_(db), by_account_(keeping) {}
  void forget() { by_account_.forget(); }
  chat::AccountSettings find(AccountId account) override;
  void put(const chat::AccountSettings& settings) override;

 private:
  chat::AccountSettings read(AccountId account);

  Connection& db_;
  Recent<AccountId, chat::AccountSettings> by_account_;
};

class SqlInvitations final : public chat::Invitations {
 public:
  explicit SqlInvitations(Connection& db) : db_(db) {}
  std::optional<chat::Invitation> find_by_hash(std::string_view sha256) override;
  std::vector<chat::Invitation> list(AccountId account) override;
  void put(const chat::Invitation& invitation) override;
  void remove(AccountId account, AgentId agent) override;

 private:
  Connection& db_;
};

class SqlCannedReplies final : public chat::CannedReplies {
 public:
  explicit SqlCannedReplies(Connection& db) : db_(db) {}
  std::optional<chat::CannedReply> find(AccountId account, CannedReplyId id) override;
  std::optional<chat::CannedReply> find_by_code(AccountId account, InboxId inbox,
                                                std::string_view short_code) override;
  std::vector<chat::CannedReply> list(AccountId account) override;
  void insert(const chat::CannedReply& canned) override;
  void update(const chat::CannedReply& canned) override;
  void remove(AccountId account, CannedReplyId id) override;

 private:
  Connection& db_;
};

class SqlIntegrations final : public chat::Integrations {
 public:
  explicit SqlIntegrations(Connection& db) : db_(db) {}
  std::optional<chat::Integration> find(AccountId account, IntegrationId id) override;
  std::optional<chat::Integration> find_by_hash(std::string_view sha256) override;
  std::vector<chat::Integration> list(AccountId account) override;
  void insert(const chat::Integration& integration) override;
  void remove(const chat::Integration& integration) override;

 private:
  Connection& db_;
};

class SqlAuditLog final : public chat::AuditLog {
 public:
  explicit SqlAuditLog(Connection& db) : db_(db) {}
  void append(const chat::AuditEntry& entry) override;
  std::vector<chat::AuditEntry> list(AccountId account, std::int64_t before, int limit) override;

 private:
  Connection& db_;
};

}  // namespace parlor::store::sql
