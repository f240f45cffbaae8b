#include "chat/audit.h"

#include <algorithm>
#include <utility>

#include "chat/access.h"
#include "chat/utf8.h"

namespace parlor::chat {

namespace {

std::string bounded(std::string_view text) {
  if (text.size() <= kMaxAuditTextBytes) return std::string(text);
  std::string cut(first_bytes(text, kMaxAuditTextBytes));
  cut += "…";
  return cut;
}

}  // namespace

Changes& Changes::add(std::string_view field, std::string_view from, std::string_view to) {
  if (from != to && changes_.size() < kMaxChanges) {
    changes_.push_back({std::string(field), bounded(from), bounded(to)});
  }
  return *this;
}

Changes& Changes::add(std::string_view field, std::int64_t from, std::int64_t to) {
  return add(field, std::to_string(from), std::to_string(to));
}

Changes& Changes::add(std::string_view field, bool from, bool to) {
  const auto text = [](bool value) { return std::string_view(value ? "true" : "false"); };
  return add(field, text(from), text(to));
}

Changes& Changes::add_secret(std::string_view field) {
  changes_.push_back({std::string(field), "", ""});
  return *this;
}

void audit(Transaction& transaction, const Actor& actor, std::string_view action,
           const AuditSubject& subject, Changes changes) {
  AuditEntry entry;
  entry.account = actor.account;
  entry.at = transaction.now();
  entry.actor = actor.conversation;
  entry.actor_name = actor.name;
  entry.action = action;
  entry.subject = subject.id;
  entry.subject_name = bounded(subject.name);
  entry.changes = changes.take();
  transaction.audit_log().append(entry);
}

Result<AuditPage> list_audit(Transaction& transaction, const Actor& actor, const ListAudit& input) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  if (input.limit < 1) return fail(ErrorCode::invalid, "limit must be at least 1");
  const int limit = std::min(input.limit, kMaxAuditPage);
  AuditPage page;
  page.entries = transaction.audit_log().list(actor.account, input.before, limit + 1);
  page.more = page.entries.size() > static_cast<std::size_t>(limit);
  if (page.more) page.entries.pop_back();
  return page;
}

}  // namespace parlor::chat
