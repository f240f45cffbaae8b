#include "store/sql/encoding.h"

#include <charconv>
#include <stdexcept>

namespace parlor::store::sql {
namespace {

constexpr int kHoursRadix = 10'000;

[[noreturn]] void damaged() { throw std::runtime_error("a stored list is damaged"); }

void put(std::string& to, std::string_view item) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, item.size()).ptr;
  to.append(digits, end).append(1, ':').append(item);
}

void put(std::string& to, std::int64_t item) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, item).ptr;
  put(to, std::string_view(digits, static_cast<std::size_t>(end - digits)));
}

class Items {
 public:
  explicit Items(std::string_view text) : rest_(text) {}

  bool empty() const { return rest_.empty(); }

  std::string_view take() {
    std::size_t length = 0;
    const auto* end = rest_.data() + rest_.size();
    const auto parsed = std::from_chars(rest_.data(), end, length);
    if (parsed.ec != std::errc() || parsed.ptr == end || *parsed.ptr != ':') damaged();
    rest_.remove_prefix(static_cast<std::size_t>(parsed.ptr - rest_.data()) + 1);
    if (length > rest_.size()) damaged();
    const auto item = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return item;
  }

  std::int64_t take_integer() {
    const auto item = take();
    std::int64_t value = 0;
    const auto parsed = std::from_chars(item.data(), item.data() + item.size(), value);
    if (parsed.ec != std::errc() || parsed.ptr != item.data() + item.size()) damaged();
    return value;
  }

 private:
  std::string_view rest_;
};

}  // namespace

std::string encode_list(const std::vector<std::string>& items) {
  std::string text;
  for (const auto& item : items) put(text, item);
  return text;
}

std::vector<std::string> decode_list(std::string_view text) {
  std::vector<std::string> items;
  for (Items from(text); !from.empty();) items.emplace_back(from.take());
  return items;
}

namespace {

// An upload stands where the URL of others does. No URL begins like that: see message_draft.h.
constexpr std::string_view kUploadMark = "upload:";

std::string place_of(const chat::Attachment& attachment) {
  if (!attachment.upload) return attachment.url;
  const auto& upload = *attachment.upload;
  std::string text(kUploadMark);
  put(text, upload.key);
  put(text, upload.origin);
  put(text, std::int64_t{upload.width});
  put(text, std::int64_t{upload.height});
  put(text, std::int64_t{upload.has_thumbnail});
  if (upload.duration_s > 0) put(text, std::int64_t{upload.duration_s});
  return text;
}

void take_place(std::string_view text, chat::Attachment& attachment) {
  if (!text.starts_with(kUploadMark)) {
    attachment.url = text;
    return;
  }
  Items from(text.substr(kUploadMark.size()));
  auto& upload = attachment.upload.emplace();
  upload.key = from.take();
  upload.origin = from.take();
  upload.width = static_cast<int>(from.take_integer());
  upload.height = static_cast<int>(from.take_integer());
  upload.has_thumbnail = from.take_integer() != 0;
  if (!from.empty()) upload.duration_s = static_cast<int>(from.take_integer());
}

}  // namespace

std::string encode_attachments(const std::vector<chat::Attachment>& attachments) {
  std::string text;
  for (const auto& attachment : attachments) {
    put(text, place_of(attachment));
    put(text, attachment.type);
    put(text, attachment.name);
    put(text, attachment.size);
  }
  return text;
}

std::vector<chat::Attachment> decode_attachments(std::string_view text) {
  std::vector<chat::Attachment> attachments;
  for (Items from(text); !from.empty();) {
    auto& attachment = attachments.emplace_back();
    take_place(from.take(), attachment);
    attachment.type = from.take();
    attachment.name = from.take();
    attachment.size = from.take_integer();
  }
  return attachments;
}

std::string encode_quick_replies(const std::vector<chat::QuickReply>& replies) {
  std::string text;
  for (const auto& reply : replies) {
    put(text, reply.id);
    put(text, reply.text);
  }
  return text;
}

std::vector<chat::QuickReply> decode_quick_replies(std::string_view text) {
  std::vector<chat::QuickReply> replies;
  for (Items from(text); !from.empty();) {
    auto& reply = replies.emplace_back();
    reply.id = from.take();
    reply.text = from.take();
  }
  return replies;
}

std::string encode_student(const std::optional<chat::StudentChat>& chat) {
  std::string text;
  if (!chat) return text;
  put(text, static_cast<std::int64_t>(chat->status));
  put(text, chat->intent);
  put(text, std::int64_t{chat->bot_attempts});
  put(text, chat->language);
  put(text, chat->dialogue);
  put(text, chat->admin.value);
  put(text, chat->escalation_reason);
  put(text, chat->escalated_at.ms);
  put(text, chat->waiting_since.ms);
  put(text, chat->resolved_at.ms);
  put(text, std::int64_t{chat->resolved_by_person});
  put(text, chat->problem_since.ms);
  return text;
}

