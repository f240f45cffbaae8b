#include "chat/inboxes.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "chat/access.h"
#include "chat/audit.h"
#include "chat/fields.h"
#include "chat/idempotency.h"
#include "chat/names.h"
#include "chat/order_inbox.h"
#include "chat/questions.h"
#include "chat/revocation.h"
#include "chat/routing.h"
#include "chat/student_inbox.h"

namespace parlor::chat {

namespace {

using Members = std::vector<ConversationId>;

AuditSubject subject_of(const Inbox& inbox) { return {inbox.id.value, inbox.name}; }

Failure inbox_not_found() { return fail(ErrorCode::not_found, "Inbox not found"); }

bool contains(const Members& members, ConversationId agent) {
  return std::find(members.begin(), members.end(), agent) != members.end();
}

// Those of `some` who are not among `others`, each once.
Members without(const Members& some, const Members& others) {
  Members rest;
  for (const ConversationId agent : some) {
    if (!contains(others, agent) && !contains(rest, agent)) rest.push_back(agent);
  }
  return rest;
}

struct Membership {
  Inbox inbox;
  Agent agent;
};

Result<Membership> check_membership(Transaction& transaction, const Actor& actor,
                                    const InboxMember& input) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  auto inbox = transaction.inboxes().find(actor.account, input.inbox);
  if (!inbox) return inbox_not_found();
  auto agent = transaction.agents().find_by_conversation(actor.account, input.agent);
  if (!agent) return fail(ErrorCode::not_found, "Agent not found");
  return Membership{std::move(*inbox), std::move(*agent)};
}

void join(Transaction& transaction, const Actor& actor, const Inbox& inbox, const Agent& agent) {
  transaction.inboxes().add_member(inbox.account, inbox.id, agent.conversation);
  reconnect_agent(transaction, agent);
  follow_joining(transaction, inbox, agent.conversation);
  Changes changes;
  changes.add("members", "", agent.name);
  audit(transaction, actor, "inbox.member_added", subject_of(inbox), std::move(changes));
}

void leave(Transaction& transaction, const Actor& actor, const Inbox& inbox, const Agent& agent) {
  transaction.inboxes().remove_member(inbox.account, inbox.id, agent.conversation);
  reconnect_agent(transaction, agent);
  follow_leaving(transaction, inbox, agent.conversation);
  Changes changes;
  changes.add("members", agent.name, "");
  audit(transaction, actor, "inbox.member_removed", subject_of(inbox), std::move(changes));
}

// Who joins and who leaves, so that these are the members.
struct MemberChanges {
  std::vector<Agent> joining;
  std::vector<Agent> leaving;
};

Result<MemberChanges> plan_members(Transaction& transaction, const Inbox& inbox,
                                   const Members& before, const Members& after) {
  const auto joining = without(after, before);
  const auto leaving = without(before, after);
  if (joining.size() + leaving.size() > kMaxMembershipChanges) {
    return fail(ErrorCode::invalid, "members may change by at most " +
                                        std::to_string(kMaxMembershipChanges) + " in one call");
  }
  MemberChanges plan;
  for (const ConversationId id : joining) {
    auto agent = transaction.agents().find_by_conversation(inbox.account, id);
    if (!agent) return fail(ErrorCode::not_found, "Agent not found");
    plan.joining.push_back(std::move(*agent));
  }
  for (const ConversationId id : leaving) {
    auto agent = transaction.agents().find_by_conversation(inbox.account, id);
    if (agent) plan.leaving.push_back(std::move(*agent));
  }
  return plan;
}

void carry_out(Transaction& transaction, const Actor& actor, const Inbox& inbox,
               const MemberChanges& plan) {
  for (const Agent& agent : plan.joining) join(transaction, actor, inbox, agent);
  for (const Agent& agent : plan.leaving) leave(transaction, actor, inbox, agent);
}

// Each once, in the order in which they are asked.
Result<std::vector<std::string>> check_pre_chat_fields(const std::vector<std::string>& written) {
  std::vector<std::string> fields;
  for (const std::string_view known : {"name", "email", "phone"}) {
    if (std::find(written.begin(), written.end(), known) != written.end()) {
      fields.emplace_back(known);
    }
  }
  const bool all_known = std::all_of(written.begin(), written.end(), [&](const auto& field) {
    return std::find(fields.begin(), fields.end(), field) != fields.end();
  });
  if (all_known) return fields;
  return fail(ErrorCode::invalid, "pre_chat_fields must be of: name, email, phone");
}

Result<Ok> check_fields(Transaction& transaction, Inbox& inbox) {
  auto name = check_required_line("name", inbox.name, kMaxNameCharacters);
  if (!name) return name.failure();
  auto icon = check_line("icon", inbox.icon, kMaxIdentifierBytes);
  if (!icon) return icon.failure();
  auto away_message = check_text("away_message", inbox.away_message, kMaxAwayCharacters);
  if (!away_message) return away_message.failure();
  auto fields = check_pre_chat_fields(inbox.pre_chat_fields);
  if (!fields) return fields.failure();
  if (inbox.hours) {
    auto hours = check_hours(*inbox.hours, transaction.time_zones());
    if (!hours) return hours.failure();
    inbox.hours = std::move(*hours);
  }
  inbox.name = std::move(*name);
  inbox.icon = std::move(*icon);
  inbox.pre_chat_fields = std::move(*fields);
  return Ok{};
}

Result<Inbox> with_changes(Transaction& transaction, Inbox inbox, const UpdateInbox& input) {
  if (input.channel && *input.channel != inbox.channel) {
    return fail(ErrorCode::conflict,
                "An inbox keeps its channel: make another inbox for the other channel");
  }
  if (input.name) inbox.name = *input.name;
  if (input.icon) inbox.icon = *input.icon;
  if (input.algorithm) inbox.algorithm = *input.algorithm;
  if (input.visibility) inbox.visibility = *input.visibility;
  if (inbox.channel == Channel::student && inbox.visibility != Visibility::inbox) {
    return fail(ErrorCode::invalid,
                "visibility of a student inbox must be inbox: its members share its chats");
  }
  if (input.has_bot) inbox.has_bot = *input.has_bot;
  if (input.away_message) inbox.away_message = *input.away_message;
  if (input.hours) inbox.hours = *input.hours;
  if (input.pre_chat_fields) inbox.pre_chat_fields = *input.pre_chat_fields;
  if (auto checked = check_fields(transaction, inbox); !checked) return checked.failure();
  return inbox;
}

// "Europe/Berlin 09:00-17:00 … closed; 2026-12-25": for people who read the audit log.
std::string spell_hours(const std::optional<OpeningHours>& hours) {
  if (!hours) return "always open";
  std::string text = hours->timezone;
  for (const auto& day : hours->week) {
    text += ' ';
    if (!day) {
      text += "closed";
      continue;
    }
    text += spell_time_of_day(day->from_minute);
    text += '-';
    text += spell_time_of_day(day->to_minute);
  }
  for (const std::string& date : hours->holidays) text.append("; ").append(date);
  return text;
}

std::string spell_fields(const std::vector<std::string>& fields) {
  std::string text;
  for (const std::string& field : fields) text.append(text.empty() ? "" : ", ").append(field);
  return text;
}

Changes changes_between(const Inbox& before, const Inbox& after) {
  Changes changes;
  changes.add("name", before.name, after.name)
      .add("icon", before.icon, after.icon)
      .add("channel", name_of(before.channel), name_of(after.channel))
      .add("algorithm", name_of(before.algorithm), name_of(after.algorithm))
      .add("visibility", name_of(before.visibility), name_of(after.visibility))
      .add("bot", before.has_bot, after.has_bot)
      .add("away_message", before.away_message, after.away_message)
      .add("hours", spell_hours(before.hours), spell_hours(after.hours))
      .add("pre_chat_fields", spell_fields(before.pre_chat_fields),
           spell_fields(after.pre_chat_fields));
  return changes;
}

std::string digest_of(const CreateInbox& input) {
  BodyDigest digest;
  digest.add(input.name)
      .add(input.icon)
      .add(name_of(input.channel))
      .add(name_of(input.algorithm))
      .add(name_of(input.visibility))
      .add(std::int64_t{input.has_bot})
      .add(input.away_message)
      .add(spell_hours(input.hours))
      .add(spell_fields(input.pre_chat_fields));
  for (const ConversationId member : input.members) digest.add(member.value);
  return digest.finish();
}

using Team = std::unordered_map<ConversationId, Agent>;

Team team_of_account(Transaction& transaction, AccountId account) {
  Team team;
  for (Agent& agent : transaction.agents().list(account)) {
    const auto conversation = agent.conversation;
    team.emplace(conversation, std::move(agent));
  }
  return team;
}

InboxView view_of(Transaction& transaction, Inbox inbox, const Team& team) {
  InboxView view;
  for (const auto& member : transaction.routing().candidates(inbox.account, inbox.id)) {
    const auto known = team.find(member.agent);
    if (known != team.end()) view.members.push_back({known->second, member.open_rooms});
  }
  view.statistics = inbox_statistics(transaction, inbox.account, inbox.id);
  view.inbox = std::move(inbox);
  return view;
}

InboxView view_of(Transaction& transaction, Inbox inbox) {
  const auto team = team_of_account(transaction, inbox.account);
  return view_of(transaction, std::move(inbox), team);
}

}  // namespace

