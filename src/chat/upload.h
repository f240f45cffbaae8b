// A file that somebody has uploaded, to send it in a message. Its bytes are in the BlobStore.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"

namespace parlor::chat {

// What the server has found out about an uploaded file.
struct StoredFile {
  std::string key;   // of its blob
  std::string type;  // a MIME type, from the content
  std::int64_t size = 0;
  int width = 0;  // of images, in pixels as they are shown; 0 = unknown
  int height = 0;
  bool has_thumbnail = false;
  int duration_s = 0;  // of sound; 0 = unknown

  friend bool operator==(const StoredFile&, const StoredFile&) = default;
};

struct Upload {
  AccountId account;
  ConversationId uploader;
  StoredFile file;
  std::string name;  // safe_file_name()
  Timestamp created_at;
  Timestamp sent_at;  // 0 = in no message yet

  friend bool operator==(const Upload&, const Upload&) = default;
};

// Uploads by the keys of their blobs: part of a Transaction.
class Uploads {
 public:
  virtual ~Uploads() = default;
  virtual std::optional<Upload> find(std::string_view key) = 0;  // of any account
  // How many of this uploader are in no message yet, counted up to `limit`.
  virtual int count_unsent(AccountId, ConversationId uploader, int limit) = 0;
  virtual void insert(const Upload&) = 0;
  virtual void mark_sent(AccountId, std::string_view key, Timestamp at) = 0;
  // Deletes those of all accounts that were made before `made_before` and are in no message, at
  // most `limit`, oldest first; answers their keys.
  virtual std::vector<std::string> remove_unsent(Timestamp made_before, int limit) = 0;
};

}  // namespace parlor::chat
