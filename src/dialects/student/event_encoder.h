// What the student dialect's clients are told of each event: students in their chat's channel, the
// people of the student inbox, each by both names of a pair.
#pragma once

#include "delivery/emit.h"
#include "dialects/common/attachment_links.h"

namespace parlor::dialects::student {

class StudentEncoder final : public delivery::EventEncoder {
 public:
  // `signer` outlives it.
  explicit StudentEncoder(const LinkSigner& signer) : links_{signer, ""} {}
  void encode(const chat::Event& event, std::vector<delivery::Emission>& out) const override;
  bool reaches_others() const override { return false; }
  void encode(const delivery::Typing& typing, std::vector<delivery::Emission>& out) const override;
  void encode(const delivery::Viewers&, std::vector<delivery::Emission>&) const override {}

 private:
  Links links_;
};

}  // namespace parlor::dialects::student
