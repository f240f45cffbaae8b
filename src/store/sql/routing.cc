#include "store/sql/routing.h"

#include "store/sql/repositories.h"

namespace parlor::store::sql {
namespace {

chat::RoutingCandidate decode_candidate(Rows& rows) {
  chat::RoutingCandidate candidate;
  rows.read(std::tie(candidate.agent, candidate.has_seat, candidate.availability,
                     candidate.capacity, candidate.open_rooms, candidate.last_assigned_at));
  return candidate;
}

auto fields(auto& task) {
  return std::tie(task.account, task.kind, task.agent, task.inbox, task.due_at, task.cursor,
                  task.again_at);
}

// The first column of the first row, or nothing's value.
template <class Value>
Value value_of(Rows rows) {
  return rows.next() ? rows.get<Value>(0) : Value{};
}

}  // namespace

// CROSS JOIN keeps the order of the tables: members first.
std::vector<chat::RoutingCandidate> SqlRouting::candidates(AccountId account, InboxId inbox) {
  std::vector<chat::RoutingCandidate> candidates;
  for (auto rows =
           db_.read("SELECT m.agent, a.has_seat AND a.deactivated_at = 0, a.availability, "
                    "a.capacity, coalesce(l.open_rooms, 0),"
                    " coalesce(l.last_assigned_at, 0) FROM inbox_member m"
                    " CROSS JOIN agent a ON a.account = m.account AND a.conversation = m.agent"
                    " LEFT JOIN agent_load l ON l.account = m.account AND l.agent = m.agent"
                    " WHERE m.account = $1 AND m.inbox = $2 ORDER BY m.agent LIMIT $3",
                    account, inbox, kMaxListed);
       rows.next();)
    candidates.push_back(decode_candidate(rows));
  return candidates;
}

std::optional<chat::RoutingCandidate> SqlRouting::candidate(AccountId account,
                                                            ConversationId agent) {
  auto rows = db_.read(
      "SELECT a.conversation, a.has_seat AND a.deactivated_at = 0, a.availability, a.capacity, "
      "coalesce(l.open_rooms, 0),"
      " coalesce(l.last_assigned_at, 0) FROM agent a"
      " LEFT JOIN agent_load l ON l.account = a.account AND l.agent = a.conversation"
      " WHERE a.account = $1 AND a.conversation = $2",
      account, agent);
  if (!rows.next()) return std::nullopt;
  return decode_candidate(rows);
}

ConversationId SqlRouting::last_served(AccountId account, InboxId inbox) {
  return value_of<ConversationId>(db_.read(
      "SELECT last_served FROM inbox_turn WHERE account = $1 AND inbox = $2", account, inbox));
}

void SqlRouting::set_last_served(AccountId account, InboxId inbox, ConversationId agent) {
  db_.write(
      "INSERT INTO inbox_turn (account, inbox, last_served) VALUES ($1, $2, $3)"
      " ON CONFLICT DO UPDATE SET last_served = $3",
      account, inbox, agent);
}

std::optional<chat::QueuedRoom> SqlRouting::oldest_queued(AccountId account, InboxId inbox) {
  auto rows = db_.read(
      "SELECT room, inbox, queued_at FROM room_queue WHERE account = $1 AND inbox = $2"
      " ORDER BY queued_at, room LIMIT 1",
      account, inbox);
  if (!rows.next()) return std::nullopt;
  chat::QueuedRoom queued;
  rows.read(std::tie(queued.room, queued.inbox, queued.queued_at));
  return queued;
}

std::vector<InboxId> SqlRouting::waiting_inboxes_of(AccountId account, ConversationId agent) {
  std::vector<InboxId> inboxes;
  for (auto rows = db_.read(
           "SELECT m.inbox FROM inbox_member m"
           " CROSS JOIN inbox i ON i.account = m.account AND i.id = m.inbox"
           " WHERE m.account = $1 AND m.agent = $2 AND i.algorithm <> $3 AND EXISTS"
           " (SELECT 1 FROM room_queue q WHERE q.account = m.account AND q.inbox = m.inbox)"
           " LIMIT $4",
           account, agent, chat::RoutingAlgorithm::manual, kMaxListed);
       rows.next();)
    inboxes.push_back(rows.get<InboxId>(0));
  return inboxes;
}

std::vector<RoomId> SqlRouting::held_by(AccountId account, ConversationId agent, RoomId after,
                                        int limit) {
  std::vector<RoomId> rooms;
  for (auto rows = db_.read("SELECT room FROM held_room WHERE account = $1 AND agent = $2"
                            " AND room > $3 ORDER BY room LIMIT $4",
                            account, agent, after, limit);
       rows.next();)
    rooms.push_back(rows.get<RoomId>(0));
  return rooms;
}

Timestamp SqlRouting::left_at(AccountId account, InboxId inbox, ConversationId agent) {
  return value_of<Timestamp>(
      db_.read("SELECT left_at FROM inbox_leaver WHERE account = $1 AND inbox = $2 AND agent = $3",
               account, inbox, agent));
}

void SqlRouting::set_left_at(AccountId account, InboxId inbox, ConversationId agent, Timestamp at) {
  db_.write(
      "INSERT INTO inbox_leaver (account, inbox, agent, left_at) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT DO UPDATE SET left_at = $4",
      account, inbox, agent, at);
}

chat::AgentPresence SqlRouting::presence(AccountId account, ConversationId agent) {
  chat::AgentPresence presence;
  auto rows = db_.read(
      "SELECT chosen, pinned, present, since FROM agent_presence"
      " WHERE account = $1 AND agent = $2",
      account, agent);
  if (rows.next())
    rows.read(std::tie(presence.chosen, presence.pinned, presence.present, presence.since));
  return presence;
}

void SqlRouting::set_presence(AccountId account, ConversationId agent,
                              const chat::AgentPresence& presence) {
  db_.write(
      "INSERT INTO agent_presence (account, agent, chosen, pinned, present, since)"
      " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO UPDATE SET chosen = $3, pinned = $4,"
      " present = $5, since = $6",
      account, agent, presence.chosen, presence.pinned, presence.present, presence.since);
}

std::vector<chat::PresentAgent> SqlRouting::present_agents(chat::PresentAgent after, int limit) {
  std::vector<chat::PresentAgent> agents;
  for (auto rows = db_.read(
           "SELECT a.account, a.conversation FROM agent a"
           " LEFT JOIN agent_presence p ON p.account = a.account AND p.agent = a.conversation"
           " WHERE (a.account, a.conversation) > ($1, $2) AND a.availability = $3"
           " AND coalesce(p.pinned, 0) = 0 ORDER BY a.account, a.conversation LIMIT $4",
           after.account, after.agent, chat::Availability::active, limit);
       rows.next();) {
    auto& agent = agents.emplace_back();
    rows.read(std::tie(agent.account, agent.agent));
  }
  return agents;
}

std::optional<chat::RoutingTask> SqlRoutingTasks::next() {
  auto rows = db_.read(
      "SELECT account, kind, agent, inbox, due_at, cursor, again_at FROM routing_task"
      " ORDER BY due_at LIMIT 1");
  if (!rows.next()) return std::nullopt;
  chat::RoutingTask task;
  rows.read(fields(task));
  return task;
}

void SqlRoutingTasks::put(const chat::RoutingTask& task) {
  db_.write_row(
      "INSERT INTO routing_task (account, kind, agent, inbox, due_at, cursor, again_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)"
      " ON CONFLICT DO UPDATE SET due_at = $5, cursor = $6, again_at = $7",
      fields(task));
}

void SqlRoutingTasks::remove(const chat::RoutingTask& task) {
  db_.write(
      "DELETE FROM routing_task WHERE account = $1 AND kind = $2 AND agent = $3 AND inbox = $4",
      task.account, task.kind, task.agent, task.inbox);
}

}  // namespace parlor::store::sql
