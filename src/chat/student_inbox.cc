#include "chat/student_inbox.h"

#include <utility>

#include "chat/questions.h"

namespace parlor::chat {

Failure access_denied() { return fail(ErrorCode::forbidden, "Access denied"); }

std::optional<Inbox> find_student_inbox(Transaction& transaction, AccountId account) {
  return transaction.inboxes().first_of(account, Channel::student);
}

Inbox ensure_student_inbox(Transaction& transaction, AccountId account,
                           const Responder* responder) {
  if (auto inbox = find_student_inbox(transaction, account)) return std::move(*inbox);
  Inbox inbox;
  inbox.id = transaction.ids().make<InboxId>();
  inbox.account = account;
  inbox.name = "Students";
  inbox.channel = Channel::student;
  inbox.algorithm = RoutingAlgorithm::manual;
  inbox.visibility = Visibility::inbox;
  inbox.has_bot = true;
  inbox.created_at = transaction.now();
  transaction.inboxes().insert(inbox);
  if (responder) {
    add_first_questions(transaction, account, responder->first_questions());
  }
  return inbox;
}

Result<Ok> require_student(const Actor& actor) {
  if (actor.kind != ActorKind::contact || actor.contact_kind != ContactKind::student) {
    return access_denied();
  }
  return Ok{};
}

Result<Ok> require_student_admin(Transaction& transaction, const Actor& actor) {
  if (!actor.is_team()) return access_denied();
  if (actor.is_admin()) return Ok{};
  const auto inbox = find_student_inbox(transaction, actor.account);
  if (inbox && transaction.inboxes().is_member(actor.account, inbox->id, actor.conversation)) {
    return Ok{};
  }
  return access_denied();
}

}  // namespace parlor::chat
