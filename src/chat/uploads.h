// Uploads: a file is stored first, then sent in a message by whoever uploaded it.
//
//   may_upload → the bytes are examined and put into the BlobStore → record_upload
//              → claim_uploads, when a message carries it        → kept with the message
//              → expire_uploads, when no message does within kUnsentUploadLifeMs
//
// Bounds: kMaxUnsentUploads of one visitor, kMaxUnsentUploadsOfTeam of one agent.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/message_draft.h"
#include "chat/transaction.h"
#include "chat/upload.h"

namespace parlor::chat {

inline constexpr std::int64_t kUnsentUploadLifeMs = 24LL * 3600 * 1000;
inline constexpr int kMaxUnsentUploads = 100;
inline constexpr int kMaxUnsentUploadsOfTeam = 1'000;

struct RecordUpload {
  StoredFile file;
  std::string name;  // as the client wrote it
};

// Asked before the file is looked at. too_large for its account (an account that allows
// kMaxAttachmentBytes leaves the limit to the server); rate_limited when too many of the actor's
// uploads are in no message yet.
Result<Ok> may_upload(Transaction& transaction, const Actor& actor, const std::int64_t& bytes);

// For agents and contacts. rate_limited as above.
Result<Upload> record_upload(Transaction& transaction, const Actor& actor,
                             const RecordUpload& input);

// The draft with each of its uploads as the server knows it: type, name, size; nothing when it
// carries none. From then on they are kept. A key that names no upload of the account is a link to
// another server if it came with its URL, else not_found; somebody else's upload is forbidden.
Result<std::optional<MessageDraft>> claim_uploads(Transaction& transaction, const Actor& actor,
                                                  const MessageDraft& draft);

// For whoever holds a signed link, whichever the account. not_found.
Result<Upload> open_upload(Transaction& transaction, const Actor& nobody, const std::string& key);

// One step of the collection, at most 500 uploads: their rows go, and the answer names the blobs
// that nobody needs any more.
inline constexpr int kCollectedInOneStep = 500;
std::vector<std::string> expire_uploads(Transaction& transaction);
// Those of the blobs that have no row.
std::vector<std::string> unknown_blobs(Transaction& transaction,
                                       const std::vector<std::string>& keys);

// The upload as a message carries it; `origin` is where its sender sees this server.
Attachment attachment_of(const Upload& upload, std::string origin);

}  // namespace parlor::chat
