#include "store/sql/administration.h"
#include "store/sql/repositories.h"

namespace parlor::store::sql {
namespace {

auto fields(auto& invitation) {
  return std::tie(invitation.account, invitation.agent, invitation.token_hash,
                  invitation.expires_at);
}

}  // namespace

std::optional<chat::Invitation> SqlInvitations::find_by_hash(std::string_view sha256) {
  auto rows = db_.read(
      "SELECT i.account, i.agent, i.token_hash, i.expires_at FROM invitation_hash AS h"
      " JOIN invitation AS i ON i.account = h.account AND i.agent = h.agent WHERE h.hash = $1",
      Bytes{sha256});
  if (!rows.next()) return std::nullopt;
  chat::Invitation invitation;
  rows.read(fields(invitation));
  return invitation;
}

std::vector<chat::Invitation> SqlInvitations::list(AccountId account) {
  std::vector<chat::Invitation> invitations;
  for (auto rows = db_.read("SELECT account, agent, token_hash, expires_at FROM invitation"
                            " WHERE account = $1 ORDER BY agent LIMIT $2",
                            account, kMaxListed);
       rows.next();)
    rows.read(fields(invitations.emplace_back()));
  return invitations;
}

void SqlInvitations::put(const chat::Invitation& invitation) {
  remove(invitation.account, invitation.agent);
  db_.write(
      "INSERT INTO invitation (account, agent, token_hash, expires_at) VALUES ($1, $2, $3, $4)",
      invitation.account, invitation.agent, Bytes{invitation.token_hash}, invitation.expires_at);
  db_.write("INSERT INTO invitation_hash (hash, account, agent) VALUES ($1, $2, $3)",
            Bytes{invitation.token_hash}, invitation.account, invitation.agent);
}

void SqlInvitations::remove(AccountId account, AgentId agent) {
  db_.write(
      "DELETE FROM invitation_hash WHERE hash ="
      " (SELECT token_hash FROM invitation WHERE account = $1 AND agent = $2)",
      account, agent);
  db_.write("DELETE FROM invitation WHERE account = $1 AND agent = $2", account, agent);
}

}  // namespace parlor::store::sql
