// query_messages of messages.h: pages of a room's history.
#include <algorithm>
#include <utility>

#include "chat/access.h"
#include "chat/fields.h"
#include "chat/messages.h"
#include "chat/room_lists.h"

namespace parlor::chat {

namespace {

bool may_see(const Actor& actor, const Message& message) {
  return actor.is_team() || message.type != MessageType::note;
}

Result<std::int64_t> seq_of_ref(Transaction& transaction, const Actor& actor, RoomId room,
                                MessageId ref) {
  const auto message = transaction.messages().find(actor.account, room, ref);
  if (!message || !may_see(actor, *message)) {
    return fail(ErrorCode::not_found, "Message not found");
  }
  return message->seq;
}

// With one ref the page runs away from it; else from the end that the order names first.
bool runs_backwards(const QueryMessages& input) {
  if (input.older_than && !input.newer_than) return true;
  if (input.newer_than && !input.older_than) return false;
  return input.order == Order::newest_first;
}

Result<MessageQuery> window_of(Transaction& transaction, const Actor& actor,
                               const QueryMessages& input) {
  const int limit = input.limit.value_or(kDefaultPageSize);
  if (limit < 1) return fail(ErrorCode::invalid, "limit must be at least 1");
  auto search = check_line("search", input.search, kMaxSearchCharacters);
  if (!search) return search.failure();
  MessageQuery query;
  query.account = actor.account;
  query.room = input.room;
  query.with_notes = actor.is_team();
  query.newest_first = runs_backwards(input);
  query.limit = std::min(limit, kMaxPageSize);
  query.search = std::move(*search);
  if (input.older_than) {
    const auto seq = seq_of_ref(transaction, actor, input.room, *input.older_than);
    if (!seq) return seq.failure();
    query.before_seq = *seq;
  }
  if (input.newer_than) {
    const auto seq = seq_of_ref(transaction, actor, input.room, *input.newer_than);
    if (!seq) return seq.failure();
    query.after_seq = *seq;
  }
  return query;
}

// Pages end early where their content is large: only a look beyond the last message tells whether
// more follow.
bool anything_beyond(Transaction& transaction, MessageQuery query, const Message& last) {
  (query.newest_first ? query.before_seq : query.after_seq) = last.seq;
  query.limit = 1;
  return !transaction.messages().list(query).empty();
}

bool is_mine(const Actor& actor, const Message& message) {
  // A contact's earlier messages may carry the conversation of an anonymous history that joined it.
  if (!actor.is_team()) return message.sender == SenderKind::customer;
  return message.author == actor.conversation;
}

// The newest message of the page, if none that the reader may see is newer.
const Message* newest_read(const QueryMessages& input, const MessageQuery& query,
                           const std::vector<Message>& found, bool has_more) {
  if (found.empty() || input.older_than || !query.search.empty()) return nullptr;
  if (query.newest_first) return &found.front();
  return has_more ? nullptr : &found.back();
}

}  // namespace

Result<MessagePage> query_messages(Transaction& transaction, const Actor& actor,
                                   const QueryMessages& input) {
  auto access = access_room(transaction, actor, input.room);
  if (!access) return access.failure();
  const auto query = window_of(transaction, actor, input);
  if (!query) return query.failure();

  auto found = transaction.messages().list(*query);
  MessagePage page;
  page.has_more = !found.empty() && anything_beyond(transaction, *query, found.back());
  const auto markers = transaction.rooms().markers(actor.account, input.room);
  const auto* newest = newest_read(input, *query, found, page.has_more);
  if (newest && !has_read(markers, actor.conversation, newest->seq)) page.reads_up_to = newest->id;
  if (query->newest_first != (input.order == Order::newest_first)) {
    std::reverse(found.begin(), found.end());
  }
  const auto progress = progress_of(markers, access->room.conversation);
  for (Message& message : found) {
    const auto status = status_of(message, progress);
    const bool mine = is_mine(actor, message);
    page.messages.push_back(MessageView{std::move(message), status, mine});
  }
  page.room = std::move(access->room);
  return page;
}

}  // namespace parlor::chat
