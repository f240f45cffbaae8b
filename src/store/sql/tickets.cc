#include "store/sql/tickets.h"

namespace parlor::store::sql {
namespace {

constexpr std::size_t kMaxPageBytes = 256 * 1024;

#define TICKET_COLUMNS                                                                      \
  "account, name, id, metadata, version, status, seq, erased_seq, last_stamp, created_at, " \
  "updated_at, active_at, idle_since, closed_at, contact"
#define TICKET_MESSAGE_COLUMNS \
  "account, ticket, seq, id, author, author_kind, author_user, created_at, type, data"
#define SNAPSHOT_COLUMNS                                                            \
  "account, ticket, number, name, version, seq, author, author_kind, author_user, " \
  "created_at, metadata"

auto fields(auto& ticket, auto& metadata, auto& status) {
  return std::tie(ticket.account, ticket.name, ticket.id, metadata, ticket.version, status,
                  ticket.seq, ticket.erased_seq, ticket.last_stamp, ticket.created_at,
                  ticket.updated_at, ticket.active_at, ticket.idle_since, ticket.closed_at,
                  ticket.contact);
}

auto message_fields(auto& message, auto& kind) {
  return std::tie(message.account, message.ticket, message.seq, message.id,
                  message.author.conversation, kind, message.author.user_id, message.created_at,
                  message.type, message.data);
}

auto snapshot_fields(auto& snapshot, auto& kind) {
  return std::tie(snapshot.account, snapshot.ticket, snapshot.number, snapshot.name,
                  snapshot.version, snapshot.seq, snapshot.author.conversation, kind,
                  snapshot.author.user_id, snapshot.created_at, snapshot.metadata);
}

chat::TicketMessage read_message(Rows& rows) {
  chat::TicketMessage message;
  int kind = 0;
  rows.read(message_fields(message, kind));
  message.author.kind = static_cast<chat::PersonKind>(kind);
  return message;
}

// Rows until the page is full; one row is taken whatever its size.
template <class Row, class Read, class SizeOf>
std::vector<Row> page_of(Rows rows, Read read, SizeOf size_of) {
  std::vector<Row> page;
  std::size_t bytes = 0;
  while (rows.next()) {
    Row row = read(rows);
    bytes += size_of(row);
    if (!page.empty() && bytes > kMaxPageBytes) break;
    page.push_back(std::move(row));
  }
  return page;
}

chat::Ticket read_ticket(Rows& rows) {
  chat::Ticket ticket;
  std::string metadata;
  int status = 0;
  rows.read(fields(ticket, metadata, status));
  ticket.metadata = JsonObjectText::kept(std::move(metadata));
  ticket.status = static_cast<chat::TicketStatus>(status);
  return ticket;
}

}  // namespace

std::optional<chat::Ticket> SqlTickets::find(AccountId account, std::string_view name) {
  const bool may_be = any_.may_have(account, [&] {
    return db_.read("SELECT 1 FROM ticket WHERE account = $1 LIMIT 1", account).next();
  });
  if (!may_be) return std::nullopt;
  auto rows = db_.read("SELECT " TICKET_COLUMNS " FROM ticket WHERE account = $1 AND name = $2",
                       account, name);
  if (!rows.next()) return std::nullopt;
  return read_ticket(rows);
}

std::vector<chat::Ticket> SqlTickets::of_contact(AccountId account, std::string_view contact,
                                                 int limit) {
  std::vector<chat::Ticket> tickets;
  // The names by an index that has them all; a search for whole rows would go through the account.
  for (auto rows = db_.read("SELECT " TICKET_COLUMNS " FROM ticket WHERE account = $1 AND name IN"
                            " (SELECT name FROM ticket WHERE account = $1 AND contact = $2"
                            " AND contact <> '' ORDER BY name LIMIT $3) ORDER BY name",
                            account, contact, limit);
       rows.next();) {
    tickets.push_back(read_ticket(rows));
  }
  return tickets;
}

void SqlTickets::insert(const chat::Ticket& ticket) {
  forget();
  db_.write_row("INSERT INTO ticket (" TICKET_COLUMNS
                ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
                fields(ticket, ticket.metadata.text(), ticket.status));
}

void SqlTickets::update(const chat::Ticket& ticket) {
  db_.write(
      "INSERT INTO ticket_erasure (account, ticket, seq)"
      " SELECT account, id, $3 FROM ticket WHERE account = $1 AND name = $2 AND erased_seq < $3"
      " ON CONFLICT (account, ticket) DO UPDATE SET seq = excluded.seq",
      ticket.account, ticket.name, ticket.erased_seq);
  db_.write_row(
      "UPDATE ticket SET id = $3, metadata = $4, version = $5, status = $6, seq = $7,"
      " erased_seq = $8, last_stamp = $9, created_at = $10, updated_at = $11, active_at = $12,"
      " idle_since = $13, closed_at = $14, contact = $15 WHERE account = $1 AND name = $2",
      fields(ticket, ticket.metadata.text(), ticket.status));
}

std::optional<chat::TicketMessage> SqlTickets::find_message(AccountId account,
                                                            chat::TicketId ticket,
                                                            std::int64_t seq) {
  auto rows = db_.read("SELECT " TICKET_MESSAGE_COLUMNS
                       " FROM ticket_message WHERE account = $1 AND ticket = $2 AND seq = $3",
                       account, ticket, seq);
  if (!rows.next()) return std::nullopt;
  return read_message(rows);
}

std::vector<chat::TicketMessage> SqlTickets::messages(const chat::TicketMessageQuery& query) {
#define MESSAGES_BETWEEN           \
  "SELECT " TICKET_MESSAGE_COLUMNS \
  " FROM ticket_message WHERE account = $1 AND ticket = $2 AND seq > $3 AND seq < $4"
  return page_of<chat::TicketMessage>(
      db_.read(query.with_notes
                   ? sql::Sql(MESSAGES_BETWEEN " ORDER BY seq DESC LIMIT $5")
                   : sql::Sql(MESSAGES_BETWEEN " AND type <> 'note' ORDER BY seq DESC LIMIT $5"),
               query.account, query.ticket, query.after, query.before, query.limit),
      read_message, [](const chat::TicketMessage& message) { return message.data.size(); });
#undef MESSAGES_BETWEEN
}

void SqlTickets::insert_message(const chat::TicketMessage& message) {
  db_.write_row("INSERT INTO ticket_message (" TICKET_MESSAGE_COLUMNS
                ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                message_fields(message, message.author.kind));
}

bool SqlTickets::remove_erased_messages(int limit) {
  AccountId account;
  chat::TicketId ticket;
  std::int64_t seq = 0;
  {
    auto rows = db_.read("SELECT account, ticket, seq FROM ticket_erasure LIMIT 1");
    if (!rows.next()) return false;
    rows.read(std::tie(account, ticket, seq));
  }
  db_.write(
      "DELETE FROM ticket_message WHERE account = $1 AND ticket = $2 AND seq IN (SELECT seq FROM"
      " ticket_message WHERE account = $1 AND ticket = $2 AND seq <= $3 ORDER BY seq LIMIT $4)",
      account, ticket, seq, limit);
  if (db_.changed_rows() < limit) {
    db_.write("DELETE FROM ticket_erasure WHERE account = $1 AND ticket = $2", account, ticket);
  }
  return true;
}

std::vector<chat::TicketSnapshot> SqlTickets::snapshots(AccountId account, chat::TicketId ticket,
                                                        std::int64_t before, int limit) {
  return page_of<chat::TicketSnapshot>(
      db_.read("SELECT " SNAPSHOT_COLUMNS
               " FROM ticket_snapshot WHERE account = $1 AND ticket = $2 AND number < $3"
               " ORDER BY number DESC LIMIT $4",
               account, ticket, before, limit),
      [](Rows& rows) {
        chat::TicketSnapshot snapshot;
        int kind = 0;
        rows.read(snapshot_fields(snapshot, kind));
        snapshot.author.kind = static_cast<chat::PersonKind>(kind);
        return snapshot;
      },
      [](const chat::TicketSnapshot& snapshot) { return snapshot.metadata.size(); });
}

int SqlTickets::count_snapshots(AccountId account, chat::TicketId ticket) {
  auto rows = db_.read("SELECT count(*) FROM ticket_snapshot WHERE account = $1 AND ticket = $2",
                       account, ticket);
  rows.next();
  return static_cast<int>(rows.integer(0));
}

bool SqlTickets::has_snapshot(AccountId account, chat::TicketId ticket, std::string_view name) {
  auto rows =
      db_.read("SELECT 1 FROM ticket_snapshot WHERE account = $1 AND ticket = $2 AND name = $3",
               account, ticket, name);
  return rows.next();
}

void SqlTickets::put_snapshot(const chat::TicketSnapshot& snapshot) {
  db_.write("DELETE FROM ticket_snapshot WHERE account = $1 AND ticket = $2 AND name = $3",
            snapshot.account, snapshot.ticket, snapshot.name);
  db_.write_row("INSERT INTO ticket_snapshot (" SNAPSHOT_COLUMNS
                ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                snapshot_fields(snapshot, snapshot.author.kind));
}

void SqlTickets::remove_snapshots(AccountId account, chat::TicketId ticket) {
  db_.write("DELETE FROM ticket_snapshot WHERE account = $1 AND ticket = $2", account, ticket);
}

}  // namespace parlor::store::sql
