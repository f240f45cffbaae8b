// The channel of one chat, in which its student's devices hear of it: support:chat:{id} in the
// source's words. Administrators hear by the rooms that their inbox gives them.
#pragma once

#include <string>

#include "base/id.h"

namespace parlor::dialects::student {

inline std::string chat_channel(RoomId chat) { return "student:" + std::to_string(chat.value); }

}  // namespace parlor::dialects::student
