#include "dialects/student/event_encoder.h"

#include <boost/json/serialize.hpp>
#include <utility>

#include "chat/names.h"
#include "dialects/common/json_writer.h"
#include "dialects/student/channels.h"
#include "dialects/student/student_json.h"

namespace parlor::dialects::student {

namespace json = boost::json;

namespace {

// One event's emissions.
class Telling {
 public:
  Telling(const Links& links, const chat::Event& event, std::vector<delivery::Emission>& out)
      : links_(links), event_(event), out_(out) {}

  void operator()(const chat::MessagePosted& posted) {
    const auto& message = *posted.message;
    if (message.type == chat::MessageType::note) return;
    const auto text = message_json(links_, message, chat::DeliveryStatus::sent, student());
    tell("message:receive", JsonWriter()
                                .json("message", text)
                                .number("chat_id", event_.room->id.value)
                                .text("timestamp", to_iso8601(message.created_at))
                                .take());
    tell("support:new-message", text);
    // What the bot makes of the problem has changed with its answer.
    if (message.is_by_bot()) tell_chat();
    const bool by_student = message.sender == chat::SenderKind::customer;
    if (to_student() && !by_student && !message.is_by_bot()) {
      tell_personally("notification:new", JsonWriter()
                                              .text("type", "admin_reply")
                                              .number("chat_id", event_.room->id.value)
                                              .json("message", text)
                                              .take());
    }
    if (!to_student() && by_student && event_.room->status == chat::RoomStatus::open) {
      auto notice = notification("student_message");
      tell("support:notification", notice.json("message", text).take());
    }
  }
  void operator()(const chat::RoomUpdated& updated) {
    if (to_student() && !updated.status_changed) return;
    tell_chat();
  }
  void operator()(const chat::RoomCreated&) {
    // Also told of assignments: only the chat's beginning is news here.
    if (event_.seq != 1) return;
    if (to_student()) {
      delivery::Emission emission{event_.audience, "", ""};
      emission.joins = chat_channel(event_.room->id);
      out_.push_back(std::move(emission));
    }
    tell_chat();
  }
  void operator()(const chat::MessagesRead& read) { tell_receipts(read.receipts, "read"); }
  void operator()(const chat::MessagesDelivered& delivered) {
    tell_receipts(delivered.receipts, "delivered");
  }
  void operator()(const chat::StudentNotice& notice) {
    using Kind = chat::StudentNotice::Kind;
    auto json = notification(notice.kind == Kind::long_wait ? "waiting_alarm" : "escalation");
    const auto& chat = *event_.room->student;
    const bool is_escalated = chat.escalated_at != Timestamp{};
    json.text("reason",
              notice.kind == Kind::person_wanted ? "wants_person" : chat.escalation_reason)
        .text_or_null("current_intent", chat.intent)
        .text_or_null("escalated_at", is_escalated ? to_iso8601(chat.escalated_at) : "");
    if (!notice.note.empty()) json.text("note", notice.note);
    tell("support:notification", json.take());
  }
  template <class Other>
  void operator()(const Other&) {}

 private:
  bool to_student() const { return event_.audience.contact.has_value(); }
  ConversationId student() const { return event_.room->conversation; }

  JsonWriter notification(std::string_view type) const {
    JsonWriter json;
    json.text("type", type)
        .number("chat_id", event_.room->id.value)
        .number("student_id", student().value)
        .text("status", chat::name_of(event_.room->student->status));
    return json;
  }

  void tell_chat() {
    auto text = json::serialize(chat_json(*event_.room));
    tell("conversation:update", R"({"conversation":)" + text + "}");
    tell("support:conversation-updated", std::move(text));
  }

  // To both sides of the chat: whoever has read has other devices too.
  void tell_receipts(const chat::Receipts& receipts, std::string_view status) {
    const auto at = to_iso8601(receipts.at);
    delivery::Emission emission;
    emission.audience.account = event_.room->account;
    emission.audience.admins = true;
    emission.audience.members_of = event_.room->inbox;
    emission.channels.push_back(chat_channel(event_.room->id));
    emission.event = "message:status-updated";
    for (const auto id : receipts.messages) {
      emission.argument = json::serialize(json::object{{"message_id", id.value},
                                                       {"chat_id", event_.room->id.value},
                                                       {"status", status},
                                                       {std::string(status) + "_at", at}});
      out_.push_back(emission);
    }
  }

  // To the student's joined sockets, or to the audience of the team. Unlike the console, this
  // dialect tells an author's own other sockets too.
  void tell(std::string event, std::string argument) {
    delivery::Emission emission;
    emission.audience = event_.audience;
    if (to_student()) {
      emission.audience.contact.reset();
      emission.channels.push_back(chat_channel(event_.room->id));
    } else if (const auto* posted = std::get_if<chat::MessagePosted>(&event_.body)) {
      std::erase(emission.audience.except, posted->message->author);
    }
    emission.event = std::move(event);
    emission.argument = std::move(argument);
    out_.push_back(std::move(emission));
  }

  void tell_personally(std::string event, std::string argument) {
    out_.push_back({event_.audience, std::move(event), std::move(argument)});
  }

  const Links& links_;
  const chat::Event& event_;
  std::vector<delivery::Emission>& out_;
};

}  // namespace

void StudentEncoder::encode(const chat::Event& event, std::vector<delivery::Emission>& out) const {
  if (!event.room->student) return;
  std::visit(Telling(links_, event, out), event.body);
}

void StudentEncoder::encode(const delivery::Typing& typing,
                            std::vector<delivery::Emission>& out) const {
  const auto& signal = typing.signal;
  if (!signal.is_student_chat) return;
  const json::object argument = {
      {"chat_id", signal.room.value},
      {"user_id", signal.from.value},
      {"user_role", signal.kind == chat::SenderKind::customer ? "student" : "admin"},
      {"user_name", signal.name},
      {"is_typing", typing.is_typing}};
  const auto text = json::serialize(argument);
  for (auto audience : signal.audiences) {
    delivery::Emission emission{std::move(audience), "support:user-typing", text};
    if (emission.audience.contact) {
      emission.audience.contact.reset();
      emission.channels.push_back(chat_channel(signal.room));
    }
    out.push_back(std::move(emission));
  }
}

}  // namespace parlor::dialects::student
