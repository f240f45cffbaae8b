#include <algorithm>
#include <utility>

#include "chat/names.h"
#include "chat/rooms.h"
#include "chat/ticket_access.h"
#include "chat/tickets.h"

namespace parlor::chat {

namespace {

Failure invalid(std::string message) { return fail(ErrorCode::invalid, std::move(message)); }

// Absent: nothing; anything that is none of the enumeration's names: invalid.
template <class Enum>
Result<std::optional<Enum>> enum_in(const JsonObjectText& patch, std::string_view name) {
  if (!patch.has(name)) return std::optional<Enum>();
  if (const auto text = patch.scalar(name)) {
    if (const auto value = parse_name<Enum>(*text)) return value;
  }
  std::string message(name);
  message.append(" of a support room must be one of: ").append(allowed_names<Enum>());
  return invalid(std::move(message));
}

// By conversation, or by the id that the host application knows.
Result<ConversationId> find_agent(Transaction& transaction, AccountId account,
                                  const JsonObjectText& patch) {
  const auto id = patch.scalar("assignedAgentId").value_or("");
  if (const auto conversation = parse_id<ConversationId>(id)) {
    if (transaction.agents().find_by_conversation(account, *conversation)) return *conversation;
  }
  const auto agent = transaction.agents().find_by_external_id(account, id);
  if (id.empty() || !agent) return invalid("assignedAgentId names no agent of this account");
  return agent->conversation;
}

Result<Ok> refuse_other_owner(const JsonObjectText& patch, const Room& room) {
  const auto contact = patch.scalar("contactId");
  if (patch.has("studentId") || (patch.has("contactId") && contact != to_hex(room.contact))) {
    return invalid("this ticket is a support room: its customer cannot be changed");
  }
  return Ok{};
}

// The fields that the room has itself.
Result<Ok> change_room_fields(Transaction& transaction, const Actor& actor,
                              const JsonObjectText& patch, AccessedTicket& access) {
  ChangeRoom change;
  change.room = access.room->room.id;
  const auto status = enum_in<RoomStatus>(patch, "status");
  if (!status) return status.failure();
  change.status = *status;
  const auto priority = enum_in<Priority>(patch, "priority");
  if (!priority) return priority.failure();
  change.priority = *priority;
  if (patch.is_null("assignedAgentId")) {
    change.agents.emplace();
  } else if (patch.has("assignedAgentId")) {
    const auto agent = find_agent(transaction, access.key.account, patch);
    if (!agent) return agent.failure();
    change.agents = {*agent};
  }
  if (!change.status && !change.priority && !change.agents) return Ok{};
  auto changed = change_room(transaction, actor, change);
  if (!changed) return changed.failure();
  access.room->room = std::move(*changed);
  return Ok{};
}

std::pair<std::optional<std::string>, std::optional<std::string>> owner_of(
    const JsonObjectText& metadata) {
  return {metadata.scalar("contactId"), metadata.scalar("studentId")};
}

Result<Ok> check_owner_fields(const JsonObjectText& patch) {
  for (const auto* name : {"contactId", "studentId"}) {
    if (patch.has(name) && !patch.is_null(name) && !patch.scalar(name)) {
      return invalid(std::string(name) + " must be a string");
    }
  }
  return Ok{};
}

// What is kept of the patch in the ticket's own row. Whether it has changed anything.
Result<bool> merge_kept(Transaction& transaction, AccessedTicket& access,
                        const JsonObjectText& patch) {
  const auto before = access.ticket ? access.ticket->metadata : JsonObjectText();
  const auto after =
      access.room ? before.merged(patch) : before.merged(patch).with("ticketId", access.key.id);
  if (after.size() > kMaxTicketMetadataBytes) {
    return fail(
        ErrorCode::too_large,
        "metadata is at most " + std::to_string(kMaxTicketMetadataBytes) + " bytes of JSON");
  }
  if (access.room && after == before) return false;
  const bool is_new = !access.ticket;
  Ticket& ticket = keep_ticket(transaction, access);
  if (!is_new && after == before) return false;
  ticket.metadata = after;
  ticket.version += 1;
  ticket.updated_at = transaction.now();
  transaction.tickets().update(ticket);
  return true;
}

}  // namespace

Result<TicketMetadata> set_ticket_metadata(Transaction& transaction, const Actor& actor,
                                           const SetTicketMetadata& input) {
  auto access = access_ticket(transaction, actor, input.ticket);
  if (!access) return access.failure();
  if (auto team = require_team(actor); !team) return team.failure();
  if (auto open = require_open(*access); !open) return open.failure();
  if (auto checked = check_owner_fields(input.patch); !checked) return checked.failure();

  const auto owner_before = owner_of(metadata_of(*access));
  auto kept = input.patch.without({"ticketId"});
  if (access->room) {
    if (auto same = refuse_other_owner(kept, access->room->room); !same) return same.failure();
    auto changed = change_room_fields(transaction, actor, kept, *access);
    if (!changed) return changed.failure();
    kept = kept.without({"status", "priority", "assignedAgentId", "contactId"});
  }
  const auto merged = merge_kept(transaction, *access, kept);
  if (!merged) return merged.failure();
  TicketMetadata now{access->key, metadata_of(*access), version_of(*access)};
  if (*merged) {
    Event event;
    event.audience.account = actor.account;
    event.body =
        TicketChanged{access->key, TicketMetadataChanged{now.metadata.text(), now.version,
                                                         owner_of(now.metadata) != owner_before}};
    transaction.record(std::move(event));
  }
  return now;
}

}  // namespace parlor::chat
