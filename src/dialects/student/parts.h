// What the calls of the student dialect are built with. Outlives every handler made with it.
#pragma once

#include <string>

#include "chat/responder.h"
#include "dialects/common/endpoint.h"
#include "dialects/common/upload_intake.h"
#include "dialects/student/bot_workshop.h"

namespace parlor::dialects::student {

inline constexpr const char* kBasePath = "/api/support";

struct Parts {
  const Services& services;  // whose errors are this dialect's
  UploadIntake& uploads;
  const chat::Responder* responder;  // null: the chats go to people
  BotWorkshop& workshop;

  std::string path(std::string_view call) const { return kBasePath + std::string(call); }
};

}  // namespace parlor::dialects::student
