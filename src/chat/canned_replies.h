// Canned replies: written by admins, read by the agents of their inbox (spec admin.md).
//
// Bounds: kMaxCannedReplies an account, kMaxShortCodeCharacters, kMaxCannedCharacters. Every act is
// in the audit log.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr std::size_t kMaxCannedReplies = 1'000;
inline constexpr std::size_t kMaxShortCodeCharacters = 40;
inline constexpr std::size_t kMaxCannedCharacters = 10'000;

struct CreateCanned {
  std::string short_code;  // one word; a slash before it is left out
  std::string text;
  std::optional<InboxId> inbox;  // none = every inbox
  std::string client_id;
};
// invalid: a field; not_found: the inbox; conflict: the short code is taken in that inbox.
Result<CannedReply> create_canned(Transaction& transaction, const Actor& actor,
                                  const CreateCanned& input);

struct UpdateCanned {
  CannedReplyId canned;
  std::optional<std::string> short_code;
  std::optional<std::string> text;
  std::optional<InboxId> inbox;  // 0 = every inbox
};
Result<CannedReply> update_canned(Transaction& transaction, const Actor& actor,
                                  const UpdateCanned& input);

Result<CannedReply> delete_canned(Transaction& transaction, const Actor& actor,
                                  CannedReplyId canned);

struct ListCanned {
  std::optional<InboxId> inbox;  // those for this inbox: its own, and those for every inbox
  std::optional<RoomId> room;    // those for this room's inbox, filled in for its contact
};
struct CannedView {
  CannedReply canned;
  std::optional<std::string> rendered;  // for a room
};
// Those of the caller's inboxes and of every inbox; of admins all. By short code.
Result<std::vector<CannedView>> list_canned(Transaction& transaction, const Actor& actor,
                                            const ListCanned& input);

}  // namespace parlor::chat
