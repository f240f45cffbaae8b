#include "chat/order_messages.h"

#include <algorithm>
#include <utility>

#include "chat/audience.h"
#include "chat/fields.h"
#include "chat/order_people.h"
#include "chat/order_rooms.h"
#include "chat/order_rules.h"
#include "chat/room_rules.h"
#include "chat/routing.h"
#include "chat/utf8.h"

namespace parlor::chat {

namespace {

Failure invalid(std::string message) { return fail(ErrorCode::invalid, std::move(message)); }

std::string attachment_type_of(const OrderMessage& order) {
  if (order.media_type.find('/') != std::string::npos) return order.media_type;
  for (const std::string_view kind : {"image", "video", "audio"}) {
    if (order.media_type == kind) return std::string(kind) + "/*";
  }
  return "application/octet-stream";
}

Result<MessageDraft> draft_of(const SendOrderMessage& input, OrderMessage order) {
  MessageDraft draft;
  draft.content = input.text;
  draft.order = std::make_shared<const OrderMessage>(std::move(order));
  if (!input.order.media_url.empty()) {
    Attachment media;
    media.url = input.order.media_url;
    media.type = attachment_type_of(input.order);
    draft.type = media.type.starts_with("image/") ? MessageType::image : MessageType::file;
    draft.attachments.push_back(std::move(media));
  } else if (trimmed(input.text).empty()) {
    return invalid("message or mediaUrl is required");
  }
  const auto characters = count_characters(draft.content);
  if (characters && *characters > kMaxContentCharacters) {
    return fail(ErrorCode::too_large, "message must have at most " +
                                          std::to_string(kMaxContentCharacters) + " characters");
  }
  if (!characters) return invalid("message must be valid UTF-8");
  if (!check_draft(draft)) return invalid("mediaUrl must be an http or https URL");
  return draft;
}

// From whom to whom a message goes is not for its author to say, but for the shop's own server.
OrderMessage as_said_by(const Actor& actor, const OrderPerson& author, OrderMessage order) {
  order.author = author;
  if (actor.kind == ActorKind::integration) return order;
  order.chat_type.clear();
  order.to_message.clear();
  order.from_message.clear();
  return order;
}

// The participant, so that what they write is treated as what it is: the team's or the customer's.
Actor speaker(const Actor& actor, const OrderParticipant& participant, const Room& room) {
  Actor speaker;
  speaker.account = actor.account;
  speaker.conversation = participant.conversation;
  speaker.name = participant.person.username;
  if (is_team(participant.person.user_type)) {
    speaker.kind = ActorKind::admin;
  } else {
    speaker.kind = ActorKind::contact;
    speaker.contact = room.contact;
    speaker.contact_kind = contact_kind_of(participant.person.user_type);
  }
  return speaker;
}

// An imported room waits for nobody until its customer writes again.
void queue_if_idle(Transaction& transaction, const Room& found) {
  if (found.status != RoomStatus::open || !found.assignees.empty()) return;
  if (found.queued_at != Timestamp{}) return;
  Room room = found;
  RoomStanding before = standing_of(room);
  before.status = RoomStatus::closed;
  set_assignees(room, {}, transaction.now());
  transaction.rooms().update(room);
  follow_room(transaction, before, room,
              transaction.inboxes().find(room.account, room.inbox).value());
}

Result<Ok> prepare_customer(Transaction& transaction, const OrderParticipant& participant,
                            const OrderPerson& said, const Room& room) {
  const auto contact =
      transaction.contacts().find_by_conversation(room.account, participant.conversation);
  if (contact && contact->is_blocked()) {
    return fail(ErrorCode::forbidden, "Blocked: the team takes no messages from this user");
  }
  if (contact) refresh_order_contact(transaction, *contact, said);
  queue_if_idle(transaction, room);
  return Ok{};
}

// Who wrote without saying anything of themselves: an agent in the console.
OrderMessage of_ours(Transaction& transaction, const Actor& actor) {
  OrderMessage order;
  auto& author = order.author;
  author.user_id = order_user_id_of(transaction, actor);
  author.username = actor.name;
  if (!actor.is_team()) {
    author.user_type =
        actor.contact_kind == ContactKind::vendor ? OrderUserType::vendor : OrderUserType::user;
    return order;
  }
  author.user_type = OrderUserType::agent;
  order.from_console = true;
  if (const auto agent = transaction.agents().find(actor.account, actor.agent)) {
    author.email = agent->email;
    author.display_image = agent->avatar;
  }
  return order;
}

void add_media(OrderMessage& order, const Message& message) {
  if (message.attachments.empty()) return;
  const auto& first = message.attachments.front();
  order.is_media = true;
  if (order.media_type.empty()) order.media_type = first.type;
  if (order.media_url.empty()) order.media_url = first.url;  // an upload has none
}

// Beside what nobody wrote as somebody of the marketplace, such as an automatic answer.
OrderMessage unsaid(const OrderRoom& order, const Message& message) {
  OrderMessage beside;
  const bool by_team = message.sender == SenderKind::agent;
  beside.author.user_type = by_team ? OrderUserType::agent : OrderUserType::user;
  beside.created_at = message.created_at;
  complete_direction(beside, order);
  return beside;
}

OrderMessageView view_of(Transaction& transaction, Message message) {
  auto order = transaction.order_rooms().find_message(message.account, message.room, message.seq);
  OrderMessageView view;
  view.order = order.value_or(OrderMessage{});
  view.message = std::move(message);
  return view;
}

Result<std::int64_t> seq_of(Transaction& transaction, const OrderRoom& order,
                            const std::string& message_id) {
  if (const auto id = parse_id<MessageId>(message_id)) {
    const auto message = transaction.messages().find(order.account, order.room, *id);
    if (message && message->type != MessageType::note) return message->seq;
  }
  const auto known =
      transaction.order_rooms().find_message_by_source(order.account, lower_case(message_id));
  if (known && known->room == order.room) return known->seq;
  return fail(ErrorCode::not_found, "Message not found");
}

}  // namespace

Result<OrderMessageSent> send_order_message(Transaction& transaction, const Actor& actor,
                                            const SendOrderMessage& input) {
  auto order = find_order_room(transaction, actor, input.room);
  if (!order) return order.failure();
  const auto author = check_order_person(transaction, actor, input.order.author);
  if (!author) return author.failure();
  auto draft = draft_of(input, as_said_by(actor, *author, input.order));
  if (!draft) return draft.failure();
  const auto participant = admit_order_person(transaction, *order, *author, false);
  if (!participant) return participant.failure();
  const Room room = transaction.rooms().find(order->account, order->room).value();
  const Actor as = speaker(actor, *participant, room);
  Result<MessageSent> sent = [&]() -> Result<MessageSent> {
    if (as.is_team()) {
      return send_agent_message(transaction, as,
                                {room.id, std::nullopt, std::move(*draft), input.client_id});
    }
    auto ready = prepare_customer(transaction, *participant, *author, room);
    if (!ready) return ready.failure();
    return send_user_message(transaction, as, {room.id, std::move(*draft), input.client_id});
  }();
  if (!sent) return sent.failure();
  const auto now = transaction.order_rooms().find(order->account, order->room).value();
  return OrderMessageSent{view_of(transaction, std::move(sent->message)),
                          order_view(transaction, now)};
}

void follow_order_message(Transaction& transaction, const Actor& actor, const AccessedRoom& access,
                          const Message& message, const MessageDraft& draft) {
  if (message.type == MessageType::note) return;
  const auto& [room, inbox] = access;
  auto order = transaction.order_rooms().find(room.account, room.id);
  if (!order) return;
  OrderMessage beside = draft.order ? *draft.order : of_ours(transaction, actor);
  if (!draft.order) {
    // In a room that is full they write all the same.
    const auto admitted = admit_order_person(transaction, *order, beside.author, false);
    static_cast<void>(admitted);
  }
  beside.account = room.account;
  beside.room = room.id;
  beside.seq = message.seq;
  beside.created_at = message.created_at;
  add_media(beside, message);
  complete_direction(beside, *order);
  transaction.order_rooms().insert(beside);
  order->updated_at = std::max(order->updated_at, message.created_at);
  order->last_seq = message.seq;
  order->last_message_at = message.created_at;
  transaction.order_rooms().update(*order);
  transaction.record(Event{team_of(room, inbox.visibility), room, message.seq,
                           OrderMessagePosted{{message, std::move(beside)}, std::move(*order)}});
}

Result<OrderMessagePage> query_order_messages(Transaction& transaction, const Actor& actor,
                                              const QueryOrderMessages& input) {
  const int limit = input.limit.value_or(kDefaultOrderMessages);
  if (limit < 1) return invalid("limit must be at least 1");
  auto order = find_order_room(transaction, actor, input.room);
  if (!order) return order.failure();
  MessageQuery query;
  query.account = order->account;
  query.room = order->room;
  query.limit = std::min(limit, kMaxOrderMessages);
  if (!input.before.empty()) {
    const auto before = seq_of(transaction, *order, input.before);
    if (!before) return before.failure();
    query.before_seq = *before;
  }
  auto messages = transaction.messages().list(query);
  std::reverse(messages.begin(), messages.end());
  OrderMessagePage page{std::move(*order), {}, std::nullopt};
  if (messages.empty()) return page;
  const bool marks = input.before.empty() &&
                     (actor.is_team() || actor.contact_kind == ContactKind::buyer) &&
                     actor.kind != ActorKind::integration;
  if (marks) page.reached = ReachMessage{page.order.room, messages.back().id};
  auto beside = transaction.order_rooms().messages(query.account, query.room, messages.front().seq,
                                                   messages.back().seq);
  auto next = beside.begin();
  for (auto& message : messages) {
    while (next != beside.end() && next->seq < message.seq) ++next;
    const bool has_own = next != beside.end() && next->seq == message.seq;
    OrderMessage own = has_own ? std::move(*next) : unsaid(page.order, message);
    page.messages.push_back({std::move(message), std::move(own)});
  }
  return page;
}

}  // namespace parlor::chat