std::optional<chat::StudentChat> decode_student(std::string_view text) {
  if (text.empty()) return std::nullopt;
  Items from(text);
  chat::StudentChat chat;
  chat.status = static_cast<chat::StudentStatus>(from.take_integer());
  chat.intent = from.take();
  chat.bot_attempts = static_cast<int>(from.take_integer());
  chat.language = from.take();
  chat.dialogue = from.take();
  chat.admin.value = from.take_integer();
  chat.escalation_reason = from.take();
  chat.escalated_at.ms = from.take_integer();
  chat.waiting_since.ms = from.take_integer();
  chat.resolved_at.ms = from.take_integer();
  chat.resolved_by_person = from.take_integer() != 0;
  chat.problem_since.ms = from.take_integer();
  return chat;
}

std::string encode_bot_talk(const std::optional<chat::BotTalk>& talk) {
  std::string text;
  if (!talk) return text;
  put(text, talk->intent);
  put(text, std::int64_t{talk->bot_attempts});
  put(text, talk->language);
  put(text, talk->dialogue);
  put(text, talk->escalation_reason);
  put(text, talk->resolved_at.ms);
  put(text, std::int64_t{talk->resolved_by_person});
  put(text, talk->problem_since.ms);
  return text;
}

std::optional<chat::BotTalk> decode_bot_talk(std::string_view text) {
  if (text.empty()) return std::nullopt;
  Items from(text);
  chat::BotTalk talk;
  talk.intent = from.take();
  talk.bot_attempts = static_cast<int>(from.take_integer());
  talk.language = from.take();
  talk.dialogue = from.take();
  talk.escalation_reason = from.take();
  talk.resolved_at.ms = from.take_integer();
  talk.resolved_by_person = from.take_integer() != 0;
  talk.problem_since.ms = from.take_integer();
  return talk;
}

std::string encode_assignees(const std::vector<chat::Assignee>& assignees) {
  std::string text;
  for (const auto& assignee : assignees) {
    put(text, assignee.agent.value);
    put(text, assignee.assigned_at.ms);
  }
  return text;
}

std::vector<chat::Assignee> decode_assignees(std::string_view text) {
  std::vector<chat::Assignee> assignees;
  for (Items from(text); !from.empty();) {
    auto& assignee = assignees.emplace_back();
    assignee.agent.value = from.take_integer();
    assignee.assigned_at.ms = from.take_integer();
  }
  return assignees;
}

std::string encode_preview(const std::optional<chat::MessagePreview>& preview) {
  std::string text;
  if (!preview) return text;
  put(text, preview->id.value);
  put(text, preview->author.value);
  put(text, static_cast<std::int64_t>(preview->sender));
  put(text, static_cast<std::int64_t>(preview->type));
  put(text, preview->created_at.ms);
  put(text, preview->content);
  return text;
}

std::optional<chat::MessagePreview> decode_preview(std::string_view text) {
  if (text.empty()) return std::nullopt;
  Items from(text);
  chat::MessagePreview preview;
  preview.id.value = from.take_integer();
  preview.author.value = from.take_integer();
  preview.sender = static_cast<chat::SenderKind>(from.take_integer());
  preview.type = static_cast<chat::MessageType>(from.take_integer());
  preview.created_at.ms = from.take_integer();
  preview.content = from.take();
  return preview;
}

// Zone; seven days as from * 10,000 + to, in minutes, or -1; holidays.
std::string encode_hours(const std::optional<chat::OpeningHours>& hours) {
  std::string text;
  if (!hours) return text;
  put(text, hours->timezone);
  for (const auto& day : hours->week) {
    put(text, day ? day->from_minute * std::int64_t{kHoursRadix} + day->to_minute : -1);
  }
  for (const auto& date : hours->holidays) put(text, date);
  return text;
}

std::optional<chat::OpeningHours> decode_hours(std::string_view text) {
  if (text.empty()) return std::nullopt;
  Items items(text);
  chat::OpeningHours hours;
  hours.timezone = items.take();
  for (auto& day : hours.week) {
    const auto both = items.take_integer();
    if (both >= 0)
      day = {static_cast<int>(both / kHoursRadix), static_cast<int>(both % kHoursRadix)};
  }
  while (!items.empty()) hours.holidays.emplace_back(items.take());
  return hours;
}

}  // namespace parlor::store::sql
