#include "chat/blob_store.h"

#include <algorithm>

#include "base/digest.h"

namespace parlor::chat {

bool is_blob_key(std::string_view text) {
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return text.size() == kBlobKeyCharacters && std::all_of(text.begin(), text.end(), is_digit);
}

std::string make_blob_key() { return hex_encode(random_bytes(kBlobKeyCharacters / 2)); }

}  // namespace parlor::chat
