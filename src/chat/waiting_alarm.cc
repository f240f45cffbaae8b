#include "chat/waiting_alarm.h"

#include <exception>
#include <utility>

#include "chat/audience.h"
#include "chat/bot_turn.h"

namespace parlor::chat {

namespace {

void tell_student(Transaction& transaction, AccessedRoom& chat, const Responder* responder) {
  if (!responder) return;
  BotDecision decision;
  try {
    decision = responder->notice_of_long_wait(situation_of(transaction, chat));
  } catch (const std::exception&) {
    return;  // the team is alarmed all the same
  }
  if (!decision.reply) return;
  chat.room.student->dialogue = decision.dialogue;
  say_as_bot(transaction, chat, *decision.reply, false);
}

void alarm(Transaction& transaction, const WaitingChat& waiting, const Responder* responder) {
  auto room = transaction.rooms().find(waiting.account, waiting.room).value();
  auto inbox = transaction.inboxes().find(waiting.account, room.inbox).value();
  AccessedRoom chat{std::move(room), std::move(inbox)};
  chat.room.student->waiting_since = {};
  tell_student(transaction, chat, responder);
  transaction.rooms().update(chat.room);
  transaction.record(Event{team_of(chat.room, chat.inbox.visibility), chat.room, 0,
                           StudentNotice{StudentNotice::Kind::long_wait, ""}});
}

}  // namespace

std::optional<Timestamp> alarm_long_waits(Transaction& transaction,
                                          const WaitingAlarmSettings& settings) {
  const auto waiting = transaction.student_chats().longest_waiting(kAlarmsAStep + 1);
  int alarmed = 0;
  for (const WaitingChat& chat : waiting) {
    const Timestamp due = chat.since + settings.after_ms;
    if (due > transaction.now()) return due;
    if (alarmed == kAlarmsAStep) return transaction.now();
    alarm(transaction, chat, settings.responder);
    ++alarmed;
  }
  return std::nullopt;
}

}  // namespace parlor::chat
