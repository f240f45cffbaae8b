// Who is in a ticket's room now: members, as values, and what is asked of the one object that
// remembers them (delivery/membership_board.h). Memory only: nothing here is stored.
//
//   join ──▶ member ── presence, before expires_at ──▶ member, for another time to live
//              │ leave · time to live over · last connection gone, and the grace over · closed
//              ▼
//             gone
//
// A use case asks by recording MembershipAsked: so the question takes its place among the commits,
// and a member who joins at one hears of every later one. The answer is there when the caller is
// answered. Whoever is a member already may ask without a transaction: a live membership is the
// capability.
//
// Bounds: PresenceRules::max_members a room, kMaxPresenceBytes, kMaxRoleCharacters.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"

namespace parlor::chat {

struct PresenceRules {
  std::int64_t ttl_ms = 45'000;          // from a join or a presence on
  std::int64_t grace_ms = 5'000;         // after the last connection has ended
  std::int64_t idle_after_ms = 300'000;  // without members, the room is idle
  std::size_t max_members = 1'000;       // of one room
};

inline constexpr std::size_t kMaxPresenceBytes = 1024;
inline constexpr std::size_t kMaxRoleCharacters = 64;

enum class PersonKind { agent, contact, student };
std::string_view name_of(PersonKind kind);

// Somebody as tickets name them.
struct Person {
  ConversationId conversation;
  PersonKind kind = PersonKind::contact;
  std::string user_id;  // agents: their conversation; contacts: their id; students: the host's id

  bool is_team() const { return kind == PersonKind::agent; }
  friend bool operator==(const Person&, const Person&) = default;
};

// A ticket of an account, by the id that the application gave it.
struct TicketKey {
  AccountId account;
  std::string id;

  friend bool operator==(const TicketKey&, const TicketKey&) = default;
};

struct Member {
  Person person;
  std::string metadata;  // a JSON object: {"role": …}
  std::string presence;  // likewise
  Timestamp joined_at;
  Timestamp expires_at;
};

struct TypingSignal;  // typing.h

// An upsert: who is a member already stays one, since the same time. With the token of an earlier
// join, the presence and metadata of before stay too.
struct JoinAsked {
  Person person;
  std::string metadata;
  std::string presence;
  std::string resume_token;      // of an earlier join; empty = none
  std::string new_token;         // the membership's, should it be a new one
  std::uint64_t connection = 0;  // see RoomViewed; 0 = none: over HTTP
  int limit = 0;                 // of the members in the answer
  // Of a support room: what the other APIs are told when the member types.
  std::shared_ptr<const TypingSignal> typing = nullptr;
};
struct PresenceAsked {
  ConversationId person;
  std::string presence;
};
struct LeaveAsked {
  ConversationId person;
  std::uint64_t connection = 0;  // this one only; 0 = altogether
};
struct MembersAsked {
  int limit = 0;
  std::int64_t after = 0;  // MembershipAnswer::next; 0 = from the first
  Timestamp active_at;     // had a reason to be active then
};
using MembershipRequest = std::variant<JoinAsked, PresenceAsked, LeaveAsked, MembersAsked>;

// Filled in on the Publisher's thread, before the caller is answered there.
struct MembershipAnswer {
  std::optional<Error> error = Error{ErrorCode::unavailable, "the server is stopping"};
  std::optional<Member> member;  // the one who asked, if they are a member now
  std::string resume_token;
  std::vector<Member> members;  // by the order of joining
  std::int64_t next = 0;        // there are more members behind this one; 0 = no
  int connections = 0;          // of live members; one who came over HTTP counts as one
  Timestamp idle_since;         // without members for long enough to be idle since; 0 = is not
};

// To be recorded. conflict: the presence is of nobody who is a member; too_large: the room is full.
struct MembershipAsked {
  TicketKey ticket;
  MembershipRequest request;
  std::shared_ptr<MembershipAnswer> answer;
};

// Whether anybody's connection is in a ticket's room, so that what happens there has to be told.
// On the Publisher's thread.
class OpenTickets {
 public:
  virtual ~OpenTickets() = default;
  virtual bool none_is_open() const = 0;
  virtual bool is_open(const TicketKey& ticket) const = 0;
  virtual std::optional<Person> member(const TicketKey& ticket, ConversationId person) const = 0;
};

// {"status":"online","typing":…}, or the presence that is given, compact. invalid: no object;
// too_large.
Result<std::string> check_presence(std::string_view presence_json);
std::string online_presence(bool is_typing);
// Of a presence that was checked: whether its `typing` is true, and the same with another `typing`.
bool is_typing(const std::string& presence);
std::string with_typing(const std::string& presence, bool is_typing);
// {"role":…}, or {} without one. invalid: longer than kMaxRoleCharacters, or no text.
Result<std::string> membership_metadata(std::string_view role);

}  // namespace parlor::chat

template <>
struct std::hash<parlor::chat::TicketKey> {
  std::size_t operator()(const parlor::chat::TicketKey& key) const noexcept {
    return std::hash<std::string>{}(key.id) * 31 + std::hash<parlor::AccountId>{}(key.account);
  }
};
