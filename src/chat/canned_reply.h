// A canned reply: a text that agents send often, found by its short code.
//
// The text may hold variables, as {{contact.name}} or {{contact.name | there}}: what stands behind
// the bar is said when the variable is empty.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"

namespace parlor::chat {

struct CannedReply {
  CannedReplyId id;
  AccountId account;
  InboxId inbox;           // 0 = every inbox
  std::string short_code;  // lower case, unique in its inbox (or among those of every inbox)
  std::string text;
  Timestamp created_at;
  Timestamp updated_at;
};

class CannedReplies {
 public:
  virtual ~CannedReplies() = default;
  virtual std::optional<CannedReply> find(AccountId, CannedReplyId) = 0;
  virtual std::optional<CannedReply> find_by_code(AccountId, InboxId,
                                                  std::string_view short_code) = 0;
  virtual std::vector<CannedReply> list(AccountId) = 0;  // at most 1,000, by short code
  virtual void insert(const CannedReply&) = 0;
  virtual void update(const CannedReply&) = 0;
  virtual void remove(AccountId, CannedReplyId) = 0;
};

// What the variables stand for.
struct CannedValues {
  std::string contact_name;
  std::string contact_email;
  std::string contact_phone;
  std::string agent_name;
  std::string inbox_name;
};

// invalid: braces that do not close, or an unknown variable; the message names the known ones.
Result<Ok> check_canned_text(std::string_view text);

// The text with its variables filled in. Values are text and never read as variables. What
// check_canned_text refuses stays as it is written.
std::string render_canned(std::string_view text, const CannedValues& values);

}  // namespace parlor::chat
