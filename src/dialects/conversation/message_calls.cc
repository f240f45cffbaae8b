#include "dialects/conversation/message_calls.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "chat/messages.h"
#include "dialects/common/decode.h"
#include "dialects/conversation/hearing.h"
#include "dialects/conversation/message_json.h"

namespace parlor::dialects::conversation {

namespace json = boost::json;

namespace {

// JSON writes at most twelve bytes for one character ("\ud83d\ude00").
constexpr std::size_t kMaxMessageBodyBytes = chat::kMaxContentCharacters * 12 + 64 * 1024;

// A link to a file that was uploaded here becomes the upload. One that leads elsewhere stays what
// it was sent as, should the upload be none of ours.
void find_upload(const net::HttpRequest& request, chat::Attachment& attachment) {
  auto key = linked_blob(attachment.url);
  if (!key) return;
  auto origin = request_origin(request);
  if (attachment.url.starts_with('/') || attachment.url.starts_with(origin + kAttachmentPath)) {
    attachment.url.clear();
  }
  attachment.upload = chat::AttachedUpload{std::move(*key), std::move(origin), 0, 0, false};
}

std::vector<chat::Attachment> decode_attachments(const net::HttpRequest& request,
                                                 JsonFields& message) {
  std::vector<chat::Attachment> attachments;
  const auto* array = message.optional_array("attachments");
  if (!array) return attachments;
  for (std::size_t i = 0; i < array->size() && i <= chat::kMaxAttachments; ++i) {
    const auto path = "attachments[" + std::to_string(i) + "]";
    if (!(*array)[i].is_object()) {
      message.complain(path, "must be an object");
      return attachments;
    }
    JsonFields fields((*array)[i].get_object(), message.path_of(path));
    attachments.push_back(
        {fields.required_string("url"), fields.optional_string("type").value_or(""),
         fields.optional_string("name").value_or(""), fields.optional_integer("size").value_or(0)});
    find_upload(request, attachments.back());
    message.adopt(fields);
  }
  return attachments;
}

chat::MessageDraft decode_draft(const net::HttpRequest& request, JsonFields& message) {
  chat::MessageDraft draft;
  const auto type_name = message.optional_string("type").value_or("text");
  if (const auto type = chat::parse_name<chat::MessageType>(type_name)) {
    draft.type = *type;
  } else {
    message.complain("type",
                     "must be one of: " + std::string(chat::allowed_names<chat::MessageType>()));
  }
  draft.content = message.optional_string("content").value_or("");
  draft.attachments = decode_attachments(request, message);
  return draft;
}

// The parts that both kinds of sending share.
struct SendBody {
  chat::MessageDraft draft;
  std::string room_id;
  bool new_room = false;
  std::string contact_id;
  std::string inbox_id;
  std::string client_id;
};

Result<SendBody> decode_send(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  SendBody send;
  const auto* message_object = body.optional_object("message");
  if (!message_object) {
    body.complain("message", "is required");
    return body.failure();
  }
  JsonFields message(*message_object, "message");
  send.draft = decode_draft(request, message);
  send.client_id = client_id_of(request, body, &message);
  body.adopt(message);
  send.room_id = body.optional_string("room_id").value_or("");
  send.new_room = body.optional_bool("new_room").value_or(false);
  send.contact_id = body.optional_string("contact_id").value_or("");
  send.inbox_id = body.optional_string("inbox_id").value_or("");
  send.draft.integration_app = body.optional_string("integration_app").value_or("");
  if (body.complaint()) return body.failure();
  return send;
}

Result<chat::SendAgentMessage> decode_agent_send(const net::HttpRequest& request) {
  auto send = decode_send(request);
  if (!send) return send.failure();
  chat::SendAgentMessage input;
  input.message = std::move(send->draft);
  input.client_id = std::move(send->client_id);
  if (send->new_room) {
    const auto contact = required_id<ContactId>(send->contact_id, "contact_id", "Contact");
    if (!contact) return contact.failure();
    const auto inbox = required_id<InboxId>(send->inbox_id, "inbox_id", "Inbox");
    if (!inbox) return inbox.failure();
    input.new_room = chat::NewRoom{*contact, *inbox};
    return input;
  }
  const auto room = required_id<RoomId>(send->room_id, "room_id", "Room");
  if (!room) return room.failure();
  input.room = *room;
  return input;
}

Result<chat::SendUserMessage> decode_user_send(const net::HttpRequest& request) {
  auto send = decode_send(request);
  if (!send) return send.failure();
  const auto room = required_id<RoomId>(send->room_id, "room_id", "Room");
  if (!room) return room.failure();
  send->draft.integration_app.clear();
  return chat::SendUserMessage{*room, std::move(send->draft), std::move(send->client_id), {}};
}

template <class Input>
net::HttpResponse encode_sent(const Links& links, const chat::Actor&, const Input&,
                              const chat::MessageSent& sent) {
  const json::object body = {
      {"success", true},
      {"messages", json::object{{"message", message_json(links, sent.message, sent.status)}}}};
  return net::HttpResponse::json(200, json::serialize(body));
}

Result<chat::QueryMessages> decode_query(const net::HttpRequest& request) {
  const auto& query = request.query();
  chat::QueryMessages input;
  const auto room = required_id<RoomId>(query.get("room_id"), "room_id", "Room");
  if (!room) return room.failure();
  input.room = *room;

  const auto read_ref = [&](std::string_view name) -> Result<std::optional<MessageId>> {
    const auto text = query.get(name);
    if (!text || text->empty()) return std::optional<MessageId>();
    const auto id = id_of<MessageId>(*text, "Message");
    if (!id) return id.failure();
    return std::optional<MessageId>(*id);
  };
  const auto upper = read_ref("upperRef");
  if (!upper) return upper.failure();
  input.older_than = *upper;
  const auto lower = read_ref("lowerRef");
  if (!lower) return lower.failure();
  input.newer_than = *lower;

  const auto limit = integer_of(query.get("limit"), "limit");
  if (!limit) return limit.failure();
  input.limit = *limit;
  const auto sort = query.get("sort").value_or("desc");
  if (sort != "asc" && sort != "desc") {
    return fail(ErrorCode::invalid, "sort must be one of: asc, desc");
  }
  input.order = sort == "asc" ? chat::Order::oldest_first : chat::Order::newest_first;
  input.search = query.get("search").value_or("");
  return input;
}

net::HttpResponse encode_page(const Links& links, const chat::Actor& actor,
                              const chat::QueryMessages&, const chat::MessagePage& page) {
  json::array messages;
  messages.reserve(page.messages.size());
  for (const auto& view : page.messages) {
    messages.push_back(actor.is_team() ? agent_history_json(links, view)
                                       : visitor_history_json(links, view));
  }
  const json::object body = {
      {"success", true}, {"messages", std::move(messages)}, {"hasMore", page.has_more}};
  return net::HttpResponse::json(200, json::serialize(body));
}

// Whoever has been given the newest page has read it.
std::optional<chat::ReachMessage> reads(const chat::QueryMessages& input,
                                        const chat::MessagePage& page) {
  if (!page.reads_up_to) return std::nullopt;
  return chat::ReachMessage{input.room, *page.reads_up_to};
}

RoomId room_of(const chat::QueryMessages& input) { return input.room; }

}  // namespace

void add_message_calls(net::Router& router, const std::string& base, const Services& services,
                       const chat::Responder* responder) {
  using net::Method;
  net::RouteOptions body_of_message;
  body_of_message.max_body_bytes = kMaxMessageBodyBytes;
  router.add(Method::post, base + "/message",
             serve(services,
                   Endpoint<chat::SendAgentMessage, chat::MessageSent>{
                       Callers::agents, Access::write, decode_agent_send, chat::send_agent_message,
                       nullptr, nullptr, encode_sent<chat::SendAgentMessage>}),
             body_of_message);
  router.add(Method::post, base + "/user/message",
             serve_heard(services, responder,
                         HeardEndpoint<chat::SendUserMessage, chat::MessageSent>{
                             decode_user_send, chat::send_user_message, nullptr,
                             encode_sent<chat::SendUserMessage>,
                             [](const chat::SendUserMessage& input) {
                               return chat::WriteAhead{input.room, InboxId{}};
                             },
                             [](const chat::SendUserMessage& input) -> const std::string& {
                               return input.message.content;
                             }}),
             body_of_message);
  for (const auto& [path, callers] :
       {std::pair{"/message", Callers::agents}, std::pair{"/user/message", Callers::visitors}}) {
    router.add(Method::get, base + path,
               serve(services, Endpoint<chat::QueryMessages, chat::MessagePage>{
                                   callers, Access::read, decode_query, chat::query_messages,
                                   nullptr, reads, encode_page, room_of}));
  }
}

}  // namespace parlor::dialects::conversation
