#include "chat/ticket_access.h"

#include <algorithm>
#include <utility>

#include "chat/names.h"

namespace parlor::chat {

namespace {

bool is_id_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == ':' || c == '-';
}

// Tickets are for visitors of web sites and for students.
bool may_have_tickets(const Actor& actor) {
  return actor.is_team() || actor.contact_kind == ContactKind::visitor ||
         actor.contact_kind == ContactKind::student;
}

bool is_owner(const Actor& actor, const Ticket& ticket) {
  const Person person = person_of(actor);
  const auto* name = person.kind == PersonKind::student ? "studentId" : "contactId";
  return ticket.metadata.scalar(name) == person.user_id;
}

}  // namespace

bool AccessedTicket::is_closed() const {
  if (room) return room->room.status == RoomStatus::closed;
  return ticket && ticket->status == TicketStatus::destroyed;
}

Result<Ok> check_ticket_id(std::string_view id) {
  if (!id.empty() && id.size() <= kMaxTicketIdBytes &&
      std::all_of(id.begin(), id.end(), is_id_character)) {
    return Ok{};
  }
  return fail(ErrorCode::invalid, "a ticket's id is 1 to " + std::to_string(kMaxTicketIdBytes) +
                                      " characters of A-Z a-z 0-9 _ . : -");
}

std::string canonical_ticket_id(std::string_view id) {
  const auto room = parse_id<RoomId>(id);
  return room ? to_hex(*room) : std::string(id);
}

Result<AccessedTicket> access_ticket(Transaction& transaction, const Actor& actor,
                                     std::string_view id) {
  if (auto checked = check_ticket_id(id); !checked) return checked.failure();
  if (!may_have_tickets(actor)) return fail(ErrorCode::forbidden, "This ticket is not yours");
  AccessedTicket access;
  access.key = {actor.account, std::string(id)};
  access.ticket = transaction.tickets().find(actor.account, id);
  if (const auto room = parse_id<RoomId>(id)) {
    auto accessed = access_room(transaction, actor, *room);
    if (!accessed) return accessed.failure();
    access.room = std::move(*accessed);
    return access;
  }
  if (actor.is_team()) return access;
  if (!access.ticket || !is_owner(actor, *access.ticket)) {
    return fail(ErrorCode::forbidden, "This ticket is not yours");
  }
  return access;
}

Result<AccessedTicket> access_existing_ticket(Transaction& transaction, const Actor& actor,
                                              std::string_view id) {
  auto access = access_ticket(transaction, actor, id);
  if (access && !access->exists()) return fail(ErrorCode::not_found, "Ticket not found");
  return access;
}

Result<Ok> require_open(const AccessedTicket& access) {
  if (access.room || !access.is_closed()) return Ok{};
  return fail(ErrorCode::gone, "room closed: an agent may open it again by joining with reopen");
}

Ticket& keep_ticket(Transaction& transaction, AccessedTicket& access) {
  if (access.ticket) return *access.ticket;
  Ticket ticket;
  ticket.id = transaction.ids().make<TicketId>();
  ticket.account = access.key.account;
  ticket.name = access.key.id;
  if (!access.room) ticket.metadata = ticket.metadata.with("ticketId", ticket.name);
  ticket.created_at = ticket.updated_at = ticket.active_at = transaction.now();
  transaction.tickets().insert(ticket);
  access.ticket = std::move(ticket);
  return *access.ticket;
}

Person person_of(const Actor& actor) {
  if (actor.is_team()) {
    return {actor.conversation, PersonKind::agent, to_hex(actor.conversation)};
  }
  if (actor.contact_kind == ContactKind::student) {
    return {actor.conversation, PersonKind::student, actor.external_id};
  }
  return {actor.conversation, PersonKind::contact, to_hex(actor.contact)};
}

Person author_of(Transaction& transaction, const Room& room, const Message& message) {
  if (message.sender == SenderKind::agent) {
    return {message.author, PersonKind::agent, to_hex(message.author)};
  }
  const auto contact = transaction.contacts().find(room.account, room.contact);
  if (contact && contact->kind == ContactKind::student) {
    return {message.author, PersonKind::student, contact->external_id};
  }
  return {message.author, PersonKind::contact, to_hex(room.contact)};
}

JsonObjectText metadata_of(const AccessedTicket& access) {
  const auto kept = access.ticket ? access.ticket->metadata : JsonObjectText();
  if (!access.room) return kept.with("ticketId", access.key.id);
  const Room& room = access.room->room;
  auto metadata = JsonObjectText()
                      .with("ticketId", access.key.id)
                      .with("contactId", to_hex(room.contact))
                      .with("status", name_of(room.status))
                      .with("priority", name_of(room.priority));
  if (!room.assignees.empty()) {
    metadata = metadata.with("assignedAgentId", to_hex(room.assignees.front().agent));
  }
  return kept.merged(metadata);
}

JsonObjectText customers_metadata_of(const AccessedTicket& access) {
  auto metadata = metadata_of(access);
  return access.room ? metadata.without({"priority", "assignedAgentId"}) : metadata;
}

JsonObjectText metadata_for(const Actor& actor, const AccessedTicket& access) {
  return actor.is_team() ? metadata_of(access) : customers_metadata_of(access);
}

bool is_in_metadata(RoomChangeKind kind) {
  return kind == RoomChangeKind::status || kind == RoomChangeKind::priority ||
         kind == RoomChangeKind::assignee;
}

std::int64_t version_of(const AccessedTicket& access) {
  return (access.ticket ? access.ticket->version : 0) + (access.room ? access.room->room.seq : 0);
}

}  // namespace parlor::chat