Result<Inbox> create_inbox(Transaction& transaction, const Actor& actor, const CreateInbox& input) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  const RepeatableWrite write(actor, "create_inbox", input.client_id, digest_of(input));
  const auto earlier = write.earlier(transaction);
  if (!earlier) return earlier.failure();
  if (*earlier) return transaction.inboxes().find(actor.account, {(*earlier)->subject}).value();

  Inbox inbox;
  inbox.account = actor.account;
  inbox.name = input.name;
  inbox.icon = input.icon;
  inbox.channel = input.channel;
  inbox.algorithm = input.algorithm;
  inbox.visibility = input.visibility;
  inbox.has_bot = input.has_bot;
  inbox.away_message = input.away_message;
  inbox.hours = input.hours;
  inbox.pre_chat_fields = input.pre_chat_fields;
  if (auto checked = check_fields(transaction, inbox); !checked) return checked.failure();
  if (inbox.channel == Channel::student) {
    if (find_student_inbox(transaction, actor.account)) {
      return fail(ErrorCode::conflict,
                  "The account has a student inbox already: all students write there");
    }
    inbox.visibility = Visibility::inbox;  // its members share its chats
  }
  const auto members = plan_members(transaction, inbox, {}, input.members);
  if (!members) return members.failure();
  if (transaction.inboxes().list(actor.account).size() >= kMaxInboxes) {
    return fail(ErrorCode::conflict,
                "An account has at most " + std::to_string(kMaxInboxes) + " inboxes");
  }
  if (inbox.channel == Channel::order && find_order_inbox(transaction, actor.account)) {
    return fail(ErrorCode::conflict, "An account has one inbox of orders: change that one");
  }
  inbox.id = transaction.ids().make<InboxId>();
  inbox.created_at = transaction.now();
  transaction.inboxes().insert(inbox);
  audit(transaction, actor, "inbox.created", subject_of(inbox), changes_between(Inbox(), inbox));
  carry_out(transaction, actor, inbox, *members);
  if (inbox.has_bot) announce_knowledge(transaction, actor.account);
  write.remember(transaction, inbox.id.value);
  return inbox;
}

