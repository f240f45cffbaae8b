// Who is in which ticket's room (chat/membership.h): the one memory of it.
//
//   chat::MembershipAsked ─▶ follow ─┐
//   Heartbeat ─────────────▶ beat ───┼─▶ MembershipNews: what is told, who hears no more
//   a connection ended ────▶ end ────┤
//   typing in another API ─▶ type ───┤
//   time ──────────────────▶ expire ─┘
//
// A member lives for the rules' time to live from each join and presence on, and no longer than the
// grace after their last connection has ended. A presence that says nothing new is told to nobody.
// Whoever types in a support room through another API, while somebody is there, is a member for as
// long as they type.
//
// A connection stays in the room, and hears of it, until it ends, leaves, or may no more: also when
// its member has expired meanwhile.
//
// Single-threaded: lives on the Publisher's thread; time is passed in. Bounds: the rules' members a
// ticket, kMaxMembers altogether, kMaxTicketsOfConnection, kMaxEmptied tickets that wait to be
// idle, the last kMaxEndedConnections ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "chat/event.h"
#include "delivery/signal.h"

namespace parlor::delivery {

inline constexpr std::size_t kMaxMembers = 200'000;
inline constexpr std::size_t kMaxTicketsOfConnection = 2'000;
inline constexpr std::size_t kMaxTicketsOfCustomersConnection = 50;
inline constexpr std::size_t kMaxEmptied = 100'000;
inline constexpr std::size_t kMaxEndedConnections = 4'096;

// Sockets that hear of a ticket no more.
struct Eviction {
  chat::TicketKey ticket;
  bool customers_only = false;
  std::vector<ConversationId> people;  // of these only; empty = of everybody
};

struct MembershipNews {
  std::vector<MembershipChange> changes;
  std::vector<Eviction> evictions;
  std::vector<Typing> typing;  // of members of support rooms, for the other APIs

  bool empty() const { return changes.empty() && evictions.empty() && typing.empty(); }
};

struct IdleTicket {
  chat::TicketKey ticket;
  Timestamp since;
};

class MembershipBoard final : public chat::OpenTickets {
 public:
  MembershipBoard(const chat::PresenceRules& rules, Timestamp started_at)
      : rules_(rules), started_at_(started_at) {}

  // Answers what is asked, and follows what ends memberships: closing, another owner, lost access.
  MembershipNews follow(const chat::Event& event, Timestamp now);
  // Nothing when there is no such member.
  std::optional<chat::Member> beat(const Heartbeat& heartbeat, Timestamp now, MembershipNews& news);
  MembershipNews end(std::uint64_t connection, Timestamp now);
  // A sign of typing, or its end, that is none of this board's own.
  MembershipNews type(const Typing& typing, Timestamp now);
  MembershipNews expire(Timestamp now);
  // Tickets that have been without members for long enough, each once.
  std::vector<IdleTicket> take_idle(Timestamp now);
  std::optional<Timestamp> next_expiry() const;

  bool none_is_open() const override { return rooms_.empty(); }
  bool is_open(const chat::TicketKey& ticket) const override;
  std::optional<chat::Person> member(const chat::TicketKey& ticket,
                                     ConversationId person) const override;
  std::size_t size() const { return members_.size(); }

 private:
  using Number = std::int64_t;  // of a member, in the order of joining

  struct Listener {
    ConversationId person;
    bool is_team = false;
  };
  struct Room {
    std::set<Number> members;
    std::unordered_map<ConversationId, Number> by_person;
    std::unordered_map<std::uint64_t, Listener> listeners;  // connections that hear of it
  };
  using Rooms = std::unordered_map<chat::TicketKey, Room>;
  struct Entry {
    Rooms::value_type* room = nullptr;
    chat::Member member;
    std::string resume_token;
    std::shared_ptr<const chat::TypingSignal> typing;  // see JoinAsked
    bool is_typing = false;                            // says the presence
    bool types_elsewhere = false;                      // for that reason
    bool has_joined = true;                            // else is here only because of that
    int connections = 0;
    Timestamp leaves_at;  // in its grace; 0 = is not
    Timestamp looked_at;  // in due_
  };
  using Members = std::unordered_map<Number, Entry>;

  void answer(const chat::MembershipAsked& asked, Timestamp now, MembershipNews& news);
  void join(const chat::MembershipAsked& asked, const chat::JoinAsked& join, Timestamp now,
            MembershipNews& news);
  std::optional<Error> why_not(const chat::TicketKey& ticket, const chat::JoinAsked& join) const;
  Entry& admit(Rooms::value_type& room, chat::Member member, Timestamp now);
  void rejoin(Entry& entry, const chat::JoinAsked& join, Timestamp now, MembershipNews& news);
  void listen(Rooms::value_type& room, Entry& entry, const chat::JoinAsked& join, Timestamp now);
  void leave(const chat::TicketKey& ticket, const chat::LeaveAsked& leave, Timestamp now,
             MembershipNews& news);
  void set_presence(Entry& entry, const std::string& presence);
  void tell_typing(const Entry& entry, MembershipNews& news) const;
  void follow_team(const chat::Event& event, Room& room);
  void fill(const chat::TicketKey& ticket, int limit, Number after,
            chat::MembershipAnswer& answer) const;
  Timestamp idle_since(const chat::TicketKey& ticket, Timestamp active_at, Timestamp now) const;
  std::optional<chat::Member> refresh(const chat::TicketKey& ticket, ConversationId person,
                                      const std::string& presence, Timestamp now,
                                      MembershipNews& news);

  // Ends the memberships and the listening of those of whom `ends(person, is_team)` is true.
  template <class Ends>
  void end_those(const chat::TicketKey& ticket, Ends ends, Timestamp now, MembershipNews& news);
  Entry* find(const chat::TicketKey& ticket, ConversationId person);
  const Entry* find(const chat::TicketKey& ticket, ConversationId person) const;
  bool stop_listening(Rooms::value_type& room, std::uint64_t connection);
  void remove(Number number, Timestamp now, MembershipNews& news);
  void remove_overdue(Timestamp now, MembershipNews& news);
  void look_again(Number number, Entry& entry);
  void prune(const chat::TicketKey& ticket);
  void note_empty(const chat::TicketKey& ticket, Timestamp now);

  const chat::PresenceRules rules_;
  const Timestamp started_at_;
  Number last_number_ = 0;
  Rooms rooms_;
  Members members_;
  std::set<std::pair<Timestamp, Number>> due_;  // not later than a member's end
  std::unordered_map<std::uint64_t, std::unordered_set<chat::TicketKey>> by_connection_;
  std::deque<std::uint64_t> ended_;
  std::unordered_map<chat::TicketKey, Timestamp> empty_since_;
  std::deque<std::pair<Timestamp, chat::TicketKey>> emptied_;  // oldest first; some were used since
};

}  // namespace parlor::delivery
