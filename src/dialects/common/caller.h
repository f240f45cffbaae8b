// Who a request says it comes from, before the store has been asked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/authenticate.h"
#include "chat/transaction.h"

namespace parlor::dialects {

// Calls that prove by themselves who is calling (login, opening a session): their actor is empty.
struct Anonymous {
  std::int64_t address_key = 0;
};

// An agent, by a token of the host application or our own whose signature and times were verified.
struct TokenCaller {
  chat::TokenClaims claims;
};

// A student, buyer or vendor, by a token of the host application, verified likewise.
struct CustomerCaller {
  chat::TokenClaims claims;
};

// A visitor of a web site: support token and session, both still to be looked up.
struct VisitorCaller {
  chat::VisitorCredentials credentials;
  std::int64_t address_key = 0;
};

// Somebody of the order dialect: an integration by its key, still to be looked up, or the owner of
// a token, verified as above; each names the account's client code too.
struct ClientCaller {
  std::string key;                          // an integration's
  std::optional<chat::TokenClaims> claims;  // of a token's owner; then there is no key
  std::string client_code;
  std::int64_t address_key = 0;
};

using Caller = std::variant<Anonymous, TokenCaller, CustomerCaller, VisitorCaller, ClientCaller>;

// Whose token it is: its role tells agents and customers apart.
Caller caller_of(chat::TokenClaims claims);

// What a transaction may do for its caller: in a write, a customer who is new becomes a contact.
enum class Mode { read, write };

// Reads who it is, in the transaction of the call itself: a revocation counts at once.
Result<chat::Actor> resolve(chat::Transaction& transaction, const Caller& caller,
                            Mode mode = Mode::read);

// A visitor who writes is still there: moves the end of their session on. For write transactions.
// `actor` is what resolve() made of the caller in it.
void keep_alive(chat::Transaction& transaction, const Caller& caller, const chat::Actor& actor);

// Whose turn a call takes in the store. What a stranger claims is not believed yet: without a
// verified token, turns are shared by network address.
AccountId account_of(const Caller& caller);

// The same for all calls of one person, another for everybody else's.
std::int64_t caller_key_of(const Caller& caller);

// A network address as a key: of IPv6 the first 64 bits, as one customer has them all.
std::int64_t address_key_of(std::string_view address);

}  // namespace parlor::dialects
