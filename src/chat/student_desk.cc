#include "chat/student_desk.h"

#include <algorithm>
#include <map>
#include <utility>

#include "chat/assignment.h"
#include "chat/bot_turn.h"
#include "chat/chat_moves.h"
#include "chat/routing.h"
#include "chat/student_access.h"
#include "chat/student_inbox.h"
#include "chat/unread.h"

namespace parlor::chat {

namespace {

constexpr int kNotifyingChats = 50;
constexpr int kMaxSearched = 1'000;

// The names of those who have written, each looked up once.
class AuthorNames {
 public:
  AuthorNames(Transaction& transaction, const Room& room)
      : transaction_(transaction), room_(room) {}

  std::string of(const Message& message) {
    if (message.is_by_bot()) return {};
    const auto known = names_.find(message.author);
    if (known != names_.end()) return known->second;
    return names_.emplace(message.author, read(message)).first->second;
  }

 private:
  std::string read(const Message& message) {
    if (message.sender == SenderKind::customer) {
      const auto contact = transaction_.contacts().find(room_.account, room_.contact);
      return contact ? contact->name : "";
    }
    const auto agent = transaction_.agents().find_by_conversation(room_.account, message.author);
    return agent ? agent->name : "";
  }

  Transaction& transaction_;
  const Room& room_;
  std::map<ConversationId, std::string> names_;
};

// The seq at a mark: of the message, or such that newer messages are exactly those after the time.
Result<std::int64_t> seq_at(Transaction& transaction, const Room& room, const PageMark& mark,
                            bool newest_before) {
  if (mark.message) {
    const auto message = transaction.messages().find(room.account, room.id, mark.message);
    if (!message || message->type == MessageType::note) {
      return fail(ErrorCode::invalid, "no message of this chat has this id");
    }
    return message->seq;
  }
  // Times strictly increase with seq: the border is found by halving.
  std::int64_t low = 0;
  std::int64_t high = room.seq + 1;
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    MessageQuery query;
    query.account = room.account;
    query.room = room.id;
    query.after_seq = middle;
    query.newest_first = false;
    query.limit = 1;
    const auto next = transaction.messages().list(query);
    const bool is_before = !next.empty() && (newest_before ? next[0].created_at < mark.time
                                                           : next[0].created_at <= mark.time);
    if (is_before) {
      low = next[0].seq;
    } else {
      high = middle;
    }
  }
  // Now everything up to `low` lies before the border.
  return newest_before ? low + 1 : low;
}

StudentChatView view_of(Transaction& transaction, const Actor& actor, Room room) {
  StudentChatView view;
  view.student = transaction.contacts().find(room.account, room.contact).value();
  view.unread = unread_of(actor.kind, room,
                          transaction.rooms().marker(room.account, room.id, actor.conversation));
  view.room = std::move(room);
  return view;
}

std::vector<Room> matching_chats(Transaction& transaction, const Actor& actor,
                                 const ListStudentChats& input) {
  RoomQuery query;
  query.account = actor.account;
  query.scope = scope_of(transaction, actor.account, actor.conversation, actor.is_admin());
  query.search = input.search;
  query.limit = kMaxSearched;
  auto rooms = transaction.rooms().list(query).rooms;
  std::erase_if(rooms, [&](const Room& room) {
    return !room.student || (input.status && room.student->status != *input.status);
  });
  std::sort(rooms.begin(), rooms.end(), [](const Room& a, const Room& b) {
    return std::tie(a.last_activity, a.id) > std::tie(b.last_activity, b.id);
  });
  return rooms;
}

Result<ConversationId> find_admin(Transaction& transaction, const Actor& actor,
                                  const AccessedRoom& chat, const AssignStudentChat& input) {
  const auto wanted = input.admin.value_or(actor.conversation);
  const auto agent = transaction.agents().find_by_conversation(actor.account, wanted);
  if (!agent || agent->deactivated_at != Timestamp{}) {
    return fail(ErrorCode::invalid, "admin_id names nobody of the team");
  }
  const bool may = agent->role == AgentRole::admin ||
                   transaction.inboxes().is_member(actor.account, chat.inbox.id, wanted);
  if (!may) return fail(ErrorCode::invalid, "admin_id is not a member of the student inbox");
  return wanted;
}

bool waits_for_people(StudentStatus status) {
  return status == StudentStatus::waiting_for_admin || status == StudentStatus::admin_handling;
}

// Newest first.
std::vector<Message> unread_messages(Transaction& transaction, const StudentChatView& view,
                                     const Actor& actor) {
  const auto marker = transaction.rooms().marker(actor.account, view.room.id, actor.conversation);
  MessageQuery query;
  query.account = actor.account;
  query.room = view.room.id;
  query.after_seq = marker ? marker->seq : 0;
  query.limit = kMaxNotifications;
  auto messages = transaction.messages().list(query);
  std::erase_if(messages,
                [](const Message& message) { return message.sender != SenderKind::customer; });
  for (Message& message : messages) message.author_name = view.student.name;
  return messages;
}

}  // namespace

Result<Room> get_student_chat(Transaction& transaction, const Actor& actor,
                              const OpenStudentChat& input) {
  auto chat = open_own_chat(transaction, actor, input.responder);
  if (!chat) return chat.failure();
  return std::move(chat->room);
}

Result<std::int64_t> count_unread(Transaction& transaction, const Actor& actor, const Ok&) {
  if (auto student = require_student(actor); !student) return student.failure();
  const auto chat = own_chat(transaction, actor);
  if (!chat) return std::int64_t{0};
  const auto room = transaction.rooms().find(actor.account, *chat).value();
  return unread_of(actor.kind, room,
                   transaction.rooms().marker(actor.account, *chat, actor.conversation));
}

