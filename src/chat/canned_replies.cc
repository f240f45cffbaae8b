#include "chat/canned_replies.h"

#include <algorithm>
#include <utility>

#include "chat/access.h"
#include "chat/audit.h"
#include "chat/fields.h"
#include "chat/idempotency.h"
#include "chat/utf8.h"

namespace parlor::chat {

namespace {

AuditSubject subject_of(const CannedReply& canned) { return {canned.id.value, canned.short_code}; }

Failure canned_not_found() { return fail(ErrorCode::not_found, "Canned reply not found"); }

Result<std::string> check_short_code(std::string_view written) {
  std::string_view word = trimmed(written);
  if (word.starts_with('/')) word.remove_prefix(1);
  auto code = check_required_line("short_code", word, kMaxShortCodeCharacters);
  if (!code) return code;
  if (code->find_first_of(" /") != std::string::npos) {
    return fail(ErrorCode::invalid, "short_code must be one word without spaces and slashes");
  }
  return lower_case(*code);
}

Result<Ok> check(Transaction& transaction, CannedReply& canned) {
  auto code = check_short_code(canned.short_code);
  if (!code) return code.failure();
  canned.short_code = std::move(*code);
  auto text = check_text("text", canned.text, kMaxCannedCharacters);
  if (!text) return text.failure();
  if (trimmed(*text).empty()) return fail(ErrorCode::invalid, "text is required");
  if (auto variables = check_canned_text(*text); !variables) return variables;
  if (canned.inbox && !transaction.inboxes().find(canned.account, canned.inbox)) {
    return fail(ErrorCode::not_found, "Inbox not found");
  }
  const auto other =
      transaction.canned_replies().find_by_code(canned.account, canned.inbox, canned.short_code);
  if (other && other->id != canned.id) {
    return fail(ErrorCode::conflict, "Another canned reply there has the short code \"" +
                                         canned.short_code + "\": choose another");
  }
  return Ok{};
}

std::string digest_of(const CreateCanned& input) {
  return BodyDigest()
      .add(input.short_code)
      .add(input.text)
      .add(input.inbox.value_or(InboxId{}).value)
      .finish();
}

std::string spell_inbox(InboxId inbox) { return inbox ? to_hex(inbox) : "every inbox"; }

CannedValues values_for(Transaction& transaction, const Actor& actor, const AccessedRoom& access) {
  CannedValues values;
  const auto contact = transaction.contacts().find(actor.account, access.room.contact);
  if (contact) {
    values.contact_name = contact->name;
    values.contact_email = contact->email;
    values.contact_phone = contact->phone;
  }
  values.agent_name = actor.name;
  values.inbox_name = access.inbox.name;
  return values;
}

}  // namespace

Result<CannedReply> create_canned(Transaction& transaction, const Actor& actor,
                                  const CreateCanned& input) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  const RepeatableWrite write(actor, "create_canned", input.client_id, digest_of(input));
  const auto earlier = write.earlier(transaction);
  if (!earlier) return earlier.failure();
  if (*earlier) {
    auto canned = transaction.canned_replies().find(actor.account, {(*earlier)->subject});
    if (canned) return std::move(*canned);
    return fail(ErrorCode::gone, "The canned reply made with this client id was deleted");
  }
  CannedReply canned;
  canned.account = actor.account;
  canned.inbox = input.inbox.value_or(InboxId{});
  canned.short_code = input.short_code;
  canned.text = input.text;
  if (auto good = check(transaction, canned); !good) return good.failure();
  if (transaction.canned_replies().list(actor.account).size() >= kMaxCannedReplies) {
    return fail(ErrorCode::conflict,
                "An account has at most " + std::to_string(kMaxCannedReplies) + " canned replies");
  }
  canned.id = transaction.ids().make<CannedReplyId>();
  canned.created_at = canned.updated_at = transaction.now();
  transaction.canned_replies().insert(canned);
  audit(transaction, actor, "canned.created", subject_of(canned));
  write.remember(transaction, canned.id.value);
  return canned;
}

Result<CannedReply> update_canned(Transaction& transaction, const Actor& actor,
                                  const UpdateCanned& input) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  const auto before = transaction.canned_replies().find(actor.account, input.canned);
  if (!before) return canned_not_found();
  CannedReply canned = *before;
  canned.short_code = input.short_code.value_or(canned.short_code);
  canned.text = input.text.value_or(canned.text);
  canned.inbox = input.inbox.value_or(canned.inbox);
  if (auto good = check(transaction, canned); !good) return good.failure();
  Changes changes;
  changes.add("short_code", before->short_code, canned.short_code)
      .add("text", before->text, canned.text)
      .add("inbox", spell_inbox(before->inbox), spell_inbox(canned.inbox));
  if (changes.empty()) return canned;
  canned.updated_at = transaction.now();
  transaction.canned_replies().update(canned);
  audit(transaction, actor, "canned.updated", subject_of(canned), std::move(changes));
  return canned;
}

Result<CannedReply> delete_canned(Transaction& transaction, const Actor& actor, CannedReplyId id) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  auto canned = transaction.canned_replies().find(actor.account, id);
  if (!canned) return canned_not_found();
  transaction.canned_replies().remove(actor.account, id);
  audit(transaction, actor, "canned.deleted", subject_of(*canned));
  return std::move(*canned);
}

Result<std::vector<CannedView>> list_canned(Transaction& transaction, const Actor& actor,
                                            const ListCanned& input) {
  if (auto team = require_team(actor); !team) return team.failure();
  std::optional<AccessedRoom> room;
  std::optional<InboxId> only = input.inbox;
  if (input.room) {
    auto access = access_room(transaction, actor, *input.room);
    if (!access) return access.failure();
    only = access->inbox.id;
    room = std::move(*access);
  } else if (only) {
    if (auto inbox = access_inbox(transaction, actor, *only); !inbox) return inbox.failure();
  }
  const auto own = transaction.inboxes().of_member(actor.account, actor.conversation);
  const auto is_for_caller = [&](const CannedReply& canned) {
    if (!canned.inbox) return true;
    if (only) return canned.inbox == *only;
    return actor.is_admin() || std::find(own.begin(), own.end(), canned.inbox) != own.end();
  };
  const auto values = room ? values_for(transaction, actor, *room) : CannedValues();
  std::vector<CannedView> views;
  for (CannedReply& canned : transaction.canned_replies().list(actor.account)) {
    if (!is_for_caller(canned)) continue;
    CannedView view;
    if (room) view.rendered = render_canned(canned.text, values);
    view.canned = std::move(canned);
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace parlor::chat
