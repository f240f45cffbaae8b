#include "chat/uploads.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "chat/file_name.h"

namespace parlor::chat {

namespace {

constexpr std::chrono::minutes kWaitForQuota{10};

Failure no_such_upload() {
  return fail(ErrorCode::not_found, "Attachment not found: upload the file again");
}

}  // namespace

Result<Ok> may_upload(Transaction& transaction, const Actor& actor, const std::int64_t& bytes) {
  const auto limit = transaction.account_settings().find(actor.account).attachment_bytes;
  if (limit < kMaxAttachmentBytes && bytes > limit) {
    return fail(ErrorCode::too_large,
                "the file is too large: the limit is " + std::to_string(limit) + " bytes");
  }
  const int most = actor.is_team() ? kMaxUnsentUploadsOfTeam : kMaxUnsentUploads;
  if (transaction.uploads().count_unsent(actor.account, actor.conversation, most) < most) {
    return Ok{};
  }
  return Failure(Error{ErrorCode::rate_limited,
                       std::to_string(most) + " uploaded files wait to be sent: send some of them",
                       kWaitForQuota});
}

Result<Upload> record_upload(Transaction& transaction, const Actor& actor,
                             const RecordUpload& input) {
  if (auto allowed = may_upload(transaction, actor, input.file.size); !allowed)
    return allowed.failure();
  Upload upload{actor.account,     actor.conversation,
                input.file,        safe_file_name(input.name),
                transaction.now(), {}};
  transaction.uploads().insert(upload);
  return upload;
}

Result<std::optional<MessageDraft>> claim_uploads(Transaction& transaction, const Actor& actor,
                                                  const MessageDraft& draft) {
  const bool has_uploads = std::any_of(draft.attachments.begin(), draft.attachments.end(),
                                       [](const Attachment& a) { return a.upload.has_value(); });
  if (!has_uploads) return std::optional<MessageDraft>();
  MessageDraft claimed = draft;
  for (Attachment& attachment : claimed.attachments) {
    if (!attachment.upload) continue;
    const auto upload = transaction.uploads().find(attachment.upload->key);
    if (!upload || upload->account != actor.account) {
      if (attachment.url.empty()) return no_such_upload();
      attachment.upload.reset();
      continue;
    }
    if (upload->uploader != actor.conversation) {
      return fail(ErrorCode::forbidden, "Not your upload: send files that you uploaded yourself");
    }
    if (upload->sent_at.ms == 0) {
      transaction.uploads().mark_sent(actor.account, upload->file.key, transaction.now());
    }
    attachment = attachment_of(*upload, std::move(attachment.upload->origin));
  }
  return std::optional<MessageDraft>(std::move(claimed));
}

Result<Upload> open_upload(Transaction& transaction, const Actor&, const std::string& key) {
  auto upload = transaction.uploads().find(key);
  if (!upload) return fail(ErrorCode::not_found, "Attachment not found");
  return std::move(*upload);
}

std::vector<std::string> expire_uploads(Transaction& transaction) {
  return transaction.uploads().remove_unsent(transaction.now() + -kUnsentUploadLifeMs,
                                             kCollectedInOneStep);
}

std::vector<std::string> unknown_blobs(Transaction& transaction,
                                       const std::vector<std::string>& keys) {
  std::vector<std::string> unknown;
  for (const auto& key : keys) {
    if (!transaction.uploads().find(key)) unknown.push_back(key);
  }
  return unknown;
}

Attachment attachment_of(const Upload& upload, std::string origin) {
  const auto& file = upload.file;
  return {"", file.type, upload.name, file.size,
          AttachedUpload{file.key, std::move(origin), file.width, file.height, file.has_thumbnail,
                         file.duration_s}};
}

}  // namespace parlor::chat
