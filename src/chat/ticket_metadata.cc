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
  const auto changed = change_room(transaction, actor, change);
  if (!changed) return changed.failure();
  access.room->room = transaction.rooms().find(access.key.account, change.room).value();
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

void store_metadata(Transaction& transaction, Ticket& ticket, JsonObjectText metadata) {
  ticket.contact = metadata.scalar("contactId").value_or("");
  ticket.metadata = std::move(metadata);
  ticket.version += 1;
  ticket.updated_at = transaction.now();
  transaction.tickets().update(ticket);
}

// What is kept of the patch in the ticket's own row.
Result<Ok> merge_kept(Transaction& transaction, AccessedTicket& access,
                      const JsonObjectText& patch) {
  const auto before = access.ticket ? access.ticket->metadata : JsonObjectText();
  const auto after =
      access.room ? before.merged(patch) : before.merged(patch).with("ticketId", access.key.id);
  if (after.size() > kMaxTicketMetadataBytes) {
    return fail(
        ErrorCode::too_large,
        "metadata is at most " + std::to_string(kMaxTicketMetadataBytes) + " bytes of JSON");
  }
  const bool is_new = !access.exists();
  if (!is_new && after == before) return Ok{};
  store_metadata(transaction, keep_ticket(transaction, access), after);
  return Ok{};
}

// The metadata as everybody is shown them, to see what a call has made of them.
struct Shown {
  JsonObjectText team;
  JsonObjectText customers;

  explicit Shown(const AccessedTicket& access)
      : team(metadata_of(access)), customers(customers_metadata_of(access)) {}
};

void announce(Transaction& transaction, const AccessedTicket& access, const Shown& before,
              const Shown& now) {
  TicketMetadataChanged changed;
  changed.metadata = now.team.text();
  changed.customers_metadata = now.customers.text();
  changed.version = version_of(access);
  changed.is_customers_too = now.customers != before.customers;
  changed.owner_changed = owner_of(now.team) != owner_of(before.team);
  Event event;
  event.audience.account = access.key.account;
  event.body = TicketChanged{access.key, std::move(changed)};
  transaction.record(std::move(event));
}

}  // namespace

Result<TicketMetadata> set_ticket_metadata(Transaction& transaction, const Actor& actor,
                                           const SetTicketMetadata& input) {
  auto access = access_ticket(transaction, actor, input.ticket);
  if (!access) return access.failure();
  if (auto team = require_team(actor); !team) return team.failure();
  if (auto open = require_open(*access); !open) return open.failure();
  if (auto checked = check_owner_fields(input.patch); !checked) return checked.failure();

  const bool is_new = !access->exists();
  const Shown before(*access);
  auto kept = input.patch.without({"ticketId"});
  if (access->room) {
    if (auto same = refuse_other_owner(kept, access->room->room); !same) return same.failure();
    auto changed = change_room_fields(transaction, actor, kept, *access);
    if (!changed) return changed.failure();
    kept = kept.without({"status", "priority", "assignedAgentId", "contactId"});
  }
  const auto merged = merge_kept(transaction, *access, kept);
  if (!merged) return merged.failure();
  const Shown now(*access);
  if (is_new || now.team != before.team) announce(transaction, *access, before, now);
  return TicketMetadata{access->key, now.team, version_of(*access)};
}

void hand_over_tickets(Transaction& transaction, const Contact& from, const Contact& to,
                       int limit) {
  for (Ticket& ticket : transaction.tickets().of_contact(from.account, to_hex(from.id), limit)) {
    AccessedTicket access{ticket.key(), std::move(ticket), std::nullopt};
    const Shown before(access);
    store_metadata(transaction, *access.ticket,
                   access.ticket->metadata.with("contactId", to_hex(to.id)));
    announce(transaction, access, before, Shown(access));
  }
}

}  // namespace parlor::chat
