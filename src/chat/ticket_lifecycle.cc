#include <algorithm>
#include <utility>

#include "chat/rooms.h"
#include "chat/ticket_access.h"
#include "chat/ticket_memory.h"
#include "chat/tickets.h"

namespace parlor::chat {

namespace {

constexpr int kErasedAtOnce = 400;  // rows; a write touches at most 500

Result<ClosedTicket> close_room(Transaction& transaction, const Actor& actor,
                                const CloseTicket& input, const AccessedTicket& access) {
  if (input.delete_history) {
    return fail(ErrorCode::conflict,
                "this ticket is a support room: its history is kept (deleteHistory: false)");
  }
  UpdateRoom update;
  update.room = access.room->room.id;
  update.status = RoomStatus::closed;
  const auto updated = update_room(transaction, actor, update);
  if (!updated) return updated.failure();
  if (input.delete_snapshots && access.ticket) {
    transaction.tickets().remove_snapshots(access.key.account, access.ticket->id);
  }
  return ClosedTicket{access.key, updated->closed_at};
}

}  // namespace

std::string_view name_of(TicketStatus status) {
  switch (status) {
    case TicketStatus::active:
      return "active";
    case TicketStatus::idle:
      return "idle";
    case TicketStatus::destroyed:
      return "destroyed";
  }
  return "active";
}

Result<TicketView> get_ticket(Transaction& transaction, const Actor& actor,
                              const GetTicket& input) {
  const auto access = access_existing_ticket(transaction, actor, input.ticket);
  if (!access) return access.failure();
  TicketView view;
  view.about = {access->key, metadata_for(actor, *access), version_of(*access)};
  view.is_closed = access->is_closed();
  MembersAsked count;
  if (access->ticket) {
    view.closed_at = access->ticket->closed_at;
    view.kept_idle_since = access->ticket->idle_since;
    count.active_at = access->ticket->active_at;
  }
  if (access->room) {
    view.closed_at = access->room->room.closed_at;
    count.active_at = std::max(count.active_at, access->room->room.created_at);
  }
  view.answer = ask_memory(transaction, access->key, count);
  return view;
}

TicketStanding standing_of(const TicketView& view) {
  if (view.is_closed) return {TicketStatus::destroyed, {}};
  if (view.answer->connections > 0) return {TicketStatus::active, {}};
  const auto idle_since =
      view.kept_idle_since != Timestamp{} ? view.kept_idle_since : view.answer->idle_since;
  if (idle_since == Timestamp{}) return {TicketStatus::active, {}};
  return {TicketStatus::idle, idle_since};
}

Result<ClosedTicket> close_ticket(Transaction& transaction, const Actor& actor,
                                  const CloseTicket& input) {
  auto access = access_existing_ticket(transaction, actor, input.ticket);
  if (auto team = require_team(actor); !team) return team.failure();
  if (!access) return access.failure();
  if (access->is_closed()) {
    const auto closed_at = access->room ? access->room->room.closed_at : access->ticket->closed_at;
    return ClosedTicket{access->key, closed_at};
  }
  if (access->room) return close_room(transaction, actor, input, *access);

  Ticket& ticket = *access->ticket;
  ticket.status = TicketStatus::destroyed;
  ticket.closed_at = ticket.updated_at = transaction.now();
  ticket.idle_since = {};
  if (input.delete_history) ticket.erased_seq = ticket.seq;
  transaction.tickets().update(ticket);
  if (input.delete_snapshots) {
    transaction.tickets().remove_snapshots(ticket.account, ticket.id);
  }
  Event event;
  event.audience.account = actor.account;
  event.body = TicketChanged{access->key, TicketClosed{ticket.closed_at, input.delete_history}};
  transaction.record(std::move(event));
  return ClosedTicket{access->key, ticket.closed_at};
}

Result<Ok> mark_ticket_idle(Transaction& transaction, const TicketKey& key, Timestamp since) {
  auto ticket = transaction.tickets().find(key.account, key.id);
  if (!ticket || ticket->status == TicketStatus::destroyed || ticket->active_at > since) {
    return Ok{};
  }
  ticket->status = TicketStatus::idle;
  ticket->idle_since = since;
  transaction.tickets().update(*ticket);
  return Ok{};
}

Result<bool> erase_deleted_history(Transaction& transaction) {
  return transaction.tickets().remove_erased_messages(kErasedAtOnce);
}

}  // namespace parlor::chat
