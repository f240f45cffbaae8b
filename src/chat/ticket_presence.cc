#include <memory>
#include <utility>

#include "base/digest.h"
#include "chat/rooms.h"
#include "chat/ticket_access.h"
#include "chat/ticket_cursor.h"
#include "chat/ticket_history.h"
#include "chat/ticket_memory.h"
#include "chat/tickets.h"
#include "chat/typing.h"

namespace parlor::chat {

namespace {

constexpr int kHistoryOnJoin = 100;
constexpr int kUsualMembers = 25;
constexpr int kMostMembers = 100;
constexpr std::size_t kResumeTokenBytes = 18;

Result<Ok> reopen(Transaction& transaction, const Actor& actor, AccessedTicket& access) {
  if (!access.is_closed()) return Ok{};
  if (access.room) {
    UpdateRoom update;
    update.room = access.room->room.id;
    update.status = RoomStatus::open;
    auto updated = update_room(transaction, actor, update);
    if (!updated) return updated.failure();
    access.room->room = std::move(*updated);
    return Ok{};
  }
  Ticket& ticket = *access.ticket;
  ticket.status = TicketStatus::active;
  ticket.closed_at = {};
  ticket.active_at = ticket.updated_at = transaction.now();
  transaction.tickets().update(ticket);
  return Ok{};
}

void wake(Transaction& transaction, AccessedTicket& access) {
  if (!access.ticket || access.ticket->status != TicketStatus::idle) return;
  access.ticket->status = TicketStatus::active;
  access.ticket->idle_since = {};
  access.ticket->active_at = transaction.now();
  transaction.tickets().update(*access.ticket);
}

}  // namespace

MembershipAnswerPtr ask_memory(Transaction& transaction, const TicketKey& ticket,
                               MembershipRequest request) {
  auto answer = std::make_shared<MembershipAnswer>();
  Event event;
  event.audience.account = ticket.account;
  event.body = MembershipAsked{ticket, std::move(request), answer};
  transaction.record(std::move(event));
  return answer;
}

Result<JoinedTicket> join_ticket(Transaction& transaction, const Actor& actor,
                                 const JoinTicket& input) {
  auto access = access_ticket(transaction, actor, input.ticket);
  if (!access) return access.failure();
  if (input.reopen) {
    if (auto team = require_team(actor); !team) return team.failure();
    if (auto reopened = reopen(transaction, actor, *access); !reopened) return reopened.failure();
  }
  if (auto open = require_open(*access); !open) return open.failure();
  if (!access->room) keep_ticket(transaction, *access);
  wake(transaction, *access);

  JoinAsked join;
  join.person = person_of(actor);
  join.metadata = input.metadata;
  join.presence = input.presence;
  join.resume_token = input.resume_token;
  join.new_token = base64url_encode(random_bytes(kResumeTokenBytes));
  join.connection = input.connection;
  join.limit = kMostMembers;
  if (access->room) {
    join.typing = std::make_shared<const TypingSignal>(typing_signal(actor, *access->room));
  }
  JoinedTicket joined{{access->key, metadata_for(actor, *access), version_of(*access)},
                      history_before(transaction, actor, *access, INT64_MAX, kHistoryOnJoin),
                      ask_memory(transaction, access->key, std::move(join))};
  return joined;
}

Result<AskedTicket> be_present(Transaction& transaction, const Actor& actor,
                               const BePresent& input) {
  const auto access = access_existing_ticket(transaction, actor, input.ticket);
  if (!access) return access.failure();
  if (auto open = require_open(*access); !open) return open.failure();
  return AskedTicket{access->key, ask_memory(transaction, access->key,
                                             PresenceAsked{actor.conversation, input.presence})};
}

Result<AskedTicket> leave_ticket(Transaction& transaction, const Actor& actor,
                                 const LeaveTicket& input) {
  const auto access = access_existing_ticket(transaction, actor, input.ticket);
  if (!access) return access.failure();
  return AskedTicket{access->key, ask_memory(transaction, access->key,
                                             LeaveAsked{actor.conversation, input.connection})};
}

Result<AskedTicket> list_ticket_members(Transaction& transaction, const Actor& actor,
                                        const ListTicketMembers& input) {
  const auto access = access_existing_ticket(transaction, actor, input.ticket);
  if (!access) return access.failure();
  const auto limit = page_limit(input.limit, kUsualMembers, kMostMembers);
  if (!limit) return limit.failure();
  const auto after = decode_ticket_cursor(TicketList::members, access->key, input.cursor, 0);
  if (!after) return after.failure();
  return AskedTicket{access->key,
                     ask_memory(transaction, access->key, MembersAsked{*limit, *after, {}})};
}

}  // namespace parlor::chat
