#include "dialects/common/attachment_links.h"

#include <charconv>

#include "base/digest.h"

namespace parlor::dialects {
namespace {

constexpr std::size_t kSignatureBytes = 16;
constexpr std::size_t kMostHostBytes = 255;

std::string_view name_of(chat::BlobPart part) {
  return part == chat::BlobPart::thumbnail ? "/thumbnail" : "";
}

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string request_origin(const net::HttpRequest& request) {
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]";
  const auto host = request.host();
  if (host.empty() || host.size() > kMostHostBytes ||
      host.find_first_not_of(kAllowed) != std::string_view::npos) {
    return {};
  }
  std::string origin = request.is_secure ? "https://" : "http://";
  origin += host;
  return origin;
}

std::string LinkSigner::origin_of(const net::HttpRequest& request) const {
  return public_url_.empty() ? request_origin(request) : public_url_;
}

std::string LinkSigner::signature(std::string_view blob_key, chat::BlobPart part,
                                  std::string_view end) const {
  std::string message(kAttachmentPath);
  message.append("/").append(blob_key).append(name_of(part)).append("?").append(end);
  return base64url_encode(hmac_sha256(key_, message).substr(0, kSignatureBytes));
}

std::string LinkSigner::path(std::string_view blob_key, chat::BlobPart part) const {
  const auto period = clock_.now().seconds() / kShortestLifeSeconds;
  const auto end = std::to_string((period + 2) * kShortestLifeSeconds);
  std::string path(kAttachmentPath);
  path.append("/").append(blob_key).append(name_of(part)).append("?e=").append(end);
  path.append("&s=").append(signature(blob_key, part, end));
  return path;
}

std::optional<std::int64_t> LinkSigner::seconds_left(std::string_view blob_key, chat::BlobPart part,
                                                     const net::QueryParams& query) const {
  const auto end = query.get("e").value_or("");
  const auto given = query.get("s").value_or("");
  if (!chat::is_blob_key(blob_key)) return std::nullopt;
  if (!equal_in_constant_time(given, signature(blob_key, part, end))) return std::nullopt;
  const auto left = number_of(end).value_or(0) - clock_.now().seconds();
  if (left <= 0) return std::nullopt;
  return left;
}

std::optional<std::string> linked_blob(std::string_view url) {
  const auto question = url.find('?');
  if (question == std::string_view::npos) return std::nullopt;
  const auto query = net::QueryParams::parse(url.substr(question + 1));
  if (!query.get("e") || !query.get("s")) return std::nullopt;
  url = url.substr(0, question);
  const std::string before_key = std::string(kAttachmentPath) + "/";
  const auto at = url.rfind(before_key);
  if (at == std::string_view::npos) return std::nullopt;
  url.remove_prefix(at + before_key.size());
  if (!chat::is_blob_key(url)) return std::nullopt;
  return std::string(url);
}

std::string Links::to(std::string_view blob_key, chat::BlobPart part,
                      std::string_view sender_origin) const {
  std::string url = origin.empty() ? std::string(sender_origin) : origin;
  url += signer.path(blob_key, part);
  return url;
}

}  // namespace parlor::dialects
