#include "chat/order_inbox.h"

#include <stdexcept>

#include "chat/accounts.h"
#include "chat/inboxes.h"

namespace parlor::chat {

namespace {

constexpr std::size_t kMaxFirstMembers = 100;

}  // namespace

std::optional<Inbox> find_order_inbox(Transaction& transaction, AccountId account) {
  return transaction.inboxes().first_of(account, Channel::order);
}

Inbox order_inbox(Transaction& transaction, AccountId account) {
  if (auto inbox = find_order_inbox(transaction, account)) return std::move(*inbox);
  CreateInbox input;
  input.name = kOrderInboxName;
  input.channel = Channel::order;
  input.visibility = Visibility::inbox;
  for (const Agent& agent : transaction.agents().list(account)) {
    if (input.members.size() == kMaxFirstMembers) break;
    const bool works_here = agent.has_seat && agent.deactivated_at == Timestamp{};
    if (works_here) input.members.push_back(agent.conversation);
  }
  auto made = create_inbox(transaction, server_operator(account), input);
  if (!made) throw std::runtime_error("no order inbox: " + made.error().message);
  return std::move(*made);
}

}  // namespace parlor::chat
