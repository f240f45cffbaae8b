// Opening hours as people say them, in the two languages of students' chats.
//
//   Mon–Fri 09:00–17:00, Sat 10:00–14:00 (Europe/Berlin)
#pragma once

#include <string>
#include <string_view>

#include "chat/opening_hours.h"

namespace parlor::chat {

// `language`: "ar", else English. Holidays are left out.
std::string speak_hours(const OpeningHours& hours, std::string_view language);

}  // namespace parlor::chat
