#include "chat/canned_reply.h"

#include <gtest/gtest.h>

namespace parlor::chat {
namespace {

CannedValues values() { return {"Vera", "vera@example.com", "", "Ann", "Support"}; }

TEST(CannedText, IsFilledIn) {
  const std::pair<const char*, const char*> cases[] = {
      {"Hello", "Hello"},
      {"", ""},
      {"Hello {{contact.name}}!", "Hello Vera!"},
      {"{{ contact.name }}{{agent.name}}", "VeraAnn"},
      {"{{contact.name | you}}, this is {{agent.name}} of {{inbox.name}}",
       "Vera, this is Ann of Support"},
      {"We call {{contact.phone|you}}", "We call you"},
      {"We call {{contact.phone | back | soon}}", "We call back | soon"},
      {"We call {{contact.phone}}.", "We call ."},
      {"مرحباً {{contact.name | صديقنا}}", "مرحباً Vera"},
      {"a { b } {{contact.email}}", "a { b } vera@example.com"},
  };
  for (const auto& [text, rendered] : cases) {
    EXPECT_EQ(render_canned(text, values()), rendered) << text;
    EXPECT_TRUE(check_canned_text(text)) << text;
  }
}

TEST(CannedText, WithAnUnknownVariableIsRefusedAndStaysAsItIs) {
  for (const std::string text : {"{{contact.password}}", "{{}}", "{{ | x}}", "{{contact.name",
                                 "a {{{{ b", "{{Contact.Name}}"}) {
    EXPECT_EQ(check_canned_text(text).error().code, ErrorCode::invalid) << text;
    EXPECT_EQ(render_canned(text, values()), text);
  }
  const auto refused = check_canned_text("Hi {{contact.nam}}");
  EXPECT_NE(refused.error().message.find("contact.name"), std::string::npos) << "says what may be";
}

TEST(CannedText, NeverReadsAValueAsAVariable) {
  auto mischievous = values();
  mischievous.contact_name = "{{agent.name}}";
  EXPECT_EQ(render_canned("Hi {{contact.name}}", mischievous), "Hi {{agent.name}}");
}

}  // namespace
}  // namespace parlor::chat
