// The uploads of messages: who put which blob here, and whether a message carries it.
//
// Owned by SqlTransaction, on its connection's thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chat/upload.h"
#include "store/sql/connection.h"

namespace parlor::store::sql {

class SqlUploads final : public chat::Uploads {
 public:
  explicit SqlUploads(Connection& db) : db_(db) {}
  std::optional<chat::Upload> find(std::string_view key) override;
  int count_unsent(AccountId account, ConversationId uploader, int limit) override;
  void insert(const chat::Upload& upload) override;
  void mark_sent(AccountId account, std::string_view key, Timestamp at) override;
  std::vector<std::string> remove_unsent(Timestamp made_before, int limit) override;

 private:
  Connection& db_;
};

}  // namespace parlor::store::sql