Result<Inbox> update_inbox(Transaction& transaction, const Actor& actor, const UpdateInbox& input) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  const auto before = transaction.inboxes().find(actor.account, input.inbox);
  if (!before) return inbox_not_found();
  auto inbox = with_changes(transaction, *before, input);
  if (!inbox) return inbox;
  const auto members_before = transaction.inboxes().members(actor.account, inbox->id);
  const auto members =
      plan_members(transaction, *inbox, members_before, input.members.value_or(members_before));
  if (!members) return members.failure();

  auto changes = changes_between(*before, *inbox);
  if (!changes.empty()) {
    transaction.inboxes().update(*inbox);
    follow_inbox(transaction, *before, *inbox);
    if (inbox->has_bot != before->has_bot) announce_knowledge(transaction, actor.account);
    audit(transaction, actor, "inbox.updated", subject_of(*inbox), std::move(changes));
  }
  carry_out(transaction, actor, *inbox, *members);
  if (inbox->visibility != before->visibility) {
    // What the members see of colleagues' rooms is another now: they come back and read it.
    for (const MemberView& member : view_of(transaction, *inbox).members) {
      reconnect_agent(transaction, member.agent);
    }
  }
  return inbox;
}

Result<std::vector<Inbox>> list_inboxes(Transaction& transaction, const Actor& actor) {
  if (auto team = require_team(actor); !team) return team.failure();
  return transaction.inboxes().list(actor.account);
}

Result<std::vector<InboxView>> list_inbox_views(Transaction& transaction, const Actor& actor) {
  auto inboxes = list_inboxes(transaction, actor);
  if (!inboxes) return inboxes.failure();
  const auto team = team_of_account(transaction, actor.account);
  std::vector<InboxView> views;
  for (Inbox& inbox : *inboxes) views.push_back(view_of(transaction, std::move(inbox), team));
  return views;
}

Result<InboxView> get_inbox(Transaction& transaction, const Actor& actor, InboxId id) {
  if (auto team = require_team(actor); !team) return team.failure();
  auto inbox = transaction.inboxes().find(actor.account, id);
  if (!inbox) return inbox_not_found();
  return view_of(transaction, std::move(*inbox));
}

Result<InboxView> open_inbox(Transaction& transaction, const Actor& actor,
                             const CreateInbox& input) {
  auto inbox = create_inbox(transaction, actor, input);
  if (!inbox) return inbox.failure();
  return view_of(transaction, std::move(*inbox));
}

Result<InboxView> change_inbox(Transaction& transaction, const Actor& actor,
                               const UpdateInbox& input) {
  auto inbox = update_inbox(transaction, actor, input);
  if (!inbox) return inbox.failure();
  return view_of(transaction, std::move(*inbox));
}

Result<Ok> add_inbox_member(Transaction& transaction, const Actor& actor,
                            const InboxMember& input) {
  const auto membership = check_membership(transaction, actor, input);
  if (!membership) return membership.failure();
  const Inbox& inbox = membership->inbox;
  if (transaction.inboxes().is_member(actor.account, inbox.id, input.agent)) return Ok{};
  join(transaction, actor, inbox, membership->agent);
  return Ok{};
}

Result<Ok> remove_inbox_member(Transaction& transaction, const Actor& actor,
                               const InboxMember& input) {
  const auto membership = check_membership(transaction, actor, input);
  if (!membership) return membership.failure();
  const Inbox& inbox = membership->inbox;
  if (!transaction.inboxes().is_member(actor.account, inbox.id, input.agent)) return Ok{};
  leave(transaction, actor, inbox, membership->agent);
  return Ok{};
}

}  // namespace parlor::chat
