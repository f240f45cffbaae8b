// The audit log: who did what to whom, and when. Every administrative act records itself in its own
// transaction, so that there is no act without an entry and no entry without its act.
//
// Entries hold no secrets: of passwords, keys and tokens only that they changed. Bounds:
// kMaxChanges changes an entry, kMaxAuditTextBytes each value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "chat/actor.h"

namespace parlor::chat {

class Transaction;

inline constexpr std::size_t kMaxChanges = 40;
inline constexpr std::size_t kMaxAuditTextBytes = 200;
inline constexpr int kMaxAuditPage = 100;

struct AuditChange {
  std::string field;
  std::string from;
  std::string to;
};

struct AuditEntry {
  AccountId account;
  std::int64_t number = 0;  // dense in the account, from 1
  Timestamp at;
  ConversationId actor;  // 0 = the server's operator
  std::string actor_name;
  std::string action;  // "inbox.updated": the kind of subject, what was done
  std::int64_t subject = 0;
  std::string subject_name;
  std::vector<AuditChange> changes;
};

class AuditLog {
 public:
  virtual ~AuditLog() = default;
  virtual void append(const AuditEntry&) = 0;  // with the account's next number
  virtual std::vector<AuditEntry> list(AccountId, std::int64_t before,
                                       int limit) = 0;  // newest first
};

// The fields that an act changes. A field that stays as it is leaves no trace.
class Changes {
 public:
  Changes& add(std::string_view field, std::string_view from, std::string_view to);
  Changes& add(std::string_view field, std::int64_t from, std::int64_t to);
  Changes& add(std::string_view field, bool from, bool to);
  // That it changed, and not how.
  Changes& add_secret(std::string_view field);

  bool empty() const { return changes_.empty(); }
  std::vector<AuditChange> take() { return std::move(changes_); }

 private:
  std::vector<AuditChange> changes_;
};

struct AuditSubject {
  std::int64_t id = 0;
  std::string name;
};

void audit(Transaction& transaction, const Actor& actor, std::string_view action,
           const AuditSubject& subject, Changes changes = {});

struct ListAudit {
  std::int64_t before = INT64_MAX;  // an entry's number, exclusive
  int limit = 50;                   // 1 to kMaxAuditPage; above that, as many
};
struct AuditPage {
  std::vector<AuditEntry> entries;
  bool more = false;
};
// For admins.
Result<AuditPage> list_audit(Transaction& transaction, const Actor& actor, const ListAudit& input);

}  // namespace parlor::chat
