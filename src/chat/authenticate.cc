#include "chat/authenticate.h"

#include <algorithm>

#include "base/digest.h"
#include "chat/origin.h"
#include "chat/utf8.h"

namespace parlor::chat {

namespace {

constexpr std::size_t kMaxSecretBytes = 256;

Failure unauthenticated(std::string message) {
  return fail(ErrorCode::unauthenticated, std::move(message));
}

std::optional<Agent> find_agent(Transaction& transaction, const TokenClaims& claims) {
  auto& agents = transaction.agents();
  if (!claims.subject.empty()) {
    if (auto agent = agents.find_by_external_id(claims.account, claims.subject)) return agent;
  }
  if (claims.internal) {
    if (const auto id = parse_id<AgentId>(claims.subject)) {
      if (auto agent = agents.find(claims.account, *id)) return agent;
    }
  }
  if (claims.email.empty()) return std::nullopt;
  auto agent = agents.find_by_email(lower_case(trimmed(claims.email)));
  if (agent && agent->account != claims.account) return std::nullopt;
  return agent;
}

std::string wrong_origin(std::string_view origin, const std::vector<std::string>& domains) {
  std::string allowed;
  for (const std::string& domain : domains) {
    if (!allowed.empty()) allowed += ", ";
    allowed += domain;
  }
  const std::string host = host_of_origin(origin).value_or("this origin");
  return "This support token is not for " + host + ". It is for: " + allowed +
         ". An admin can add the host to the token";
}

Result<VisitorSession> find_session(Transaction& transaction, const SupportToken& site,
                                    const VisitorCredentials& credentials) {
  if (credentials.session_id.empty()) {
    return unauthenticated("A session is required: open one with POST /session");
  }
  const auto session =
      credentials.session_id.size() > kMaxSecretBytes
          ? std::nullopt
          : transaction.visitor_sessions().find_by_hash(sha256(credentials.session_id));
  if (!session || session->account != site.account || session->support_token != site.id) {
    return unauthenticated("Unknown session: open a new one");
  }
  if (!credentials.device_id.empty() && credentials.device_id != session->device_id) {
    return unauthenticated("This session belongs to another device: open a new one");
  }
  if (session->ended_at != Timestamp{}) return unauthenticated("Session ended: open a new one");
  if (session->expires_at <= transaction.now()) {
    return unauthenticated("Session expired: open a new one");
  }
  return *session;
}

}  // namespace

Actor actor_of(const Agent& agent) {
  Actor actor;
  actor.kind = agent.role == AgentRole::admin ? ActorKind::admin : ActorKind::agent;
  actor.account = agent.account;
  actor.conversation = agent.conversation;
  actor.name = agent.name;
  actor.agent = agent.id;
  return actor;
}

Timestamp earliest_issue_time(const Agent& agent, Timestamp now) {
  return std::max(now, agent.tokens_not_before);
}

Result<Actor> authenticate_agent(Transaction& transaction, const TokenClaims& claims) {
  if (!claims.role.empty() && claims.role != "agent" && claims.role != "admin") {
    return fail(ErrorCode::forbidden, "This call is for agents; the token's role is another");
  }
  const auto agent = find_agent(transaction, claims);
  if (!agent) {
    return unauthenticated(
        "No agent of this account has the token's sub or email: an admin can "
        "create one");
  }
  if (agent->deactivated_at != Timestamp{}) {
    return unauthenticated("This agent is deactivated: an admin can reactivate them");
  }
  if (claims.issued_at < agent->tokens_not_before) {
    return unauthenticated("This token was revoked: sign in again");
  }
  return actor_of(*agent);
}

Result<SupportToken> authenticate_site(Transaction& transaction, std::string_view support_token,
                                       std::string_view origin) {
  if (support_token.empty()) return unauthenticated("A support token is required");
  const auto site = support_token.size() > kMaxSecretBytes
                        ? std::nullopt
                        : transaction.support_tokens().find_by_hash(sha256(support_token));
  if (!site) return unauthenticated("Unknown support token");
  if (site->revoked_at != Timestamp{}) return unauthenticated("This support token was revoked");
  if (site->expires_at != Timestamp{} && site->expires_at <= transaction.now()) {
    return unauthenticated("This support token has expired: an admin can create another");
  }
  if (!origin.empty() && !origin_allowed(origin, site->domains)) {
    return unauthenticated(wrong_origin(origin, site->domains));
  }
  return *site;
}

Result<Actor> authenticate_visitor(Transaction& transaction,
                                   const VisitorCredentials& credentials) {
  const auto site = authenticate_site(transaction, credentials.support_token, credentials.origin);
  if (!site) return site.failure();
  const auto session = find_session(transaction, *site, credentials);
  if (!session) return session.failure();
  const auto contact = transaction.contacts().find(session->account, session->contact).value();
  Actor actor;
  actor.kind = ActorKind::contact;
  actor.account = session->account;
  actor.conversation = contact.conversation;
  actor.name = contact.name;
  actor.contact = contact.id;
  actor.session = session->id;
  actor.session_touched_at = session->last_activity;
  actor.verified = session->verified;
  actor.blocked = contact.is_blocked();
  return actor;
}

}  // namespace parlor::chat
