#include "dialects/common/caller.h"

#include <functional>

#include "chat/customers.h"
#include "chat/integrations.h"
#include "chat/sessions.h"
#include "dialects/common/overloaded.h"

namespace parlor::dialects {
namespace {

std::int64_t key_of(std::string_view text) {
  return static_cast<std::int64_t>(std::hash<std::string_view>{}(text) >> 1);
}

// The turns of one token's owner, apart from those of namesakes in other roles.
std::int64_t key_of(const chat::TokenClaims& claims) {
  return key_of(claims.role + ":" + claims.subject) ^ claims.account.value;
}

Result<chat::Actor> resolve_client(chat::Transaction& transaction, const ClientCaller& client,
                                   Mode mode) {
  auto actor = client.claims ? resolve(transaction, caller_of(*client.claims), mode)
                             : chat::authenticate_integration(transaction, client.key);
  if (!actor) return actor;
  const auto named = chat::require_client_code(transaction, actor->account, client.client_code);
  if (!named) return named.failure();
  return actor;
}

}  // namespace

Caller caller_of(chat::TokenClaims claims) {
  if (chat::customer_kind(claims.role)) return CustomerCaller{std::move(claims)};
  return TokenCaller{std::move(claims)};
}

Result<chat::Actor> resolve(chat::Transaction& transaction, const Caller& caller, Mode mode) {
  return std::visit(
      Overloaded{
          [](const Anonymous&) -> Result<chat::Actor> { return chat::Actor{}; },
          [&](const TokenCaller& agent) { return authenticate_agent(transaction, agent.claims); },
          [&](const CustomerCaller& customer) {
            return mode == Mode::write ? welcome_customer(transaction, customer.claims)
                                       : authenticate_customer(transaction, customer.claims);
          },
          [&](const VisitorCaller& visitor) {
            return authenticate_visitor(transaction, visitor.credentials);
          },
          [&](const ClientCaller& client) { return resolve_client(transaction, client, mode); },
      },
      caller);
}

void keep_alive(chat::Transaction& transaction, const Caller& caller, const chat::Actor& actor) {
  const auto* visitor = std::get_if<VisitorCaller>(&caller);
  if (visitor) chat::touch_session(transaction, actor, visitor->credentials);
}

AccountId account_of(const Caller& caller) {
  return std::visit(Overloaded{
                        [](const Anonymous& nobody) { return AccountId{nobody.address_key}; },
                        [](const TokenCaller& agent) { return agent.claims.account; },
                        [](const CustomerCaller& customer) { return customer.claims.account; },
                        [](const VisitorCaller& visitor) { return AccountId{visitor.address_key}; },
                        [](const ClientCaller& client) {
                          return client.claims ? client.claims->account
                                               : AccountId{client.address_key};
                        },
                    },
                    caller);
}

std::int64_t caller_key_of(const Caller& caller) {
  return std::visit(
      Overloaded{
          [](const Anonymous& nobody) { return nobody.address_key; },
          [](const TokenCaller& agent) { return key_of(agent.claims); },
          [](const CustomerCaller& customer) { return key_of(customer.claims); },
          [](const VisitorCaller& visitor) { return key_of(visitor.credentials.session_id); },
          [](const ClientCaller& client) {
            return client.claims ? key_of(*client.claims) : key_of(client.key);
          },
      },
      caller);
}

std::int64_t address_key_of(std::string_view address) {
  constexpr int kGroupsOfPrefix = 4;
  std::size_t end = 0;
  for (int group = 0; group < kGroupsOfPrefix && end != std::string_view::npos; ++group) {
    end = address.find(':', end + (group ? 1 : 0));
  }
  return key_of(address.substr(0, end));
}

}  // namespace parlor::dialects
