// Links to uploaded files: whoever has one may open the file until it ends, without any header.
// That is what <img> and <audio> need.
//
//   https://chat.example.com/attachment/KEY?e=1759923000&s=SIGNATURE
//   https://chat.example.com/attachment/KEY/thumbnail?e=…&s=…
//
// A link lives for kShortestLifeSeconds to twice that; those made within one period are the same,
// so that browsers find a picture in their cache when a page is read again. They are made anew at
// each read, and never stored.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "chat/blob_store.h"
#include "net/http_types.h"

namespace parlor::dialects {

inline constexpr const char* kAttachmentPath = "/attachment";

// Signs links and checks them. Thread-safe once the key is set.
class LinkSigner {
 public:
  static constexpr std::int64_t kShortestLifeSeconds = 12 * 3600;

  // `public_url` as configured, may be empty. `clock` outlives it.
  LinkSigner(const Clock& clock, std::string public_url)
      : clock_(clock), public_url_(std::move(public_url)) {}

  // Before any link is made or checked: secret bytes that outlive the process.
  void set_key(std::string key) { key_ = std::move(key); }

  // Where the answers' reader sees this server: the public URL, else what the request says.
  std::string origin_of(const net::HttpRequest& request) const;
  const std::string& public_url() const { return public_url_; }

  // "/attachment/…?e=…&s=…"
  std::string path(std::string_view blob_key, chat::BlobPart part) const;
  // Seconds until the link ends. Nothing when it has ended, or is none of ours.
  std::optional<std::int64_t> seconds_left(std::string_view blob_key, chat::BlobPart part,
                                           const net::QueryParams& query) const;

 private:
  std::string signature(std::string_view blob_key, chat::BlobPart part, std::string_view end) const;

  const Clock& clock_;
  const std::string public_url_;
  std::string key_;
};

// "https://shop.example:8443" of the Host header; empty when that is malformed.
std::string request_origin(const net::HttpRequest& request);

// The key of the blob that a link of this server names, whoever signed it and whenever it ended:
// whether the upload is the sender's is chat's to say. Nothing for other URLs.
std::optional<std::string> linked_blob(std::string_view url);

// What an answer needs to show links: the signer, and where its reader sees the server. Empty:
// where the sender of each file saw it.
struct Links {
  const LinkSigner& signer;
  std::string origin;

  std::string to(std::string_view blob_key, chat::BlobPart part,
                 std::string_view sender_origin) const;
};

}  // namespace parlor::dialects