Result<StudentPage> read_student_chat(Transaction& transaction, const Actor& actor,
                                      const StudentHistory& input) {
  auto chat = access_student_chat(transaction, actor, input.chat);
  if (!chat) return chat.failure();
  const Room& room = chat->room;
  MessageQuery query;
  query.account = room.account;
  query.room = room.id;
  query.limit = std::min(input.limit, kMaxStudentPage);
  if (input.before) {
    const auto seq = seq_at(transaction, room, input.before, true);
    if (!seq) return seq.failure();
    query.before_seq = *seq;
  }
  if (input.after) {
    const auto seq = seq_at(transaction, room, input.after, false);
    if (!seq) return seq.failure();
    query.after_seq = *seq;
    query.newest_first = false;
  }
  auto messages = transaction.messages().list(query);
  if (query.newest_first) std::reverse(messages.begin(), messages.end());

  StudentPage page;
  const auto markers = transaction.rooms().markers(room.account, room.id);
  const auto progress = progress_of(markers, room.conversation);
  AuthorNames names(transaction, room);
  for (Message& message : messages) {
    message.author_name = names.of(message);
    const auto status = status_of(message, progress);
    page.messages.push_back({std::move(message), status});
  }
  if (!page.messages.empty() && room.last_public_message) {
    const auto& last = page.messages.back().message;
    if (last.id == room.last_public_message->id && !has_read(markers, actor.conversation, last.seq))
      page.reads_up_to = last.id;
  }
  page.room = std::move(chat->room);
  return page;
}

Result<StudentChatPage> list_student_chats(Transaction& transaction, const Actor& actor,
                                           const ListStudentChats& input) {
  if (auto admin = require_student_admin(transaction, actor); !admin) return admin.failure();
  const int limit = std::min(input.limit, kMaxStudentPage);
  StudentChatPage page;
  if (!input.search.empty()) {
    auto rooms = matching_chats(transaction, actor, input);
    page.total = static_cast<std::int64_t>(rooms.size());
    for (auto at = static_cast<std::size_t>(input.offset);
         at < rooms.size() && page.chats.size() < static_cast<std::size_t>(limit); ++at) {
      page.chats.push_back(view_of(transaction, actor, std::move(rooms[at])));
    }
    return page;
  }
  page.total = transaction.student_chats().count(actor.account, input.status);
  for (const RoomId id :
       transaction.student_chats().page(actor.account, input.status, input.offset, limit)) {
    page.chats.push_back(
        view_of(transaction, actor, transaction.rooms().find(actor.account, id).value()));
  }
  return page;
}

Result<Room> assign_student_chat(Transaction& transaction, const Actor& actor,
                                 const AssignStudentChat& input) {
  if (auto admin = require_student_admin(transaction, actor); !admin) return admin.failure();
  auto chat = access_student_chat(transaction, actor, input.chat);
  if (!chat) return chat.failure();
  const auto admin = find_admin(transaction, actor, *chat, input);
  if (!admin) return admin.failure();
  auto& [room, inbox] = *chat;
  const RoomStanding before = standing_of(room);
  if (before.assignees != std::vector{*admin}) {
    assign_room(transaction, room, inbox, inbox, {*admin}, actor.conversation);
  }
  take_student_chat(transaction, *chat, *admin, actor.conversation);
  transaction.rooms().update(room);
  follow_room(transaction, before, room, inbox);
  return std::move(room);
}

Result<Room> set_student_status(Transaction& transaction, const Actor& actor,
                                const SetStudentStatus& input) {
  if (auto admin = require_student_admin(transaction, actor); !admin) return admin.failure();
  auto chat = access_student_chat(transaction, actor, input.chat);
  if (!chat) return chat.failure();
  auto& [room, inbox] = *chat;
  const RoomStanding before = standing_of(room);
  const auto seq = room.seq;
  if (input.status == StudentStatus::admin_handling) {
    take_student_chat(transaction, *chat, actor.conversation, actor.conversation);
  } else {
    if (input.status == StudentStatus::waiting_for_admin) {
      room.student->escalation_reason = "by_admin";
    }
    move_chat(transaction, *chat, {input.status, actor.conversation});
  }
  if (room.seq != seq) transaction.rooms().update(room);
  follow_room(transaction, before, room, inbox);
  return std::move(room);
}

Result<std::vector<StudentNotification>> list_notifications(Transaction& transaction,
                                                            const Actor& actor, const Ok&) {
  if (auto admin = require_student_admin(transaction, actor); !admin) return admin.failure();
  std::vector<StudentNotification> notifications;
  for (int each = 0; each < kStudentStatuses; ++each) {
    const auto status = static_cast<StudentStatus>(each);
    if (!waits_for_people(status)) continue;
    for (const RoomId id :
         transaction.student_chats().page(actor.account, status, 0, kNotifyingChats)) {
      const auto view =
          view_of(transaction, actor, transaction.rooms().find(actor.account, id).value());
      if (view.unread == 0) continue;
      for (Message& message : unread_messages(transaction, view, actor)) {
        notifications.push_back({view.room, view.student, std::move(message)});
      }
    }
  }
  std::sort(notifications.begin(), notifications.end(), [](const auto& a, const auto& b) {
    return a.message.created_at > b.message.created_at;
  });
  if (notifications.size() > kMaxNotifications) notifications.resize(kMaxNotifications);
  return notifications;
}

}  // namespace parlor::chat
