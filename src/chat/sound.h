// Messages that are sound: a file whose first attachment is audio.
#pragma once

#include "chat/message.h"

namespace parlor::chat {

inline bool is_sound(const Message& message) {
  return message.type == MessageType::file && !message.attachments.empty() &&
         message.attachments.front().type.starts_with("audio/");
}

}  // namespace parlor::chat
