#include <algorithm>
#include <utility>

#include "chat/idempotency.h"
#include "chat/messages.h"
#include "chat/student_messages.h"
#include "chat/ticket_access.h"
#include "chat/ticket_cursor.h"
#include "chat/ticket_history.h"
#include "chat/tickets.h"

namespace parlor::chat {

namespace {

constexpr int kUsualHistory = 50;
constexpr int kMostHistory = 200;

Result<Ok> check_published(const PublishToTicket& input) {
  if (input.type.empty() || input.type.size() > kMaxTicketTypeBytes) {
    return fail(ErrorCode::invalid,
                "type must have 1 to " + std::to_string(kMaxTicketTypeBytes) + " bytes");
  }
  if (input.type.size() + input.data.size() > kMaxPublishBytes) {
    return fail(ErrorCode::too_large, "a message is at most " + std::to_string(kMaxPublishBytes) +
                                          " bytes of type and data");
  }
  return Ok{};
}

// A student's, in the chat that is theirs: as through the students' own API, bot and all.
Result<Message> say_in_chat(Transaction& transaction, const Actor& student, RoomId chat,
                            const PublishToTicket& input) {
  SendStudentMessage say;
  say.chat = chat;
  say.message = *input.as_message;
  say.client_id = input.client_id;
  say.bot = input.bot;
  auto said = send_student_message(transaction, student, say);
  if (!said) return said.failure();
  if (said->is_blocked) {
    return fail(ErrorCode::forbidden,
                "the chat waits for the team: you can write again when someone has answered");
  }
  return std::move(said->message);
}

Result<Message> send_to_room(Transaction& transaction, const Actor& actor, RoomId room,
                             const PublishToTicket& input) {
  const auto message_of = [](Result<MessageSent> sent) -> Result<Message> {
    if (!sent) return sent.failure();
    return std::move(sent->message);
  };
  if (actor.is_team()) {
    SendAgentMessage send;
    send.room = room;
    send.message = *input.as_message;
    send.client_id = input.client_id;
    return message_of(send_agent_message(transaction, actor, send));
  }
  if (actor.contact_kind == ContactKind::student) {
    return say_in_chat(transaction, actor, room, input);
  }
  return message_of(
      send_user_message(transaction, actor, {room, *input.as_message, input.client_id, input.bot}));
}

Result<PublishedToTicket> publish_to_room(Transaction& transaction, const Actor& actor,
                                          const PublishToTicket& input, AccessedTicket access) {
  if (!input.as_message) return input.as_message.failure();
  auto sent = send_to_room(transaction, actor, access.room->room.id, input);
  if (!sent) return sent.failure();
  Person author = author_of(transaction, access.room->room, *sent);
  return PublishedToTicket{std::move(access.key), {std::move(author), std::move(*sent)}};
}

// Only a write that may come again is digested. The order of fields makes no other message.
std::string body_of(const PublishToTicket& input) {
  if (input.client_id.empty()) return {};
  return BodyDigest().add(input.type).add(canonical_json(input.data)).finish();
}

Result<std::optional<PublishedToTicket>> published_before(Transaction& transaction,
                                                          const AccessedTicket& access,
                                                          const RepeatableWrite& write) {
  const auto earlier = write.earlier(transaction);
  if (!earlier) return earlier.failure();
  if (!*earlier) return std::nullopt;
  const auto seq = (*earlier)->subject;
  auto message = transaction.tickets().find_message(access.key.account, access.ticket->id, seq);
  if (!message || seq <= access.ticket->erased_seq) {
    return fail(ErrorCode::gone, "The message published with this idempotencyKey was deleted");
  }
  Person author = message->author;
  return PublishedToTicket{access.key, {std::move(author), std::move(*message)}};
}

std::vector<TicketEntry> entries_of(std::vector<TicketMessage> messages) {
  std::vector<TicketEntry> entries;
  entries.reserve(messages.size());
  for (auto& message : messages) {
    Person author = message.author;
    entries.push_back({std::move(author), std::move(message)});
  }
  return entries;
}

std::vector<TicketEntry> entries_of_room(Transaction& transaction, const Actor& actor,
                                         const Room& room, std::int64_t before, int limit) {
  MessageQuery query;
  query.account = room.account;
  query.room = room.id;
  query.with_notes = actor.is_team();
  query.before_seq = before;
  query.limit = limit;
  std::vector<TicketEntry> entries;
  for (auto& message : transaction.messages().list(query)) {
    Person author = author_of(transaction, room, message);
    entries.push_back({std::move(author), std::move(message)});
  }
  return entries;
}

std::int64_t seq_of(const TicketEntry& entry) {
  return std::visit([](const auto& said) { return said.seq; }, entry.said);
}

}  // namespace

Result<PublishedToTicket> publish_to_ticket(Transaction& transaction, const Actor& actor,
                                            const PublishToTicket& input) {
  auto access = access_ticket(transaction, actor, input.ticket);
  if (!access) return access.failure();
  if (auto checked = check_published(input); !checked) return checked.failure();
  if (input.type == kNoteType && !actor.is_team()) {
    return fail(ErrorCode::forbidden, "notes are for agents: choose another type");
  }
  if (access->room) return publish_to_room(transaction, actor, input, std::move(*access));

  const RepeatableWrite write(actor, "publish_to_ticket " + access->key.id, input.client_id,
                              body_of(input));
  if (access->ticket) {
    auto earlier = published_before(transaction, *access, write);
    if (!earlier) return earlier.failure();
    if (*earlier) return std::move(**earlier);
  }
  if (auto open = require_open(*access); !open) return open.failure();

  Ticket& ticket = keep_ticket(transaction, *access);
  TicketMessage message;
  message.id = transaction.ids().make<MessageId>();
  message.account = ticket.account;
  message.ticket = ticket.id;
  message.seq = ++ticket.seq;
  message.type = input.type;
  message.data = input.data;
  message.author = person_of(actor);
  message.created_at = std::max(transaction.now(), ticket.last_stamp + 1);
  ticket.last_stamp = ticket.updated_at = message.created_at;
  transaction.tickets().insert_message(message);
  transaction.tickets().update(ticket);
  write.remember(transaction, message.seq);

  Event event;
  event.audience.account = actor.account;
  event.seq = message.seq;
  event.body = TicketChanged{access->key, TicketMessagePosted{message}};
  transaction.record(std::move(event));
  Person author = message.author;
  return PublishedToTicket{access->key, {std::move(author), std::move(message)}};
}

TicketHistory history_before(Transaction& transaction, const Actor& actor,
                             const AccessedTicket& access, std::int64_t before, int limit) {
  const auto entries_before = [&](std::int64_t seq, int count) {
    if (access.room) return entries_of_room(transaction, actor, access.room->room, seq, count);
    if (!access.ticket) return std::vector<TicketEntry>();
    const Ticket& ticket = *access.ticket;
    return entries_of(transaction.tickets().messages(
        {ticket.account, ticket.id, ticket.erased_seq, seq, count, actor.is_team()}));
  };
  TicketHistory history;
  history.key = access.key;
  history.entries = entries_before(before, limit);
  if (history.entries.empty()) return history;
  const auto oldest = seq_of(history.entries.back());
  if (!entries_before(oldest, 1).empty()) {
    history.next_cursor = encode_ticket_cursor(TicketList::history, access.key, oldest);
  }
  return history;
}

Result<TicketHistory> read_ticket_history(Transaction& transaction, const Actor& actor,
                                          const ReadTicketHistory& input) {
  const auto access = access_existing_ticket(transaction, actor, input.ticket);
  if (!access) return access.failure();
  const auto limit = page_limit(input.limit, kUsualHistory, kMostHistory);
  if (!limit) return limit.failure();
  const auto before =
      decode_ticket_cursor(TicketList::history, access->key, input.cursor, INT64_MAX);
  if (!before) return before.failure();
  return history_before(transaction, actor, *access, *before, *limit);
}

}  // namespace parlor::chat
