#include "chat/bot_turn.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "chat/audience.h"
#include "chat/bot_room.h"
#include "chat/chat_moves.h"
#include "chat/dates.h"
#include "chat/room_journal.h"
#include "chat/sound.h"
#include "chat/spoken_hours.h"
#include "chat/student_status.h"

namespace parlor::chat {

namespace {

constexpr std::int64_t kBackWithinMs = 24LL * 3600 * 1000;
constexpr const char* kBotName = "bot";  // integration_app of its messages

HeardAs heard_as(const Message& message) {
  if (message.type == MessageType::image) return HeardAs::image;
  if (message.type != MessageType::file) return HeardAs::text;
  return is_sound(message) ? HeardAs::voice : HeardAs::file;
}

// Said when the bot cannot say it.
BotReply hand_off_reply(const BotSituation& situation) {
  BotReply reply;
  reply.kind = "escalate";
  reply.language = situation.language == "ar" ? "ar" : "en";
  if (reply.language == "ar") {
    reply.sender_name = "رد تلقائي";
    reply.text = "ستنتقل المحادثة إلى شخص من فريقنا، وسيصل الرد هنا.";
    if (situation.sending_pauses) reply.text += " يتوقف الإرسال إلى أن يصل الرد.";
    return reply;
  }
  reply.sender_name = "Auto reply";
  reply.text = "Your chat goes to a person from our team; the answer will appear here.";
  if (situation.sending_pauses) reply.text += " Sending pauses until then.";
  return reply;
}

BotDecision unchanged(const BotSituation& situation, const BotTalk& talk) {
  BotDecision decision;
  decision.status = situation.status;
  decision.intent = talk.intent;
  decision.attempts = talk.bot_attempts;
  decision.language = talk.language;
  decision.dialogue = talk.dialogue;
  return decision;
}

BotDecision hand_off(const BotSituation& situation, const BotTalk& talk,
                     const std::string& reason) {
  auto decision = unchanged(situation, talk);
  if (room_status_of(situation.status) == RoomStatus::open) return decision;
  decision.status = StudentStatus::waiting_for_admin;
  decision.escalation = reason;
  decision.reply = hand_off_reply(situation);
  return decision;
}

BotDecision consult(const BotSituation& situation, const AccessedRoom& chat, const Message& written,
                    const BotInput& bot) {
  const BotTalk& talk = talk_of(chat.room);
  if (!chat.inbox.has_bot) return hand_off(situation, talk, "no_bot");
  if (!bot.responder) return hand_off(situation, talk, "failure");
  try {
    const auto understood = bot.understood || bot.is_broken
                                ? bot.understood
                                : bot.responder->understand(situation.account, written.content);
    return bot.responder->decide(situation, understood);
  } catch (const std::exception&) {
    return hand_off(situation, talk, "failure");
  }
}

void count(Transaction& transaction, const Room& room, BotFactKind kind, Timestamp at,
           std::string reason = "") {
  const BotTalk& talk = talk_of(room);
  transaction.bot_facts().add(
      {room.account, day_of(at), kind, talk.intent, talk.language, std::move(reason)});
}

// For the account's statistics, beside the bot's own.
void count_for_everybody(Transaction& transaction, const Room& room, Timestamp at,
                         std::int64_t DayCounts::*what) {
  DayCounts counts;
  counts.*what = 1;
  transaction.statistics().add({room.account, {}, room.inbox, day_of(at)}, counts);
}

void count_return(Transaction& transaction, const Room& room, Timestamp at) {
  const BotTalk& talk = talk_of(room);
  const auto resolved_at = talk.resolved_at;
  if (status_for_bot(room) != StudentStatus::resolved || talk.resolved_by_person) return;
  if (at - resolved_at > kBackWithinMs) return;
  count(transaction, room, BotFactKind::came_back, resolved_at);
}

void count_decision(Transaction& transaction, Room& room, const BotDecision& decision,
                    StudentStatus before, Timestamp at) {
  if (before == StudentStatus::bot_handling || decision.status == StudentStatus::bot_handling) {
    count(transaction, room, BotFactKind::message, at);
  }
  if (decision.reply && !decision.escalation) {
    count(transaction, room, BotFactKind::answered, at);
    count_for_everybody(transaction, room, at, &DayCounts::bot_answered);
  }
  BotTalk& talk = talk_of(room);
  if (decision.reply && decision.reply->is_help && talk.problem_since == Timestamp{}) {
    talk.problem_since = at;
    count(transaction, room, BotFactKind::guided, at);
  }
  if (decision.escalation) {
    count(transaction, room, BotFactKind::escalated, at, *decision.escalation);
    count_for_everybody(transaction, room, at, &DayCounts::bot_escalated);
  }
  if (decision.status == StudentStatus::resolved && before == StudentStatus::bot_handling) {
    count(transaction, room, BotFactKind::resolved, at);
    count_for_everybody(transaction, room, at, &DayCounts::bot_resolved);
  }
}

void keep_dialogue(BotTalk& talk, const BotDecision& decision) {
  talk.intent = decision.intent;
  talk.bot_attempts = decision.attempts;
  talk.dialogue = decision.dialogue;
  if (!decision.language.empty()) talk.language = decision.language;
  if (decision.escalation) talk.escalation_reason = *decision.escalation;
}

Message append_as_bot(Transaction& transaction, Room& room, MessageDraft draft,
                      std::string sender_name) {
  Actor bot;
  bot.kind = ActorKind::agent;
  bot.account = room.account;
  bot.name = std::move(sender_name);
  draft.integration_app = kBotName;
  return append_message(transaction, room, bot, draft);
}

void notify_team(Transaction& transaction, AccessedRoom& chat, const BotDecision& decision) {
  if (!decision.escalation && !decision.notify_team) return;
  const auto& [room, inbox] = chat;
  if (!decision.note.empty()) {
    const auto note =
        append_as_bot(transaction, chat.room, {MessageType::note, decision.note, {}, ""}, kBotName);
    announce_in_chat(transaction, chat, note, true);
  }
  if (!room.student) return;  // queues and assignees are told of rooms that open
  const auto kind =
      decision.escalation ? StudentNotice::Kind::escalation : StudentNotice::Kind::person_wanted;
  transaction.record(
      Event{team_of(room, inbox.visibility), room, 0, StudentNotice{kind, decision.note}});
}

}  // namespace

BotSituation situation_in(Transaction& transaction, const Inbox& inbox) {
  auto settings = transaction.account_settings().find(inbox.account);
  BotSituation situation;
  situation.account = inbox.account;
  situation.sending_pauses = settings.waiting_sends == WaitingSends::block;
  situation.placeholders = std::move(settings.placeholders);
  if (inbox.hours) {
    situation.hours_en = speak_hours(*inbox.hours, "en");
    situation.hours_ar = speak_hours(*inbox.hours, "ar");
  }
  return situation;
}

BotSituation situation_of(Transaction& transaction, const AccessedRoom& chat) {
  const auto& [room, inbox] = chat;
  const BotTalk& talk = talk_of(room);
  auto situation = situation_in(transaction, inbox);
  if (!room.student) situation.sending_pauses = false;  // visitors may always write
  situation.status = status_for_bot(room);
  situation.dialogue = talk.dialogue;
  situation.language = talk.language;
  if (is_ended(situation.status) && talk.resolved_by_person) {
    situation.resolved_by_person_ago_ms = transaction.now() - talk.resolved_at;
  }
  return situation;
}

Message say_as_bot(Transaction& transaction, AccessedRoom& chat, const BotReply& reply,
                   bool by_customer) {
  MessageDraft draft;
  draft.content = reply.text;
  draft.quick_replies = reply.quick_replies;
  auto message = append_as_bot(transaction, chat.room, std::move(draft), reply.sender_name);
  announce_in_chat(transaction, chat, message, by_customer);
  return message;
}

std::optional<Message> take_bot_turn(Transaction& transaction, AccessedRoom& chat,
                                     const Message& written, const BotInput& bot) {
  Room& room = chat.room;
  auto situation = situation_of(transaction, chat);
  situation.heard_as = heard_as(written);
  situation.has_text = !written.content.empty();
  const auto decision = consult(situation, chat, written, bot);

  const auto before = situation.status;
  count_return(transaction, room, written.created_at);
  keep_dialogue(talk_of(room), decision);
  const ChatMove move{decision.status, {}, true, decision.is_confirmed, decision.same_admin_first};
  const bool begins_anew = decision.status == StudentStatus::bot_handling;
  if (begins_anew) move_chat(transaction, chat, move);
  count_decision(transaction, room, decision, before, written.created_at);

  std::optional<Message> reply;
  if (decision.reply) reply = say_as_bot(transaction, chat, *decision.reply, true);
  if (!begins_anew) move_chat(transaction, chat, move);
  notify_team(transaction, chat, decision);
  return reply;
}

}  // namespace parlor::chat
