// A Call: one decoded request, ready to run inside a transaction, and able to say its answer
// afterwards.
//
//   decode (I/O thread) ─▶ Call ─▶ run (a thread of the store) ─▶ encode (behind the commit) ─▶
//   reply
//
// A dialect makes it with make_call from four parts: who is calling, what they ask, the use case,
// the encoding. run() may be called more than once, each time with a fresh transaction; the last
// time counts.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "base/result.h"
#include "chat/access.h"
#include "chat/actor.h"
#include "chat/reading.h"
#include "chat/responder.h"
#include "chat/transaction.h"
#include "dialects/common/attachment_links.h"
#include "dialects/common/caller.h"

namespace parlor::dialects {

// ordered: writes nothing, but asks what the Publisher's thread remembers (chat/membership.h), in
// its place among the writes; it is answered on that thread.
enum class Access { read, search, write, ordered };

// That a reader has been given a room's newest page, which marks it read in a write of its own.
struct PageRead {
  chat::Actor reader;
  chat::ReachMessage reached;
};

// `Reply` is what the transport sends: an HTTP response, or the argument of an acknowledgement.
template <class Reply>
class Call {
 public:
  virtual ~Call() = default;
  virtual Access access() const = 0;
  virtual AccountId account() const = 0;
  virtual std::int64_t caller_key() const = 0;  // see caller_key_of
  virtual std::size_t size() const = 0;         // bytes it holds while it waits
  virtual bool run(chat::Transaction& transaction) = 0;
  virtual Reply encode() = 0;
  virtual Reply encode_fault(const Error& fault) = 0;
  // What follows from a successful run, if anything.
  virtual std::optional<PageRead> page_read() const = 0;
  // The one room whose markers the answer shows; none: it may show any.
  virtual std::optional<RoomId> marked_room() const = 0;
  // The run was refused because a bot still learns: which, and of which account; null: it was not.
  // It may be run again when that is ready.
  virtual const chat::Responder* awaited_bot() const = 0;
  virtual AccountId awaiting_account() const = 0;
};

// The parts of a call in the order in which they are used.
template <class Reply, class Input, class Output>
struct CallParts {
  Access access = Access::read;
  Caller caller;
  Input input;
  Result<Output> (*use_case)(chat::Transaction&, const chat::Actor&, const Input&) = nullptr;
  Reply (*encode)(const chat::Actor&, const Input&, const Output&) = nullptr;
  Reply (*encode_error)(const Error&) = nullptr;
  std::size_t size = 0;  // of the input, roughly
  std::optional<chat::ReachMessage> (*reads)(const Input&, const Output&) = nullptr;  // optional
  // In the place of encode, for answers that show links to files.
  Reply (*encode_with)(const Links&, const chat::Actor&, const Input&, const Output&) = nullptr;
  std::optional<Links> links = std::nullopt;      // with encode_with
  RoomId (*marked_room)(const Input&) = nullptr;  // optional
};

template <class Reply, class Input, class Output>
class TypedCall final : public Call<Reply> {
 public:
  explicit TypedCall(CallParts<Reply, Input, Output> parts) : parts_(std::move(parts)) {}

  Access access() const override { return parts_.access; }
  AccountId account() const override { return account_of(parts_.caller); }
  std::int64_t caller_key() const override { return caller_key_of(parts_.caller); }
  std::size_t size() const override { return sizeof(*this) + parts_.size; }

  bool run(chat::Transaction& transaction) override {
    auto actor = resolve(transaction, parts_.caller,
                         parts_.access == Access::write ? Mode::write : Mode::read);
    if (!actor) {
      output_ = actor.failure();
      return false;
    }
    actor_ = std::move(*actor);
    if (parts_.access == Access::write) {
      if (auto allowed = chat::require_unblocked(actor_); !allowed) {
        output_ = allowed.failure();
        return false;
      }
    }
    // Asked before: whoever is refused for it has to be told apart when it has become ready since.
    const auto* learning = learning_bot();
    output_ = parts_.use_case(transaction, actor_, parts_.input);
    awaited_bot_ = nullptr;
    if (!output_) {
      if (output_.error().code == ErrorCode::unavailable) awaited_bot_ = learning;
      return false;
    }
    if (parts_.access == Access::write) keep_alive(transaction, parts_.caller, actor_);
    return true;
  }

  Reply encode() override {
    if (!output_) return parts_.encode_error(output_.error());
    if (parts_.encode_with) {
      return parts_.encode_with(*parts_.links, actor_, parts_.input, *output_);
    }
    return parts_.encode(actor_, parts_.input, *output_);
  }

  Reply encode_fault(const Error& fault) override { return parts_.encode_error(fault); }

  std::optional<PageRead> page_read() const override {
    if (!parts_.reads || !output_) return std::nullopt;
    auto reached = parts_.reads(parts_.input, *output_);
    if (!reached) return std::nullopt;
    return PageRead{actor_, *reached};
  }

  std::optional<RoomId> marked_room() const override {
    if (!parts_.marked_room) return std::nullopt;
    return parts_.marked_room(parts_.input);
  }

  const chat::Responder* awaited_bot() const override { return awaited_bot_; }
  AccountId awaiting_account() const override { return actor_.account; }

 private:
  const chat::Responder* learning_bot() const {
    if constexpr (requires { parts_.input.bot.understood; }) {
      return chat::awaited_bot(parts_.input.bot, actor_.account);
    } else {
      return nullptr;
    }
  }

  CallParts<Reply, Input, Output> parts_;
  chat::Actor actor_;
  const chat::Responder* awaited_bot_ = nullptr;
  Result<Output> output_ = fail(ErrorCode::unavailable, "not run");
};

template <class Reply, class Input, class Output>
std::unique_ptr<Call<Reply>> make_call(CallParts<Reply, Input, Output> parts) {
  return std::make_unique<TypedCall<Reply, Input, Output>>(std::move(parts));
}

}  // namespace parlor::dialects
