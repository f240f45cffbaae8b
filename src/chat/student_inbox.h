// The account's student inbox: the door of all its students, and the people behind it, who are the
// administrators of the student dialect (admins of the account always are).
//
// An account has one: made at its first use, or by an admin like any other inbox. Its members share
// its chats (Visibility::inbox).
#pragma once

#include <optional>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/responder.h"
#include "chat/transaction.h"

namespace parlor::chat {

std::optional<Inbox> find_student_inbox(Transaction& transaction, AccountId account);

// In a write. A new one has the bot on, and the Responder's first questions in its knowledge base.
Inbox ensure_student_inbox(Transaction& transaction, AccountId account, const Responder* responder);

// forbidden "Access denied".
Result<Ok> require_student(const Actor& actor);
Result<Ok> require_student_admin(Transaction& transaction, const Actor& actor);

// The one answer to whoever asks for what is not theirs.
Failure access_denied();

}  // namespace parlor::chat
