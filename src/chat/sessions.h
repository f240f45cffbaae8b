// Visitors' sessions: opening, keeping, ending (spec identity.md, Visitors).
//
// The same device on the same site is the same contact, until it logs out. An identifier that the
// host application vouches for leads to that identifier's contact, and what this device did
// anonymously joins it.
#pragma once

#include <string>

#include "base/result.h"
#include "chat/authenticate.h"
#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr std::int64_t kSessionLifeMs = 30LL * 24 * 3600 * 1000;  // since its last activity
inline constexpr std::int64_t kSessionTouchMs = 60 * 1000;

// More rooms and tickets stay with the anonymous contact: one write touches at most 500 rows.
inline constexpr int kJoinedRoomsAtMost = 150;
inline constexpr int kJoinedTicketsAtMost = 50;

inline constexpr std::size_t kMaxLanguageCharacters = 35;
inline constexpr std::size_t kMaxTimezoneCharacters = 64;
inline constexpr std::size_t kMaxPageCharacters = 1'000;

struct OpenSession {
  std::string device_id;  // required, at most 128 bytes
  std::string name;       // these three update the contact unless empty
  std::string email;
  std::string phone;
  std::string identifier;       // the host application's name for the person
  std::string identifier_hash;  // hex HMAC-SHA256(account's identity key, identifier)
  std::string address;          // the client's network address
  Surroundings surroundings;
};

struct SessionOpened {
  std::string session_id;  // the secret that the device keeps; shown once
  Contact contact;
  bool verified = false;
  Timestamp expires_at;
};

// `site` comes from authenticate_site in the same transaction. unauthenticated: the identifier's
// hash is missing or wrong.
Result<SessionOpened> open_session(Transaction& transaction, const SupportToken& site,
                                   const OpenSession& input);

struct UpdateSession {
  VisitorCredentials credentials;
  Surroundings surroundings;  // what is empty stays as it was
};
// Fails as authenticate_visitor does; invalid: a field.
Result<Ok> update_session(Transaction& transaction, const UpdateSession& input);

// Ends the session and closes its sockets. Fails as authenticate_visitor does.
Result<Ok> end_session(Transaction& transaction, const VisitorCredentials& credentials);

// Moves the end of the actor's session on, at most once a minute; `actor` was authenticated with
// these credentials in the same transaction. For write transactions.
void touch_session(Transaction& transaction, const Actor& actor,
                   const VisitorCredentials& credentials);

}  // namespace parlor::chat
