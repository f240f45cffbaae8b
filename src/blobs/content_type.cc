#include "blobs/content_type.h"

#include <magic.h>

#include <memory>

#include "base/log.h"

namespace parlor::blobs {
namespace {

constexpr const char* kUnknown = "application/octet-stream";

struct CloseMagic {
  void operator()(magic_set* cookie) const { magic_close(cookie); }
};
using Magic = std::unique_ptr<magic_set, CloseMagic>;

// Nothing is unpacked, and nothing but the type is looked for.
constexpr int kFlags = MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF;

Magic open_magic() {
  Magic magic(magic_open(kFlags));
  if (magic && magic_load(magic.get(), nullptr) == 0) return magic;
  log::error("the types of uploaded files cannot be told: {}",
             magic ? magic_error(magic.get()) : "libmagic does not open");
  return nullptr;
}

bool is_type(std::string_view text) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789/.+-_";
  return text.size() <= 100 && text.find_first_not_of(kAllowed) == std::string_view::npos &&
         text.find('/') != std::string_view::npos;
}

}  // namespace

std::string content_type_of_file(const std::string& path) {
  thread_local const Magic magic = open_magic();
  if (!magic) return kUnknown;
  const char* type = magic_file(magic.get(), path.c_str());
  // Kinds that no standard names ("inode/x-empty") say nothing to a client.
  if (!type || !is_type(type) || std::string_view(type).starts_with("inode/")) return kUnknown;
  return type;
}

}  // namespace parlor::blobs
