#include "delivery/membership_board.h"

#include <algorithm>

namespace parlor::delivery {

namespace {

using What = MembershipChange::What;

bool contains(const std::vector<ConversationId>& people, ConversationId person) {
  return std::find(people.begin(), people.end(), person) != people.end();
}

Error not_a_member() {
  return {ErrorCode::conflict, "you are not in this room (any more): join it first"};
}

}  // namespace

// ---- what happens elsewhere ---------------------------------------------------------------------

MembershipNews MembershipBoard::follow(const chat::Event& event, Timestamp now) {
  MembershipNews news;
  if (const auto* asked = std::get_if<chat::MembershipAsked>(&event.body)) {
    answer(*asked, now, news);
    return news;
  }
  if (rooms_.empty()) return news;
  const auto everybody = [](ConversationId, bool) { return true; };
  const auto customers = [](ConversationId, bool is_team) { return !is_team; };
  if (const auto* changed = std::get_if<chat::TicketChanged>(&event.body)) {
    const auto* metadata = std::get_if<chat::TicketMetadataChanged>(&changed->what);
    if (std::holds_alternative<chat::TicketClosed>(changed->what)) {
      end_those(changed->ticket, everybody, now, news);
      news.changes.clear();  // that the room is closed says it all
      news.evictions.push_back({changed->ticket, false, {}});
    } else if (metadata && metadata->owner_changed) {
      end_those(changed->ticket, customers, now, news);
      news.evictions.push_back({changed->ticket, true, {}});
    }
    return news;
  }
  // A support room is a ticket of that id.
  const auto* updated = std::get_if<chat::RoomUpdated>(&event.body);
  if (updated) {
    const chat::TicketKey ticket{event.room->account, to_hex(event.room->id)};
    const auto room = rooms_.find(ticket);
    if (room == rooms_.end()) return news;
    if (!event.audience.contact) follow_team(event, room->second);
    if (!updated->status_changed || event.room->status != chat::RoomStatus::closed) return news;
    end_those(ticket, everybody, now, news);
    news.changes.clear();
    news.evictions.push_back({ticket, false, {}});
  }
  if (std::holds_alternative<chat::AccessLost>(event.body)) {
    const chat::TicketKey ticket{event.room->account, to_hex(event.room->id)};
    if (!rooms_.contains(ticket)) return news;
    const auto& lost = event.audience.agents;
    end_those(
        ticket, [&](ConversationId person, bool) { return contains(lost, person); }, now, news);
    news.evictions.push_back({ticket, false, lost});
  }
  return news;
}

void MembershipBoard::answer(const chat::MembershipAsked& asked, Timestamp now,
                             MembershipNews& news) {
  remove_overdue(now, news);
  auto& answer = *asked.answer;
  answer.error.reset();
  if (const auto* joining = std::get_if<chat::JoinAsked>(&asked.request)) {
    return join(asked, *joining, now, news);
  }
  if (const auto* present = std::get_if<chat::PresenceAsked>(&asked.request)) {
    answer.member = refresh(asked.ticket, present->person, present->presence, now, news);
    if (!answer.member) answer.error = not_a_member();
    return;
  }
  if (const auto* leaving = std::get_if<chat::LeaveAsked>(&asked.request)) {
    return leave(asked.ticket, *leaving, now, news);
  }
  const auto& list = std::get<chat::MembersAsked>(asked.request);
  fill(asked.ticket, list.limit, list.after, answer);
  if (answer.connections == 0) {
    answer.idle_since = idle_since(asked.ticket, list.active_at, now);
  }
}

std::optional<chat::Member> MembershipBoard::beat(const Heartbeat& heartbeat, Timestamp now,
                                                  MembershipNews& news) {
  remove_overdue(now, news);
  return refresh(heartbeat.ticket, heartbeat.person, heartbeat.presence, now, news);
}

MembershipNews MembershipBoard::end(std::uint64_t connection, Timestamp now) {
  MembershipNews news;
  ended_.push_back(connection);
  if (ended_.size() > kMaxEndedConnections) ended_.pop_front();
  const auto known = by_connection_.find(connection);
  if (known == by_connection_.end()) return news;
  const auto tickets = std::move(known->second);
  by_connection_.erase(known);
  for (const auto& ticket : tickets) {
    const auto room = rooms_.find(ticket);
    const auto listener = room->second.listeners.find(connection);
    const auto person = listener->second.person;
    room->second.listeners.erase(listener);
    if (auto* entry = find(ticket, person); entry && --entry->connections == 0) {
      entry->leaves_at = now + rules_.grace_ms;
      look_again(room->second.by_person.at(person), *entry);
    }
    prune(ticket);
  }
  return news;
}

MembershipNews MembershipBoard::type(const Typing& typing, Timestamp now) {
  MembershipNews news;
  if (rooms_.empty()) return news;
  const auto& signal = typing.signal;
  const chat::TicketKey ticket{signal.audiences.front().account, to_hex(signal.room)};
  remove_overdue(now, news);
  const auto room = rooms_.find(ticket);
  if (room == rooms_.end()) return news;
  auto* entry = find(ticket, signal.from);
  if (entry == nullptr) {
    const bool is_full = room->second.members.size() >= rules_.max_members;
    if (!typing.is_typing || is_full || members_.size() >= kMaxMembers) return news;
    empty_since_.erase(ticket);
    entry = &admit(*room, {signal.person, "{}", chat::online_presence(true), now, {}}, now);
    entry->has_joined = false;
    entry->types_elsewhere = true;
    news.changes.push_back({ticket, What::joined, entry->member});
    return news;
  }
  if (!typing.is_typing && !entry->types_elsewhere) return news;
  entry->types_elsewhere = typing.is_typing;
  if (!entry->has_joined) {
    entry->member.expires_at = now + rules_.ttl_ms;
    if (!typing.is_typing) remove(room->second.by_person.at(signal.from), now, news);
    prune(ticket);
    return news;
  }
  if (entry->is_typing == typing.is_typing) return news;
  set_presence(*entry, chat::with_typing(entry->member.presence, typing.is_typing));
  news.changes.push_back({ticket, What::updated, entry->member});
  return news;
}

// Whose typing is whose: the team hears it as it is now.
void MembershipBoard::follow_team(const chat::Event& event, Room& room) {
  for (const Number number : room.members) {
    auto& typing = members_.at(number).typing;
    if (!typing) continue;
    typing = std::make_shared<const chat::TypingSignal>(chat::with_team(*typing, event.audience));
  }
}

void MembershipBoard::set_presence(Entry& entry, const std::string& presence) {
  entry.member.presence = presence;
  entry.is_typing = chat::is_typing(presence);
}

void MembershipBoard::tell_typing(const Entry& entry, MembershipNews& news) const {
  if (entry.typing) news.typing.push_back({*entry.typing, entry.is_typing});
}

MembershipNews MembershipBoard::expire(Timestamp now) {
  MembershipNews news;
  remove_overdue(now, news);
  return news;
}

std::optional<Timestamp> MembershipBoard::next_expiry() const {
  std::optional<Timestamp> next;
  if (!due_.empty()) next = due_.begin()->first;
  if (emptied_.empty()) return next;
  const auto idle = emptied_.front().first + rules_.idle_after_ms;
  return next ? std::min(*next, idle) : idle;
}

bool MembershipBoard::is_open(const chat::TicketKey& ticket) const {
  const auto room = rooms_.find(ticket);
  return room != rooms_.end() && !room->second.listeners.empty();
}

std::optional<chat::Person> MembershipBoard::member(const chat::TicketKey& ticket,
                                                    ConversationId person) const {
  const auto* entry = find(ticket, person);
  if (!entry) return std::nullopt;
  return entry->member.person;
}

// ---- joining and leaving ------------------------------------------------------------------------

std::optional<Error> MembershipBoard::why_not(const chat::TicketKey& ticket,
                                              const chat::JoinAsked& join) const {
  const auto room = rooms_.find(ticket);
  const bool is_member =
      room != rooms_.end() && room->second.by_person.contains(join.person.conversation);
  if (!is_member && room != rooms_.end() && room->second.members.size() >= rules_.max_members) {
    return Error{ErrorCode::too_large,
                 "this room is full: it has " + std::to_string(rules_.max_members) + " members"};
  }
  if (!is_member && members_.size() >= kMaxMembers) {
    return Error{ErrorCode::unavailable, "the server has no place for more members now"};
  }
  const auto tickets = by_connection_.find(join.connection);
  const auto limit =
      join.person.is_team() ? kMaxTicketsOfConnection : kMaxTicketsOfCustomersConnection;
  if (join.connection != 0 && tickets != by_connection_.end() && tickets->second.size() >= limit &&
      !tickets->second.contains(ticket)) {
    return Error{ErrorCode::too_large,
                 "one connection is in at most " + std::to_string(limit) + " rooms"};
  }
  return std::nullopt;
}

void MembershipBoard::join(const chat::MembershipAsked& asked, const chat::JoinAsked& join,
                           Timestamp now, MembershipNews& news) {
  auto& answer = *asked.answer;
  answer.error = why_not(asked.ticket, join);
  if (answer.error) return;
  auto& room = *rooms_.try_emplace(asked.ticket).first;
  empty_since_.erase(asked.ticket);
  auto* entry = find(asked.ticket, join.person.conversation);
  const bool is_new = entry == nullptr;
  if (is_new) {
    entry = &admit(room, {join.person, join.metadata, join.presence, now, {}}, now);
    entry->resume_token = join.new_token;
    entry->typing = join.typing;
    news.changes.push_back({asked.ticket, What::joined, entry->member});
    if (entry->is_typing) tell_typing(*entry, news);
  } else {
    rejoin(*entry, join, now, news);
  }
  listen(room, *entry, join, now);
  answer.member = entry->member;
  answer.resume_token = entry->resume_token;
  fill(asked.ticket, join.limit, 0, answer);
}

MembershipBoard::Entry& MembershipBoard::admit(Rooms::value_type& room, chat::Member member,
                                               Timestamp now) {
  const Number number = ++last_number_;
  const auto person = member.person.conversation;
  auto& entry = members_[number];
  entry.room = &room;
  entry.member = std::move(member);
  entry.member.expires_at = now + rules_.ttl_ms;
  entry.is_typing = chat::is_typing(entry.member.presence);
  for (const auto& [connection, listener] : room.second.listeners) {
    entry.connections += listener.person == person ? 1 : 0;
  }
  room.second.members.insert(number);
  room.second.by_person[person] = number;
  look_again(number, entry);
  return entry;
}

void MembershipBoard::rejoin(Entry& entry, const chat::JoinAsked& join, Timestamp now,
                             MembershipNews& news) {
  auto& member = entry.member;
  member.expires_at = now + rules_.ttl_ms;
  entry.typing = join.typing;
  if (!std::exchange(entry.has_joined, true)) entry.resume_token = join.new_token;
  const bool resumes = !join.resume_token.empty() && join.resume_token == entry.resume_token;
  if (resumes || (member.presence == join.presence && member.metadata == join.metadata)) return;
  const bool was_typing = entry.is_typing;
  set_presence(entry, join.presence);
  member.metadata = join.metadata;
  news.changes.push_back({entry.room->first, What::updated, member});
  if (entry.is_typing || was_typing) tell_typing(entry, news);
}

void MembershipBoard::listen(Rooms::value_type& room, Entry& entry, const chat::JoinAsked& join,
                             Timestamp now) {
  entry.leaves_at = {};
  if (join.connection == 0) return;
  if (std::find(ended_.begin(), ended_.end(), join.connection) != ended_.end()) {
    if (entry.connections > 0) return;
    entry.leaves_at = now + rules_.grace_ms;
    return look_again(room.second.by_person.at(join.person.conversation), entry);
  }
  const Listener listener{join.person.conversation, join.person.is_team()};
  if (!room.second.listeners.try_emplace(join.connection, listener).second) return;
  by_connection_[join.connection].insert(room.first);
  ++entry.connections;
}

void MembershipBoard::leave(const chat::TicketKey& ticket, const chat::LeaveAsked& leave,
                            Timestamp now, MembershipNews& news) {
  const auto room = rooms_.find(ticket);
  if (room == rooms_.end()) return;
  if (leave.connection == 0) {
    end_those(
        ticket, [&](ConversationId person, bool) { return person == leave.person; }, now, news);
    news.evictions.push_back({ticket, false, {leave.person}});
    return;
  }
  const bool listened = stop_listening(*room, leave.connection);
  if (auto* entry = find(ticket, leave.person)) {
    if (listened) --entry->connections;
    if (entry->connections == 0) remove(room->second.by_person.at(leave.person), now, news);
  }
  prune(ticket);
}

template <class Ends>
void MembershipBoard::end_those(const chat::TicketKey& ticket, Ends ends, Timestamp now,
                                MembershipNews& news) {
  const auto found = rooms_.find(ticket);
  if (found == rooms_.end()) return;
  auto& room = *found;
  std::vector<std::uint64_t> connections;
  for (const auto& [connection, listener] : room.second.listeners) {
    if (ends(listener.person, listener.is_team)) connections.push_back(connection);
  }
  for (const auto connection : connections) stop_listening(room, connection);
  std::vector<Number> leaving;
  for (const Number number : room.second.members) {
    const auto& person = members_.at(number).member.person;
    if (ends(person.conversation, person.is_team())) leaving.push_back(number);
  }
  for (const Number number : leaving) remove(number, now, news);
  prune(ticket);
}

// ---- being there --------------------------------------------------------------------------------

std::optional<chat::Member> MembershipBoard::refresh(const chat::TicketKey& ticket,
                                                     ConversationId person,
                                                     const std::string& presence, Timestamp now,
                                                     MembershipNews& news) {
  auto* entry = find(ticket, person);
  if (!entry || !entry->has_joined) return std::nullopt;
  auto& member = entry->member;
  member.expires_at = now + rules_.ttl_ms;
  entry->leaves_at = {};  // they are there, whichever way
  const bool was_typing = entry->is_typing;
  if (member.presence != presence) {
    set_presence(*entry, presence);
    entry->types_elsewhere = false;
    news.changes.push_back({ticket, What::updated, member});
  }
  if (entry->is_typing || was_typing) tell_typing(*entry, news);
  return member;
}

void MembershipBoard::remove_overdue(Timestamp now, MembershipNews& news) {
  while (!due_.empty() && due_.begin()->first <= now) {
    const Number number = due_.begin()->second;
    auto& entry = members_.at(number);
    const bool is_over = entry.member.expires_at <= now ||
                         (entry.leaves_at != Timestamp{} && entry.leaves_at <= now);
    if (is_over) {
      const auto ticket = entry.room->first;
      remove(number, now, news);
      prune(ticket);
    } else {
      due_.erase(due_.begin());
      entry.looked_at = {};
      look_again(number, entry);
    }
  }
}

// A heartbeat moves only the member's end: when its old place in due_ comes, it gets a new one.
void MembershipBoard::look_again(Number number, Entry& entry) {
  auto at = entry.member.expires_at;
  if (entry.leaves_at != Timestamp{}) at = std::min(at, entry.leaves_at);
  if (entry.looked_at != Timestamp{}) {
    if (entry.looked_at <= at) return;
    due_.erase({entry.looked_at, number});
  }
  entry.looked_at = at;
  due_.emplace(at, number);
}

void MembershipBoard::fill(const chat::TicketKey& ticket, int limit, Number after,
                           chat::MembershipAnswer& answer) const {
  const auto room = rooms_.find(ticket);
  if (room == rooms_.end()) return;
  const auto& members = room->second.members;
  for (const Number number : members) {
    answer.connections += std::max(1, members_.at(number).connections);
  }
  for (auto at = members.upper_bound(after); at != members.end() && limit > 0; ++at, --limit) {
    answer.members.push_back(members_.at(*at).member);
    answer.next = std::next(at) == members.end() ? 0 : *at;
  }
}

// ---- rooms without members ----------------------------------------------------------------------

Timestamp MembershipBoard::idle_since(const chat::TicketKey& ticket, Timestamp active_at,
                                      Timestamp now) const {
  const auto known = empty_since_.find(ticket);
  const auto empty_since =
      known != empty_since_.end() ? known->second : std::max(active_at, started_at_);
  const auto idle = empty_since + rules_.idle_after_ms;
  return idle <= now ? idle : Timestamp{};
}

std::vector<IdleTicket> MembershipBoard::take_idle(Timestamp now) {
  std::vector<IdleTicket> idle;
  while (!emptied_.empty() &&
         (emptied_.front().first + rules_.idle_after_ms <= now || emptied_.size() > kMaxEmptied)) {
    auto [since, ticket] = std::move(emptied_.front());
    emptied_.pop_front();
    const auto known = empty_since_.find(ticket);
    if (known == empty_since_.end() || known->second != since) continue;
    empty_since_.erase(known);
    const auto idle_at = since + rules_.idle_after_ms;
    if (idle_at <= now) idle.push_back({std::move(ticket), idle_at});
  }
  return idle;
}

void MembershipBoard::note_empty(const chat::TicketKey& ticket, Timestamp now) {
  empty_since_[ticket] = now;
  emptied_.emplace_back(now, ticket);
}

// ---- the parts ----------------------------------------------------------------------------------

MembershipBoard::Entry* MembershipBoard::find(const chat::TicketKey& ticket,
                                              ConversationId person) {
  return const_cast<Entry*>(std::as_const(*this).find(ticket, person));
}

const MembershipBoard::Entry* MembershipBoard::find(const chat::TicketKey& ticket,
                                                    ConversationId person) const {
  const auto room = rooms_.find(ticket);
  if (room == rooms_.end()) return nullptr;
  const auto number = room->second.by_person.find(person);
  return number == room->second.by_person.end() ? nullptr : &members_.at(number->second);
}

bool MembershipBoard::stop_listening(Rooms::value_type& room, std::uint64_t connection) {
  if (room.second.listeners.erase(connection) == 0) return false;
  const auto tickets = by_connection_.find(connection);
  tickets->second.erase(room.first);
  if (tickets->second.empty()) by_connection_.erase(tickets);
  return true;
}

void MembershipBoard::remove(Number number, Timestamp now, MembershipNews& news) {
  const auto found = members_.find(number);
  auto& entry = found->second;
  auto& [ticket, room] = *entry.room;
  due_.erase({entry.looked_at, number});
  room.members.erase(number);
  room.by_person.erase(entry.member.person.conversation);
  if (room.members.empty()) note_empty(ticket, now);
  if (std::exchange(entry.is_typing, false)) tell_typing(entry, news);
  news.changes.push_back({ticket, What::left, std::move(entry.member)});
  members_.erase(found);
}

void MembershipBoard::prune(const chat::TicketKey& ticket) {
  const auto room = rooms_.find(ticket);
  if (room == rooms_.end() || !room->second.members.empty() || !room->second.listeners.empty()) {
    return;
  }
  rooms_.erase(room);
}

}  // namespace parlor::delivery
