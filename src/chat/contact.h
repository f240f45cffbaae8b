// A contact: a customer, and the devices and web sites through which they come.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"

namespace parlor::chat {

// How a customer proves who they are: a visitor by their device's session, the others by a token of
// the host application in this role.
enum class ContactKind { visitor, student, buyer, vendor };

struct Contact {
  ContactId id;
  AccountId account;
  ConversationId conversation;  // the "support conversation" that the contact acts as
  std::string name;
  std::string email;
  std::string phone;
  std::string identifier;  // the host application's name for them, once vouched for; else empty
  Timestamp blocked_at;    // 0 = may write
  Timestamp created_at;
  ContactKind kind = ContactKind::visitor;
  std::string external_id;      // the `sub` of the host application's tokens; empty for visitors
  Timestamp tokens_not_before;  // tokens issued earlier are revoked

  bool is_blocked() const { return blocked_at != Timestamp{}; }
};

// A web site of the account. The token itself is shown once; only its SHA-256 is kept.
struct SupportToken {
  SupportTokenId id;
  AccountId account;
  std::string name;
  std::string token_hash;            // SHA-256, 32 bytes
  std::vector<std::string> domains;  // hosts, with port where it is not the scheme's; empty = any
  std::vector<std::string> scopes;
  Timestamp expires_at;  // 0 = never
  Timestamp revoked_at;  // 0 = in force
  Timestamp last_seen;   // when the site last used it, to the minute; 0 = never
  Timestamp created_at;
};

// Where a visitor is, as their browser says it. Each may be empty.
struct Surroundings {
  std::string language;  // "ar-JO"
  std::string timezone;  // "Asia/Amman"
  std::string page;      // "/care/alder-dome", of the site

  friend bool operator==(const Surroundings&, const Surroundings&) = default;
};

// A device's visit. The session id that the device holds is a secret; only its SHA-256 is kept.
struct VisitorSession {
  SessionId id;
  AccountId account;
  SupportTokenId support_token;
  ContactId contact;
  std::string secret_hash;  // SHA-256, 32 bytes
  std::string device_id;
  std::string address;
  bool verified = false;  // the host application vouched for the contact's identifier
  Surroundings surroundings;
  Timestamp created_at;
  Timestamp last_activity;
  Timestamp expires_at;
  Timestamp ended_at;  // 0 = in force
};

}  // namespace parlor::chat
