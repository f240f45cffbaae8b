#include "dialects/conversation/hearing.h"

#include <charconv>
#include <optional>
#include <string>

namespace parlor::dialects::conversation {

namespace {

constexpr int kOk = 200;

net::HttpResponse spell(const chat::Actor&, const chat::WriteAhead&,
                        const std::optional<AccountId>& account) {
  return net::HttpResponse::text(kOk, std::to_string(account.value_or(AccountId{}).value));
}

}  // namespace

AccountId account_heard(const net::HttpResponse& answer) {
  AccountId account;
  if (answer.status != kOk) return account;
  const std::string_view text = answer.body;
  std::from_chars(text.data(), text.data() + text.size(), account.value);
  return account;
}

std::unique_ptr<HttpCall> ask_for_bot(const Services& services, const Caller& caller,
                                      const chat::WriteAhead& ahead) {
  return make_call(CallParts<net::HttpResponse, chat::WriteAhead, std::optional<AccountId>>{
      Access::read, caller, ahead, chat::find_bot_ahead, spell, services.encode_error});
}

}  // namespace parlor::dialects::conversation
