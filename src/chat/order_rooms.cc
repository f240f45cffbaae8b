#include "chat/order_rooms.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "chat/access.h"
#include "chat/audience.h"
#include "chat/order_inbox.h"
#include "chat/order_people.h"
#include "chat/order_rules.h"
#include "chat/room_start.h"
#include "chat/routing.h"

namespace parlor::chat {

namespace {

Result<Ok> may_create(Transaction& transaction, const Actor& actor, const OrderRoom& order) {
  switch (actor.kind) {
    case ActorKind::integration:
    case ActorKind::admin:
      return Ok{};
    case ActorKind::agent: {
      auto inbox = access_inbox(transaction, actor, order_inbox(transaction, actor.account).id);
      if (!inbox) return inbox.failure();
      return Ok{};
    }
    case ActorKind::contact:
      break;
  }
  const bool is_vendor = actor.contact_kind == ContactKind::vendor;
  const auto& owner = is_vendor ? order.vendor_user_id : order.order_user_id;
  if (order_user_id_of(transaction, actor) == owner) return Ok{};
  return fail(ErrorCode::forbidden,
              is_vendor ? "vendor_user_id must be your own" : "order_user_id must be your own");
}

// The agent whom the marketplace names, if they answer here; else whoever's turn it is.
std::vector<ConversationId> assignees_of(Transaction& transaction, const OrderRoom& order,
                                         const Inbox& inbox) {
  if (!order.agent_id.empty()) {
    const auto named = transaction.agents().find_by_external_id(order.account, order.agent_id);
    if (named && named->has_seat && named->deactivated_at == Timestamp{} &&
        transaction.inboxes().is_member(order.account, inbox.id, named->conversation)) {
      return {named->conversation};
    }
  }
  if (const auto agent = next_assignee(transaction, inbox)) return {*agent};
  return {};
}

void announce(Transaction& transaction, const Room& room, const Inbox& inbox,
              const OrderRoomView& view) {
  const OrderRoomOpened opened{view};
  const Shared<Room> now(room);
  transaction.record(Event{team_of(room, inbox.visibility), now, room.seq, opened});
  transaction.record(Event{contact_of(room), now, room.seq, opened});
  if (view.order.vendor_user_id.empty()) return;
  Audience audience;
  audience.account = room.account;
  audience.contact =
      order_contact(transaction, room.account, ContactKind::vendor, view.order.vendor_user_id)
          .conversation;
  transaction.record(Event{audience, room, room.seq, opened});
}

bool is_newer(const OrderRoom& a, const OrderRoom& b) {
  return std::tie(a.updated_at, a.room) > std::tie(b.updated_at, b.room);
}

// Each once, newest update first, behind `query`'s place and no more than it wants.
std::vector<OrderRoom> merged(std::vector<OrderRoom> rooms, const OrderRoomQuery& query) {
  std::sort(rooms.begin(), rooms.end(), is_newer);
  const auto same = [](const OrderRoom& a, const OrderRoom& b) { return a.room == b.room; };
  rooms.erase(std::unique(rooms.begin(), rooms.end(), same), rooms.end());
  std::erase_if(rooms, [&](const OrderRoom& room) {
    return std::tie(room.updated_at, room.room) >= std::tie(query.before_update, query.before_room);
  });
  if (rooms.size() > static_cast<std::size_t>(query.limit)) {
    rooms.resize(static_cast<std::size_t>(query.limit));
  }
  return rooms;
}

void add(std::vector<OrderRoom>& to, std::vector<OrderRoom> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

// Those of the rooms in which the person takes part that the query asks for.
std::vector<OrderRoom> rooms_of(Transaction& transaction, ConversationId person,
                                const OrderRoomQuery& query) {
  auto rooms = transaction.order_rooms().list_of_participant(query.account, person);
  std::erase_if(rooms, [&](const OrderRoom& room) { return !matches(room, query); });
  return rooms;
}

// The query with its key as one filter more.
OrderRoomQuery as_filter(OrderRoomQuery query, const std::vector<std::string>& vendors) {
  switch (query.key) {
    case OrderKey::account:
      break;
    case OrderKey::agent:
      query.agent_id = query.value;
      query.type = query.agent_type;
      break;
    case OrderKey::vendor:
      query.vendor_ids = vendors;
      break;
    case OrderKey::vendor_user:
      break;
    case OrderKey::user:
      query.order_user_id = query.value;
      break;
    case OrderKey::client:
      query.client_id = query.value;
      break;
  }
  return query;
}

std::vector<OrderRoom> of_account(Transaction& transaction, const FetchOrderRooms& input) {
  OrderRoomQuery query = input.query;
  if (query.key == OrderKey::vendor) {
    std::vector<OrderRoom> rooms;
    for (const std::string& vendor : input.vendors) {
      query.value = vendor;
      add(rooms, transaction.order_rooms().list(query));
    }
    return merged(std::move(rooms), query);
  }
  auto rooms = transaction.order_rooms().list(query);
  if (!input.or_takes_part) return rooms;
  const auto buyer =
      transaction.contacts().find_by_external_id(query.account, ContactKind::buyer, query.value);
  if (!buyer) return rooms;
  add(rooms, rooms_of(transaction, buyer->conversation, query));
  return merged(std::move(rooms), query);
}

// By their own rooms, which are few, whatever the key is.
std::vector<OrderRoom> of_customer(Transaction& transaction, const Actor& actor,
                                   const FetchOrderRooms& input) {
  if (!actor.contact) return {};
  const auto own = order_user_id_of(transaction, actor);
  OrderRoomQuery query = as_filter(input.query, input.vendors);
  const bool asks_for_self = input.or_takes_part && input.query.value == own;
  if (asks_for_self) query.order_user_id.clear();
  query.key = actor.contact_kind == ContactKind::vendor ? OrderKey::vendor_user : OrderKey::user;
  query.value = own;
  auto rooms = transaction.order_rooms().list(query);
  add(rooms, rooms_of(transaction, actor.conversation, query));
  return merged(std::move(rooms), query);
}

}  // namespace

OrderRoomView order_view(Transaction& transaction, const OrderRoom& order) {
  return std::move(transaction.order_rooms().view(order.account, {order}).at(0));
}

Result<OrderRoomCreatedAnswer> create_order_room(Transaction& transaction, const Actor& actor,
                                                 const CreateOrderRoom& input) {
  OrderRoom order = input.order;
  order.account = actor.account;
  if (order.name.empty()) order.name = default_room_name(order);
  if (auto allowed = may_create(transaction, actor, order); !allowed) return allowed.failure();
  if (auto known = transaction.order_rooms().find_by_name(actor.account, order.name)) {
    if (!may_use_order_room(transaction, actor, *known)) {
      return fail(ErrorCode::forbidden, "room_name is another's: you take no part in that room");
    }
    return OrderRoomCreatedAnswer{order_view(transaction, *known), true};
  }
  const Inbox inbox = order_inbox(transaction, actor.account);
  const Contact buyer =
      order_contact(transaction, actor.account, ContactKind::buyer, order.order_user_id);
  const Room room =
      start_room(transaction, {buyer, inbox, "Order " + order.number,
                               assignees_of(transaction, order, inbox), buyer.conversation});
  order.room = room.id;
  order.created_at = room.created_at;
  order.updated_at = room.created_at;
  transaction.order_rooms().insert(order);
  OrderRoomView view{order, room.status, {}, std::nullopt};
  announce(transaction, room, inbox, view);
  return OrderRoomCreatedAnswer{std::move(view), false};
}

Result<std::vector<OrderRoomView>> fetch_order_rooms(Transaction& transaction, const Actor& actor,
                                                     const FetchOrderRooms& input) {
  FetchOrderRooms asked = input;
  asked.query.account = actor.account;
  asked.query.limit = std::clamp(asked.query.limit, 1, kMaxOrderRoomsListed);
  if (!input.before.empty()) {
    const auto seen = find_order_room(transaction, actor, input.before);
    if (!seen) return seen.failure();
    asked.query.before_update = seen->updated_at;
    asked.query.before_room = seen->room;
  }
  const bool is_customer = actor.kind == ActorKind::contact;
  auto rooms =
      is_customer ? of_customer(transaction, actor, asked) : of_account(transaction, asked);
  if (actor.kind == ActorKind::agent) {
    std::erase_if(rooms, [&](const OrderRoom& room) {
      return !may_use_order_room(transaction, actor, room);
    });
  }
  return transaction.order_rooms().view(actor.account, std::move(rooms));
}

Result<OrderRoomJoined> join_order_room(Transaction& transaction, const Actor& actor,
                                        const JoinOrderRoom& input) {
  auto order = find_order_room(transaction, actor, input.room);
  if (!order) return order.failure();
  const auto person = check_order_person(transaction, actor, input.person);
  if (!person) return person.failure();
  auto participant = admit_order_person(transaction, *order, *person, true);
  if (!participant) return participant.failure();
  if (!is_team(person->user_type)) {
    auto contact =
        transaction.contacts().find_by_conversation(order->account, participant->conversation);
    if (contact) refresh_order_contact(transaction, std::move(*contact), *person);
  }
  return OrderRoomJoined{std::move(*participant), order_view(transaction, *order)};
}

Result<OrderRoomView> get_order_room(Transaction& transaction, const Actor& actor,
                                     const AskOrderRoom& input) {
  const auto order = find_order_room(transaction, actor, input.room);
  if (!order) return order.failure();
  return order_view(transaction, *order);
}

}  // namespace parlor::chat
