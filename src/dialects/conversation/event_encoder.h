// Events of the domain as conversation-v2's clients are told them (spec, Socket.IO).
#pragma once

#include "delivery/emit.h"

namespace parlor::dialects::conversation {

class ConversationEncoder final : public delivery::EventEncoder {
 public:
  void encode(const chat::Event& event, std::vector<delivery::Emission>& out) const override;
  void encode(const delivery::Typing& typing, std::vector<delivery::Emission>& out) const override;
  void encode(const delivery::Viewers& viewers,
              std::vector<delivery::Emission>& out) const override;
};

}  // namespace parlor::dialects::conversation
