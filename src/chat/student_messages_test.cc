#include "chat/student_messages.h"

#include <gtest/gtest.h>

#include "chat/bot_report.h"
#include "chat/rooms.h"
#include "chat/student_access.h"
#include "chat/student_desk.h"
#include "chat/student_inbox.h"
#include "chat/waiting_alarm.h"
#include "support/plain_responder.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::PlainResponder;
using testing::World;

struct School : World {
  School() : sam(add_student("Sam")), sue(add_student("Sue")) {
    inbox_of_students = ensure_student_inbox(tx, acme.id, &bot);
    for (const auto& member : {ann, bob}) {
      tx.inboxes().add_member(acme.id, inbox_of_students.id, member.conversation);
    }
    tx.take_events();
  }

  Actor add_student(const std::string& name) {
    auto actor = add_visitor(acme.id, name);
    auto contact = tx.contacts().find(acme.id, actor.contact).value();
    contact.kind = ContactKind::student;
    contact.external_id = name;
    tx.contacts().update(contact);
    actor.contact_kind = ContactKind::student;
    tx.take_events();
    return actor;
  }

  Result<StudentMessageSent> send(const Actor& actor, const std::string& text,
                                  const std::string& client_id = "") {
    SendStudentMessage input;
    if (actor.is_team()) input.chat = chat_of(sam);
    input.message.content = text;
    input.client_id = client_id;
    input.bot = {&bot, bot.understand(acme.id, text)};
    return send_student_message(tx, actor, input);
  }
  RoomId chat_of(const Actor& student) { return own_chat(tx, student).value(); }
  StudentChat chat() { return *room(chat_of(sam)).student; }
  RoomStatus room_status() { return room(chat_of(sam)).status; }

  PlainResponder bot;
  Inbox inbox_of_students;
  Actor sam, sue;
};

TEST(StudentMessages, AStudentHasOneChatMadeByTheFirstUse) {
  School school;
  EXPECT_FALSE(own_chat(school.tx, school.sam));
  const auto chat = get_student_chat(school.tx, school.sam, {&school.bot}).value();
  EXPECT_EQ(get_student_chat(school.tx, school.sam, {&school.bot}).value().id, chat.id);
  EXPECT_EQ(school.send(school.sam, "hello").value().message.room, chat.id);
  EXPECT_NE(get_student_chat(school.tx, school.sue, {&school.bot}).value().id, chat.id);
  EXPECT_EQ(chat.status, RoomStatus::pending);
  EXPECT_EQ(chat.student->status, StudentStatus::bot_handling);
  EXPECT_EQ(school.tx.count("SELECT COUNT(*) FROM room"), 2);
}

TEST(StudentMessages, TheCompleteFlowOfGuidanceHandOffAnswerAndThanks) {
  School school;
  const auto first = school.send(school.sam, "I can't log in").value();
  ASSERT_TRUE(first.bot_reply);
  EXPECT_EQ(first.bot_reply->content, "Try this");
  EXPECT_TRUE(first.bot_reply->is_by_bot());
  EXPECT_EQ(first.bot_reply->integration_app, "bot");
  EXPECT_EQ(first.bot_reply->seq, first.message.seq + 1);
  EXPECT_EQ(school.chat().intent, "LOGIN_PROBLEM");
  EXPECT_EQ(school.chat().bot_attempts, 1);

  ASSERT_TRUE(school.send(school.sam, "no").value().bot_reply);
  EXPECT_EQ(school.chat().status, StudentStatus::waiting_for_admin);
  EXPECT_EQ(school.chat().escalation_reason, "did_not_work");
  EXPECT_EQ(school.room_status(), RoomStatus::open);
  EXPECT_TRUE(school.send(school.sam, "hello?").value().is_blocked);

  EXPECT_TRUE(school.send(school.ann, "Try again now").value().message.content.size());
  EXPECT_EQ(school.chat().status, StudentStatus::admin_handling);
  EXPECT_EQ(school.chat().admin, school.ann.conversation);
  EXPECT_FALSE(school.send(school.sam, "I try").value().bot_reply) << "never over a person";

  ASSERT_TRUE(school.send(school.sam, "thanks").value().bot_reply);
  EXPECT_EQ(school.chat().status, StudentStatus::resolved);
  EXPECT_TRUE(school.chat().resolved_by_person);
  EXPECT_EQ(school.room_status(), RoomStatus::closed);

  school.send(school.sam, "something else").value();
  EXPECT_EQ(school.chat().status, StudentStatus::bot_handling);
  EXPECT_TRUE(school.room(school.chat_of(school.sam)).assignees.empty());
}

