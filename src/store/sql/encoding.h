// Values that have no column type, as text: lists are length-prefixed items, so that any item may
// hold any byte.
//
//   ["ab", "", "x:y"]  ->  "2:ab0:3:x:y"
//
// Reading is strict: what does not parse is a damaged row and throws std::runtime_error.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chat/message.h"
#include "chat/opening_hours.h"
#include "chat/room.h"
#include "store/sql/connection.h"

namespace parlor::store::sql {

std::string encode_list(const std::vector<std::string>& items);
std::vector<std::string> decode_list(std::string_view text);

std::string encode_attachments(const std::vector<chat::Attachment>& attachments);
std::vector<chat::Attachment> decode_attachments(std::string_view text);

std::string encode_quick_replies(const std::vector<chat::QuickReply>& replies);
std::vector<chat::QuickReply> decode_quick_replies(std::string_view text);

// Empty text = none.
std::string encode_student(const std::optional<chat::StudentChat>& chat);
std::optional<chat::StudentChat> decode_student(std::string_view text);
std::string encode_bot_talk(const std::optional<chat::BotTalk>& talk);
std::optional<chat::BotTalk> decode_bot_talk(std::string_view text);

std::string encode_assignees(const std::vector<chat::Assignee>& assignees);
std::vector<chat::Assignee> decode_assignees(std::string_view text);

// Empty text = none.
std::string encode_preview(const std::optional<chat::MessagePreview>& preview);
std::optional<chat::MessagePreview> decode_preview(std::string_view text);

// Empty text = none.
std::string encode_hours(const std::optional<chat::OpeningHours>& hours);
std::optional<chat::OpeningHours> decode_hours(std::string_view text);

// As parameters and columns (see connection.h).
inline void bind(Statement& s, int at, const std::vector<std::string>& value) {
  s.bind_text(at, encode_list(value));
}
inline void bind(Statement& s, int at, const std::vector<chat::Attachment>& value) {
  s.bind_text(at, encode_attachments(value));
}
inline void bind(Statement& s, int at, const std::vector<chat::Assignee>& value) {
  s.bind_text(at, encode_assignees(value));
}
inline void bind(Statement& s, int at, const std::vector<chat::QuickReply>& value) {
  s.bind_text(at, encode_quick_replies(value));
}
inline void bind(Statement& s, int at, const std::optional<chat::StudentChat>& value) {
  s.bind_text(at, encode_student(value));
}
inline void bind(Statement& s, int at, const std::optional<chat::BotTalk>& value) {
  s.bind_text(at, encode_bot_talk(value));
}
inline void bind(Statement& s, int at, const std::optional<chat::OpeningHours>& value) {
  s.bind_text(at, encode_hours(value));
}
inline void decode(Statement& s, int at, std::vector<std::string>& to) {
  to = decode_list(s.text(at));
}
inline void decode(Statement& s, int at, std::vector<chat::Attachment>& to) {
  to = decode_attachments(s.text(at));
}
inline void decode(Statement& s, int at, std::vector<chat::Assignee>& to) {
  to = decode_assignees(s.text(at));
}
inline void decode(Statement& s, int at, std::vector<chat::QuickReply>& to) {
  to = decode_quick_replies(s.text(at));
}
inline void decode(Statement& s, int at, std::optional<chat::StudentChat>& to) {
  to = decode_student(s.text(at));
}
inline void decode(Statement& s, int at, std::optional<chat::BotTalk>& to) {
  to = decode_bot_talk(s.text(at));
}
inline void decode(Statement& s, int at, std::optional<chat::OpeningHours>& to) {
  to = decode_hours(s.text(at));
}

}  // namespace parlor::store::sql
