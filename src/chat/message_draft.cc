#include "chat/message_draft.h"

#include "chat/fields.h"
#include "chat/idempotency.h"
#include "chat/utf8.h"

namespace parlor::chat {

namespace {

constexpr std::size_t kMaxUrlBytes = 2048;
constexpr std::size_t kMaxLabelCharacters = 255;

Failure invalid(std::string message) { return fail(ErrorCode::invalid, std::move(message)); }

// Nothing that a browser would run: no javascript:, no data:.
bool is_fetchable(std::string_view url) {
  const std::string lower = lower_case(url.substr(0, 8));
  const bool absolute = lower.starts_with("https://") || lower.starts_with("http://");
  const bool own_path = lower.starts_with("/") && !lower.starts_with("//");
  return absolute || own_path;
}

Result<Ok> check_attachment(const Attachment& attachment) {
  // What is said of an upload is not taken, see uploads.h.
  if (attachment.upload && attachment.url.empty()) return Ok{};
  auto url = check_required_line("attachment url", attachment.url, kMaxUrlBytes);
  if (!url) return url.failure();
  if (*url != attachment.url || !is_fetchable(*url)) {
    return invalid("attachment url must be an http or https URL");
  }
  auto type = check_line("attachment type", attachment.type, kMaxLabelCharacters);
  if (!type) return type.failure();
  auto name = check_line("attachment name", attachment.name, kMaxLabelCharacters);
  if (!name) return name.failure();
  if (attachment.size < 0) return invalid("attachment size must not be negative");
  return Ok{};
}

Result<Ok> check_content(const MessageDraft& draft) {
  const auto characters = count_characters(draft.content);
  if (!characters) return invalid("content must be valid UTF-8");
  if (*characters > kMaxContentCharacters) {
    return fail(ErrorCode::too_large, "content must have at most " +
                                          std::to_string(kMaxContentCharacters) + " characters");
  }
  const bool blank = trimmed(draft.content).empty();
  const bool worded = draft.type == MessageType::text || draft.type == MessageType::note;
  if (blank && worded) return invalid("content is required");
  if (blank && draft.attachments.empty()) return invalid("content or an attachment is required");
  return Ok{};
}

}  // namespace

Result<Ok> check_draft(const MessageDraft& draft) {
  if (auto content = check_content(draft); !content) return content;
  if (draft.attachments.size() > kMaxAttachments) {
    return invalid("a message has at most " + std::to_string(kMaxAttachments) + " attachments");
  }
  for (const Attachment& attachment : draft.attachments) {
    if (auto checked = check_attachment(attachment); !checked) return checked;
  }
  auto app = check_line("integration_app", draft.integration_app, kMaxNameCharacters);
  if (!app) return app.failure();
  return Ok{};
}

std::string digest_of(const MessageDraft& draft) {
  BodyDigest digest;
  digest.add(static_cast<std::int64_t>(draft.type)).add(draft.content).add(draft.integration_app);
  for (const Attachment& attachment : draft.attachments) {
    digest.add(attachment.upload ? attachment.upload->key : attachment.url);
    digest.add(attachment.type).add(attachment.name).add(attachment.size);
  }
  return digest.finish();
}

}  // namespace parlor::chat