TEST(StudentMessages, TheConsolesCallsMeanTheSame) {
  School school;
  school.send(school.sam, "I can't log in").value();
  const auto room = school.chat_of(school.sam);
  UpdateRoom open;
  open.room = room;
  open.status = RoomStatus::open;
  EXPECT_EQ(update_room(school.tx, school.ann, open).value().status, RoomStatus::open);
  EXPECT_EQ(school.chat().status, StudentStatus::admin_handling);

  UpdateRoom close = open;
  close.status = RoomStatus::closed;
  update_room(school.tx, school.ann, close).value();
  EXPECT_EQ(school.chat().status, StudentStatus::closed);

  UpdateRoom pend = open;
  pend.status = RoomStatus::pending;
  update_room(school.tx, school.ann, pend).value();
  EXPECT_EQ(school.chat().status, StudentStatus::bot_handling);

  school.send(school.sam, "a person").value();
  ReassignRoom assign;
  assign.room = room;
  assign.agents = {school.bob.conversation};
  reassign_room(school.tx, school.ann, assign).value();
  EXPECT_EQ(school.chat().status, StudentStatus::admin_handling);
  EXPECT_EQ(school.chat().admin, school.bob.conversation);

  close.room = room;
  update_room(school.tx, school.ann, close).value();
  SendAgentMessage message;
  message.room = room;
  message.message.content = "One more thing";
  send_agent_message(school.tx, school.bob, message).value();
  EXPECT_EQ(school.chat().status, StudentStatus::admin_handling);
}

TEST(StudentMessages, RoutingLeavesTheStatusAsItIs) {
  School school;
  auto inbox = school.inbox_of_students;
  inbox.algorithm = RoutingAlgorithm::round_robin;
  school.tx.inboxes().update(inbox);
  school.send(school.sam, "a person").value();
  EXPECT_EQ(school.chat().status, StudentStatus::waiting_for_admin);
  EXPECT_EQ(school.room(school.chat_of(school.sam)).assignees.size(), 1U);
}

TEST(StudentMessages, ABrokenBotHandsOffAndKeepsTheMessage) {
  for (const auto* text : {"break", "not understood"}) {
    School school;
    const auto sent = school.send(school.sam, text).value();
    EXPECT_EQ(sent.message.content, text);
    ASSERT_TRUE(sent.bot_reply);
    EXPECT_EQ(school.chat().status, StudentStatus::waiting_for_admin);
    EXPECT_EQ(school.chat().escalation_reason, "failure");
  }
}

TEST(StudentMessages, TheSameClientIdIsAnsweredAgainWithItsReply) {
  School school;
  const auto first = school.send(school.sam, "I can't log in", "k1").value();
  school.send(school.sam, "no").value();
  school.tx.take_events();
  const auto again = school.send(school.sam, "I can't log in", "k1").value();
  EXPECT_TRUE(again.repeated) << "before the rule that blocks";
  EXPECT_EQ(again.message.id, first.message.id);
  EXPECT_EQ(again.bot_reply->id, first.bot_reply->id);
  EXPECT_EQ(again.message.client_id, "k1");
  EXPECT_TRUE(school.tx.events.empty());
  EXPECT_EQ(school.send(school.sam, "other", "k1").error().code, ErrorCode::conflict);
}

TEST(StudentMessages, WaitingStudentsMayWriteWhereTheAccountAccepts) {
  School school;
  auto settings = school.tx.account_settings().find(school.acme.id);
  settings.waiting_sends = WaitingSends::accept;
  school.tx.account_settings().put(settings);
  school.send(school.sam, "a person").value();
  const auto sent = school.send(school.sam, "and this").value();
  EXPECT_FALSE(sent.is_blocked);
  EXPECT_FALSE(sent.bot_reply);
  EXPECT_EQ(school.chat().status, StudentStatus::waiting_for_admin);
}

TEST(StudentMessages, AStudentsOwnDevicesAreToldBehindTheAnswer) {
  School school;
  school.send(school.sam, "I can't log in").value();
  school.tx.take_events();
  school.send(school.sam, "no").value();
  int to_student = 0;
  std::int64_t last_seq = 0;
  for (const auto& event : school.tx.take_events()) {
    if (!event.audience.contact) continue;
    ++to_student;
    EXPECT_TRUE(event.behind_answer);
    EXPECT_GT(event.seq, last_seq);
    last_seq = event.seq;
  }
  EXPECT_EQ(to_student, 3) << "the message, the reply, the status";
}

TEST(StudentMessages, OnlyAdministratorsOfTheInboxAndTheStudentMayEnter) {
  School school;
  school.send(school.sam, "hello").value();
  const auto chat = school.chat_of(school.sam);
  for (const auto& actor : {school.sue, school.carl, school.vic}) {
    EXPECT_EQ(access_student_chat(school.tx, actor, chat).error(),
              (Error{ErrorCode::forbidden, "Access denied"}));
  }
  EXPECT_EQ(access_student_chat(school.tx, school.eve, chat).error().code, ErrorCode::not_found);
  for (const auto& actor : {school.sam, school.ann, school.ada}) {
    EXPECT_TRUE(access_student_chat(school.tx, actor, chat));
  }
}

