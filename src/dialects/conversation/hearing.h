// What a visitor writes where a bot may answer: who will is asked first, in a read, and what the
// text says to that bot is found before the write begins.
//
//   decode ─▶ does a bot answer there, and whose? (read) ─▶ hear ─▶ the call itself (write)
//
// Where no account's bot answers visitors nobody asks.
#pragma once

#include <memory>
#include <utility>

#include "base/id.h"
#include "chat/bot_room.h"
#include "chat/responder.h"
#include "dialects/common/endpoint.h"

namespace parlor::dialects::conversation {

// The account, as the read's answer carries it to the write; 0 = nobody's bot.
AccountId account_heard(const net::HttpResponse& answer);
// The read. Who may not write there is told so by the write.
std::unique_ptr<HttpCall> ask_for_bot(const Services& services, const Caller& caller,
                                      const chat::WriteAhead& ahead);

template <class Input, class Output>
struct HeardEndpoint {
  Result<Input> (*decode)(const net::HttpRequest&) = nullptr;
  Result<Output> (*use_case)(chat::Transaction&, const chat::Actor&, const Input&) = nullptr;
  net::HttpResponse (*encode)(const chat::Actor&, const Input&, const Output&) = nullptr;
  net::HttpResponse (*encode_with)(const Links&, const chat::Actor&, const Input&,
                                   const Output&) = nullptr;
  chat::WriteAhead (*ahead)(const Input&) = nullptr;
  const std::string& (*text)(const Input&) = nullptr;
};

template <class Input, class Output>
class HeardCall {
 public:
  HeardCall(const Services& services, const chat::Responder* responder,
            HeardEndpoint<Input, Output> endpoint)
      : services_(services), responder_(responder), endpoint_(endpoint) {}

  void operator()(Caller caller, const net::HttpRequest& asked, net::Responder answer) const {
    const auto admitted = admit_write(services_, caller, asked);
    if (!admitted) return answer(services_.encode_error(admitted.error()));
    auto input = endpoint_.decode(asked);
    if (!input) return refuse(services_, std::move(caller), input.error(), std::move(answer));
    input->bot.responder = responder_;
    const auto ahead = endpoint_.ahead(*input);
    const auto waiting = std::make_shared<Waiting>(
        Waiting{std::move(caller), std::move(*input), asked.body.size(),
                Links{services_.links, services_.links.origin_of(asked)}, std::move(answer)});
    if (!responder_ || !responder_->answers_visitors()) return write(*waiting);
    services_.pipeline.execute(
        ask_for_bot(services_, waiting->caller, ahead),
        net::Responder::to([call = *this, waiting](const net::HttpResponse& answered) {
          const auto account = account_heard(answered);
          if (account) {
            waiting->input.bot =
                chat::hear(call.responder_, account, call.endpoint_.text(waiting->input));
          }
          call.write(*waiting);
        }));
  }

 private:
  struct Waiting {
    Caller caller;
    Input input;
    std::size_t size;
    Links links;
    net::Responder respond;
  };

  void write(Waiting& waiting) const {
    services_.pipeline.execute(
        make_call(CallParts<net::HttpResponse, Input, Output>{
            Access::write, std::move(waiting.caller), std::move(waiting.input), endpoint_.use_case,
            endpoint_.encode, services_.encode_error, waiting.size, nullptr, endpoint_.encode_with,
            std::move(waiting.links)}),
        std::move(waiting.respond));
  }

  const Services& services_;
  const chat::Responder* responder_;
  HeardEndpoint<Input, Output> endpoint_;
};

// For visitors.
template <class Input, class Output>
net::HttpHandler serve_heard(const Services& services, const chat::Responder* responder,
                             HeardEndpoint<Input, Output> endpoint) {
  const HeardCall<Input, Output> call(services, responder, endpoint);
  return [&services, call](net::HttpRequest request, net::Responder respond) {
    identify(services, Callers::visitors, std::move(request), std::move(respond), call);
  };
}

}  // namespace parlor::dialects::conversation
