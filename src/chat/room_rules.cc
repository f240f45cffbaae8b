#include "chat/room_rules.h"

#include <algorithm>
#include <charconv>

#include "chat/utf8.h"

namespace parlor::chat {

namespace {

void update_queue(Room& room, Timestamp at) {
  const bool waits = room.assignees.empty() && room.status == RoomStatus::open;
  if (!waits) {
    room.queued_at = {};
  } else if (room.queued_at == Timestamp{}) {
    room.queued_at = at;
  }
}

}  // namespace

Timestamp next_stamp(const Room& room, Timestamp now) { return std::max(now, room.last_stamp + 1); }

bool customer_message_reopens(RoomStatus status) { return status != RoomStatus::open; }

void set_status(Room& room, RoomStatus status, Timestamp at) {
  room.status = status;
  room.closed_at = status == RoomStatus::closed ? at : Timestamp{};
  update_queue(room, at);
}

void set_assignees(Room& room, const std::vector<ConversationId>& agents, Timestamp at) {
  std::vector<Assignee> assignees;
  for (const ConversationId agent : agents) {
    const auto same = [&](const Assignee& assignee) { return assignee.agent == agent; };
    if (std::any_of(assignees.begin(), assignees.end(), same)) continue;
    const auto before = std::find_if(room.assignees.begin(), room.assignees.end(), same);
    assignees.push_back(before != room.assignees.end() ? *before : Assignee{agent, at});
  }
  room.assignees = std::move(assignees);
  update_queue(room, at);
}

void count_message(Room& room, const Message& message) {
  room.last_message = preview_of(message);
  if (message.type == MessageType::note) return;
  room.last_public_message = room.last_message;
  room.customer_count = message.customer_count;
  room.team_count = message.team_count;
}

std::string subject_of(std::string_view description) {
  std::string subject(first_characters(trimmed(description), kSubjectCharacters));
  std::replace_if(
      subject.begin(), subject.end(), [](char c) { return c >= '\t' && c <= '\r'; }, ' ');
  return subject;
}

MessagePreview preview_of(const Message& message) {
  return MessagePreview{message.id,
                        message.author,
                        message.sender,
                        message.type,
                        std::string(first_bytes(message.content, kPreviewBytes)),
                        message.created_at};
}

std::string spell_assignees(const Room& room) {
  std::string list;
  for (const Assignee& assignee : room.assignees) {
    if (!list.empty()) list += ',';
    list += std::to_string(assignee.agent.value);
  }
  return list;
}

std::string spell_assignees_with_times(const Room& room) {
  std::string list;
  for (const Assignee& assignee : room.assignees) {
    if (!list.empty()) list += ',';
    list += std::to_string(assignee.agent.value) + '@' + std::to_string(assignee.assigned_at.ms);
  }
  return list;
}

std::vector<Assignee> parse_assignees(std::string_view with_times) {
  std::vector<Assignee> assignees;
  const char* at = with_times.data();
  const char* const end = at + with_times.size();
  while (at < end) {
    Assignee assignee;
    at = std::from_chars(at, end, assignee.agent.value).ptr + 1;  // behind the @
    if (at >= end) break;
    at = std::from_chars(at, end, assignee.assigned_at.ms).ptr + 1;  // behind the comma
    assignees.push_back(assignee);
  }
  return assignees;
}

}  // namespace parlor::chat
