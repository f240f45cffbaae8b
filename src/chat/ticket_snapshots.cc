#include <utility>

#include "chat/fields.h"
#include "chat/ticket_access.h"
#include "chat/ticket_cursor.h"
#include "chat/tickets.h"

namespace parlor::chat {

namespace {

constexpr int kUsualSnapshots = 25;
constexpr int kMostSnapshots = 100;

}  // namespace

Result<SavedTicketSnapshot> save_ticket_snapshot(Transaction& transaction, const Actor& actor,
                                                 const SaveTicketSnapshot& input) {
  auto access = access_existing_ticket(transaction, actor, input.ticket);
  if (auto team = require_team(actor); !team) return team.failure();
  if (!access) return access.failure();
  if (auto open = require_open(*access); !open) return open.failure();
  auto name = check_required_line("name", input.name, kMaxSnapshotNameCharacters);
  if (!name) return name.failure();

  const Ticket& ticket = keep_ticket(transaction, *access);
  auto& tickets = transaction.tickets();
  if (tickets.count_snapshots(ticket.account, ticket.id) >= kMaxSnapshots &&
      !tickets.has_snapshot(ticket.account, ticket.id, *name)) {
    return fail(ErrorCode::conflict,
                "a ticket has at most " + std::to_string(kMaxSnapshots) + " snapshots");
  }
  TicketSnapshot snapshot;
  snapshot.account = ticket.account;
  snapshot.ticket = ticket.id;
  const auto newest = tickets.snapshots(ticket.account, ticket.id, INT64_MAX, 1);
  snapshot.number = newest.empty() ? 1 : newest.front().number + 1;
  snapshot.name = std::move(*name);
  snapshot.metadata = metadata_of(*access).text();
  snapshot.version = version_of(*access);
  snapshot.seq = access->room ? access->room->room.seq : ticket.seq;
  snapshot.author = person_of(actor);
  snapshot.created_at = transaction.now();
  tickets.put_snapshot(snapshot);
  return SavedTicketSnapshot{access->key, std::move(snapshot)};
}

Result<TicketSnapshotPage> list_ticket_snapshots(Transaction& transaction, const Actor& actor,
                                                 const ListTicketSnapshots& input) {
  const auto access = access_existing_ticket(transaction, actor, input.ticket);
  if (auto team = require_team(actor); !team) return team.failure();
  if (!access) return access.failure();
  const auto limit = page_limit(input.limit, kUsualSnapshots, kMostSnapshots);
  if (!limit) return limit.failure();
  const auto before =
      decode_ticket_cursor(TicketList::snapshots, access->key, input.cursor, INT64_MAX);
  if (!before) return before.failure();
  TicketSnapshotPage page;
  page.key = access->key;
  if (!access->ticket) return page;
  const auto snapshots_before = [&](std::int64_t number, int count) {
    return transaction.tickets().snapshots(access->key.account, access->ticket->id, number, count);
  };
  page.snapshots = snapshots_before(*before, *limit);
  if (page.snapshots.empty()) return page;
  const auto oldest = page.snapshots.back().number;
  if (!snapshots_before(oldest, 1).empty()) {
    page.next_cursor = encode_ticket_cursor(TicketList::snapshots, access->key, oldest);
  }
  return page;
}

}  // namespace parlor::chat
