// One Engine.IO packet on its way out: immutable, made once, shared by all its receivers.
//
// Thread-safe once made (nothing changes). A transport that wants to keep its own form of the
// packet beside it (a finished WebSocket frame) derives from Message.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace parlor::socketio {

class Message {
 public:
  Message(bool binary, std::string bytes) : bytes_(std::move(bytes)), binary_(binary) {}
  virtual ~Message() = default;
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;

  // Text packets with their type character ("42[…]"); binary packets as they are.
  std::string_view bytes() const { return bytes_; }
  bool binary() const { return binary_; }
  std::size_t size() const { return bytes_.size(); }

 private:
  std::string bytes_;
  bool binary_;
};

using MessagePtr = std::shared_ptr<const Message>;

inline MessagePtr make_text(std::string packet) {
  return std::make_shared<const Message>(false, std::move(packet));
}
inline MessagePtr make_binary(std::string bytes) {
  return std::make_shared<const Message>(true, std::move(bytes));
}

}  // namespace parlor::socketio
