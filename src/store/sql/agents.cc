#include "store/sql/repositories.h"

namespace parlor::store::sql {
namespace {

// Every query selects these columns, in this order.
#define AGENT_COLUMNS                                                                    \
  "account, id, conversation, external_id, name, email, password_hash, role, has_seat, " \
  "capacity, availability, tokens_not_before, created_at, avatar, deactivated_at"

auto fields(auto& agent) {
  return std::tie(agent.account, agent.id, agent.conversation, agent.external_id, agent.name,
                  agent.email, agent.password_hash, agent.role, agent.has_seat, agent.capacity,
                  agent.availability, agent.tokens_not_before, agent.created_at, agent.avatar,
                  agent.deactivated_at);
}

std::optional<chat::Agent> first(Rows rows) {
  if (!rows.next()) return std::nullopt;
  chat::Agent agent;
  rows.read(fields(agent));
  return agent;
}

}  // namespace

void SqlAgents::forget() {
  by_id_.forget();
  by_external_id_.forget();
}

std::optional<chat::Agent> SqlAgents::find(AccountId account, AgentId id) {
  return by_id_.find({account, id}, [&] {
    return first(db_.read("SELECT " AGENT_COLUMNS " FROM agent WHERE account = $1 AND id = $2",
                          account, id));
  });
}

std::optional<chat::Agent> SqlAgents::find_by_conversation(AccountId account, ConversationId id) {
  return first(db_.read(
      "SELECT " AGENT_COLUMNS " FROM agent WHERE account = $1 AND conversation = $2", account, id));
}

std::optional<chat::Agent> SqlAgents::find_by_external_id(AccountId account,
                                                          std::string_view external_id) {
  return by_external_id_.find({account, std::string(external_id)}, [&] {
    return first(db_.read("SELECT " AGENT_COLUMNS
                          " FROM agent WHERE account = $1 AND external_id = $2"
                          " AND external_id <> ''",
                          account, external_id));
  });
}

std::optional<chat::Agent> SqlAgents::find_by_email(std::string_view email_lower_case) {
  AccountId account;
  AgentId id;
  {
    auto rows =
        db_.read("SELECT account, agent FROM agent_email WHERE email = $1", email_lower_case);
    if (!rows.next()) return std::nullopt;
    rows.read(std::tie(account, id));
  }
  return find(account, id);
}

std::vector<chat::Agent> SqlAgents::list(AccountId account) {
  std::vector<chat::Agent> agents;
  for (auto rows = db_.read("SELECT " AGENT_COLUMNS
                            " FROM agent WHERE account = $1 ORDER BY name, id LIMIT $2",
                            account, kMaxListed);
       rows.next();)
    rows.read(fields(agents.emplace_back()));
  return agents;
}

void SqlAgents::insert(const chat::Agent& agent) {
  forget();
  db_.write_row("INSERT INTO agent (" AGENT_COLUMNS
                ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
                fields(agent));
  if (!agent.email.empty())
    db_.write("INSERT INTO agent_email (email, account, agent) VALUES ($1, $2, $3)", agent.email,
              agent.account, agent.id);
}

void SqlAgents::update(const chat::Agent& agent) {
  const auto before = find(agent.account, agent.id);
  forget();
  db_.write_row(
      "UPDATE agent SET conversation = $3, external_id = $4, name = $5, email = $6,"
      " password_hash = $7, role = $8, has_seat = $9, capacity = $10, availability = $11,"
      " tokens_not_before = $12, created_at = $13, avatar = $14, deactivated_at = $15 WHERE "
      "account = $1 AND id = $2",
      fields(agent));
  if (!before || before->email == agent.email) return;
  db_.write("DELETE FROM agent_email WHERE email = $1", before->email);
  if (!agent.email.empty())
    db_.write("INSERT INTO agent_email (email, account, agent) VALUES ($1, $2, $3)", agent.email,
              agent.account, agent.id);
}

}  // namespace parlor::store::sql