TEST(StudentDesk, ListsChatsByStatusWithTotals) {
  School school;
  school.send(school.sam, "a person").value();
  school.tx.advance(1'000);
  school.send(school.sue, "hello").value();
  const auto all = list_student_chats(school.tx, school.ann, {}).value();
  ASSERT_EQ(all.chats.size(), 2U);
  EXPECT_EQ(all.total, 2);
  EXPECT_EQ(all.chats[0].student.name, "Sue") << "newest activity first";
  ListStudentChats waiting;
  waiting.status = StudentStatus::waiting_for_admin;
  const auto some = list_student_chats(school.tx, school.ann, waiting).value();
  ASSERT_EQ(some.chats.size(), 1U);
  EXPECT_EQ(some.total, 1);
  EXPECT_EQ(some.chats[0].unread, 1);
  EXPECT_EQ(list_student_chats(school.tx, school.sam, {}).error().code, ErrorCode::forbidden);
  const auto notices = list_notifications(school.tx, school.ann, {}).value();
  ASSERT_EQ(notices.size(), 1U);
  EXPECT_EQ(notices[0].message.content, "a person");
}

TEST(StudentDesk, PagesByTimeAndByMessage) {
  School school;
  std::vector<Message> sent;
  for (int i = 0; i < 4; ++i) {
    sent.push_back(school.send(school.sam, "m" + std::to_string(i)).value().message);
    school.tx.advance(1000);
  }
  StudentHistory history;
  history.chat = school.chat_of(school.sam);
  const auto texts = [&](const StudentHistory& input) {
    std::string all;
    const auto page = read_student_chat(school.tx, school.sam, input).value();
    for (const auto& view : page.messages) {
      if (!view.message.is_by_bot()) all += view.message.content + " ";
    }
    return all;
  };
  EXPECT_EQ(texts(history), "m0 m1 m2 m3 ");
  history.before.message = sent[2].id;
  EXPECT_EQ(texts(history), "m0 m1 ");
  history.before = {{}, sent[2].created_at};
  EXPECT_EQ(texts(history), "m0 m1 ");
  history.before = {};
  history.after.message = sent[1].id;
  EXPECT_EQ(texts(history), "m2 m3 ");
  history.after = {{}, sent[1].created_at};
  EXPECT_EQ(texts(history), "m2 m3 ");
}

TEST(WaitingAlarm, AlarmsOnceForEachWait) {
  School school;
  school.send(school.sam, "a person").value();
  school.tx.take_events();
  const WaitingAlarmSettings settings{1'000, &school.bot};
  EXPECT_TRUE(alarm_long_waits(school.tx, settings)) << "not yet";
  EXPECT_TRUE(school.tx.events.empty());
  school.tx.advance(1'100);
  EXPECT_FALSE(alarm_long_waits(school.tx, settings));
  EXPECT_EQ(school.heard(school.ann), "newMessage notice:long_wait");
  EXPECT_EQ(school.heard(school.sam), "newMessage");
  school.tx.take_events();
  EXPECT_FALSE(alarm_long_waits(school.tx, settings));
  EXPECT_TRUE(school.tx.events.empty());
  EXPECT_EQ(school.chat().status, StudentStatus::waiting_for_admin);
}

TEST(BotReport, CountsWhatTheBotDid) {
  School school;
  school.send(school.sam, "I can't log in").value();
  school.send(school.sam, "thanks").value();
  school.send(school.sam, "again").value();
  school.send(school.sam, "no").value();
  const auto report = report_bot(school.tx, school.ann, {}).value();
  EXPECT_EQ(report.total.messages, 4);
  EXPECT_EQ(report.total.answered, 3);
  EXPECT_EQ(report.total.escalated, 1);
  EXPECT_EQ(report.total.escalated_why.at("did_not_work"), 1);
  EXPECT_EQ(report.total.resolved_confirmed, 1);
  EXPECT_EQ(report.total.back_within_24h, 1);
  EXPECT_EQ(report.total.resolved_assumed, 0);

  school.send(school.ann, "done").value();
  school.send(school.sam, "thanks").value();
  school.send(school.sue, "help").value();
  school.tx.advance(3 * 24 * 3600 * 1000LL);
  EXPECT_EQ(report_bot(school.tx, school.ann, {}).value().total.resolved_assumed, 1)
      << "Sue was helped and not heard of again";
}

}  // namespace
}  // namespace parlor::chat
