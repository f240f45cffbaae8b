#include "dialects/common/attachment_download.h"

#include <algorithm>
#include <array>

#include "chat/uploads.h"

namespace parlor::dialects {
namespace {

struct OpenFile {
  std::string key;
  chat::BlobPart part = chat::BlobPart::original;
  std::string path;
  std::int64_t seconds_left = 0;
  std::string known_tag;  // If-None-Match
};

constexpr const char* kThumbnailType = "image/webp";

Result<chat::Upload> open_file(chat::Transaction& transaction, const chat::Actor& nobody,
                               const OpenFile& input) {
  auto upload = chat::open_upload(transaction, nobody, input.key);
  if (!upload) return upload;
  if (input.part == chat::BlobPart::thumbnail && !upload->file.has_thumbnail) {
    return fail(ErrorCode::not_found, "Attachment not found");
  }
  return upload;
}

// Nothing in a file may do anything, whatever a browser takes it for. A PDF is left to its viewer,
// which a policy would keep from starting.
void forbid_everything(net::Headers& headers, std::string_view type) {
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Referrer-Policy", "no-referrer");
  headers.set("Cross-Origin-Resource-Policy", "cross-origin");
  headers.set("Access-Control-Allow-Origin", "*");
  if (type == "application/pdf") return;
  headers.set("Content-Security-Policy",
              "default-src 'none'; img-src 'self'; media-src 'self'; "
              "style-src 'unsafe-inline'; sandbox");
}

net::HttpResponse encode_file(const chat::Actor&, const OpenFile& input,
                              const chat::Upload& upload) {
  const bool is_thumbnail = input.part == chat::BlobPart::thumbnail;
  const auto shown = presentation_of(is_thumbnail ? kThumbnailType : upload.file.type);
  // A blob never changes: its key says which content it is.
  const std::string tag = "\"" + input.key + (is_thumbnail ? "-t\"" : "\"");
  auto response = input.known_tag == tag ? net::HttpResponse::empty(304)
                                         : net::HttpResponse::file(input.path, shown.type);
  response.headers.set("ETag", tag);
  response.headers.set("Cache-Control",
                       "private, immutable, max-age=" + std::to_string(input.seconds_left));
  response.headers.set("Content-Disposition", content_disposition(shown.is_inline, upload.name));
  forbid_everything(response.headers, shown.type);
  return response;
}

bool is_attribute_character(unsigned char c) {
  constexpr std::string_view kMarks = "!#$&+-.^_`|~";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         kMarks.find(static_cast<char>(c)) != std::string_view::npos;
}

}  // namespace

Presentation presentation_of(std::string_view type) {
  constexpr std::array<std::string_view, 24> kInline = {
      "image/jpeg",  "image/png",           "image/gif",       "image/webp",     "image/avif",
      "image/bmp",   "audio/mpeg",          "audio/mp4",       "audio/x-m4a",    "audio/m4a",
      "audio/aac",   "audio/x-hx-aac-adts", "audio/ogg",       "audio/webm",     "audio/wav",
      "audio/x-wav", "audio/flac",          "audio/x-flac",    "video/mp4",      "video/webm",
      "video/ogg",   "video/quicktime",     "application/ogg", "application/pdf"};
  if (std::find(kInline.begin(), kInline.end(), type) != kInline.end()) {
    return {true, std::string(type)};
  }
  return {false, "application/octet-stream"};
}

std::string content_disposition(bool is_inline, std::string_view file_name) {
  constexpr char kHexDigits[] = "0123456789ABCDEF";
  std::string ascii;
  std::string encoded;
  bool is_plain = true;
  for (const char c : file_name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_safe = byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\' && c != '%';
    is_plain = is_plain && is_safe;
    // One mark for each letter that ASCII has not: what continues one is left out.
    if (is_safe)
      ascii += c;
    else if ((byte & 0xC0) != 0x80)
      ascii += '_';
    if (is_attribute_character(byte)) {
      encoded += c;
    } else {
      encoded += {'%', kHexDigits[byte >> 4], kHexDigits[byte & 15]};
    }
  }
  std::string header = is_inline ? "inline" : "attachment";
  header.append("; filename=\"").append(ascii).append("\"");
  if (!is_plain) header.append("; filename*=UTF-8''").append(encoded);
  return header;
}

void add_attachment_downloads(net::Router& router, const Services& services,
                              const chat::BlobStore& blobs) {
  const auto serve_part = [&services, &blobs](chat::BlobPart part) {
    return [&services, &blobs, part](const net::HttpRequest& request, net::Responder respond) {
      const std::string key(request.param("key"));
      const auto seconds_left = services.links.seconds_left(key, part, request.query());
      if (!seconds_left) {
        return respond(services.encode_error(
            {ErrorCode::forbidden, "this link has ended: read the message again for a new one"}));
      }
      OpenFile input{key, part, blobs.path(key, part), *seconds_left,
                     std::string(request.header("If-None-Match"))};
      services.pipeline.execute(
          make_call(CallParts<net::HttpResponse, OpenFile, chat::Upload>{
              Access::read, Anonymous{address_key_of(request.client_address)}, std::move(input),
              open_file, encode_file, services.encode_error}),
          std::move(respond));
    };
  };
  router.add(net::Method::get, "/attachment/:key", serve_part(chat::BlobPart::original));
  router.add(net::Method::get, "/attachment/:key/thumbnail", serve_part(chat::BlobPart::thumbnail));
}

}  // namespace parlor::dialects
