#include "net/websocket_handshake.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>

#include "net/text.h"

namespace parlor::net {
namespace {

constexpr std::string_view kGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
constexpr std::size_t kKeyCharacters = 24;  // 16 bytes in base64

bool is_key(std::string_view key) {
  if (key.size() != kKeyCharacters || key.substr(22) != "==") return false;
  return std::all_of(key.begin(), key.begin() + 22, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/';
  });
}

}  // namespace

bool wants_websocket(const HttpRequest& request) {
  return has_token(request.header("Upgrade"), "websocket");
}

int check_handshake(const HttpRequest& request) {
  bool asks_connection = false;
  for (const auto& [name, value] : request.headers.all()) {
    if (equals_ignoring_case(name, "Connection") && has_token(value, "upgrade")) {
      asks_connection = true;
    }
  }
  if (request.method != Method::get || request.is_http_1_0 || !asks_connection) return 400;
  if (trim(request.header("Sec-WebSocket-Version")) != "13") return 426;
  return is_key(trim(request.header("Sec-WebSocket-Key"))) ? 0 : 400;
}

std::string accept_of(std::string_view key) {
  std::string text(trim(key));
  text += kGuid;
  unsigned char digest[SHA_DIGEST_LENGTH];
  SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  unsigned char encoded[32];
  const int size = EVP_EncodeBlock(encoded, digest, sizeof(digest));
  return {reinterpret_cast<char*>(encoded), static_cast<std::size_t>(size)};
}

}  // namespace parlor::net
