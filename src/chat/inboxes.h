// Inboxes: the doors through which customers write, and who is behind them (spec admin.md).
//
// Read by the team, changed by admins and by the command line; every act is in the audit log. Who
// loses a membership loses what only it opened, at once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/statistics_reports.h"
#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr std::size_t kMaxInboxes = 1'000;
inline constexpr std::size_t kMaxMembershipChanges = 200;  // in one call
inline constexpr std::size_t kMaxAwayCharacters = 1'000;

struct CreateInbox {
  std::string name;
  std::string icon;
  Channel channel = Channel::widget;
  RoutingAlgorithm algorithm = RoutingAlgorithm::round_robin;
  Visibility visibility = Visibility::assigned;
  bool has_bot = false;
  std::string away_message;
  std::optional<OpeningHours> hours;         // nothing = always open
  std::vector<std::string> pre_chat_fields;  // of name, email, phone
  std::vector<ConversationId> members;
  std::string client_id;
};
// invalid: a field; not_found: a member who is no agent of the account.
Result<Inbox> create_inbox(Transaction& transaction, const Actor& actor, const CreateInbox& input);

struct UpdateInbox {
  InboxId inbox;
  std::optional<std::string> name;
  std::optional<std::string> icon;
  std::optional<Channel> channel;
  std::optional<RoutingAlgorithm> algorithm;
  std::optional<Visibility> visibility;
  std::optional<bool> has_bot;
  std::optional<std::string> away_message;
  std::optional<std::optional<OpeningHours>> hours;  // nothing inside = always open
  std::optional<std::vector<std::string>> pre_chat_fields;
  std::optional<std::vector<ConversationId>> members;  // instead of those there are
};
// conflict: an inbox keeps its channel, because its conversations came through it.
Result<Inbox> update_inbox(Transaction& transaction, const Actor& actor, const UpdateInbox& input);

Result<std::vector<Inbox>> list_inboxes(Transaction& transaction, const Actor& actor);

struct MemberView {
  Agent agent;
  std::int64_t current_load = 0;  // open rooms assigned to them, in every inbox
};
// An inbox with the people behind it.
struct InboxView {
  Inbox inbox;
  std::vector<MemberView> members;
  InboxStatistics statistics;
};
Result<std::vector<InboxView>> list_inbox_views(Transaction& transaction, const Actor& actor);
Result<InboxView> get_inbox(Transaction& transaction, const Actor& actor, InboxId inbox);
Result<InboxView> open_inbox(Transaction& transaction, const Actor& actor,
                             const CreateInbox& input);
Result<InboxView> change_inbox(Transaction& transaction, const Actor& actor,
                               const UpdateInbox& input);

struct InboxMember {
  InboxId inbox;
  ConversationId agent;
};
// Both are fine when it is so already. What the agent's sockets may see follows.
Result<Ok> add_inbox_member(Transaction& transaction, const Actor& actor, const InboxMember& input);
Result<Ok> remove_inbox_member(Transaction& transaction, const Actor& actor,
                               const InboxMember& input);

}  // namespace parlor::chat
