#include "app/store_pipeline.h"

#include <utility>

#include "base/log.h"

namespace parlor::app {
namespace {

store::Lane lane_of(dialects::Access access) {
  switch (access) {
    case dialects::Access::read:
      return store::Lane::read;
    case dialects::Access::search:
      return store::Lane::search;
    case dialects::Access::write:
    case dialects::Access::ordered:
      return store::Lane::write;
  }
  return store::Lane::write;
}

// A call as the store runs it.
template <class Reply, class Answer>
class CallJob final : public store::Job {
 public:
  CallJob(std::unique_ptr<dialects::Call<Reply>> call, Answer answer, store::Store& store,
          Markers& markers)
      : call_(std::move(call)), answer_(std::move(answer)), store_(store), markers_(markers) {}

  store::Lane lane() const { return lane_of(call_->access()); }
  AccountId account() const override { return call_->account(); }
  std::int64_t actor() const override { return call_->caller_key(); }
  std::size_t size() const override { return call_->size(); }
  bool run(chat::Transaction& transaction) override { return call_->run(transaction); }

  void finished(const Error* fault) noexcept override {
    try {
      const auto* bot = fault ? nullptr : call_->awaited_bot();
      if (bot && waits_for(*bot)) return;
      // The marker first: who has the answer may ask again before this returns.
      if (!fault) move_marker();
      answer_(fault ? call_->encode_fault(*fault) : call_->encode());
    } catch (const std::exception& error) {
      // The answer is lost, and its Responder says 500; the process goes on.
      log::error("an answer could not be encoded: {}", error.what());
    }
  }

 private:
  // It has done nothing, and comes again when the bot is ready. False: too many wait already.
  bool waits_for(const chat::Responder& bot) {
    const auto account = call_->awaiting_account();
    const auto size = call_->size();
    // It may come again before when_ready() returns.
    const auto again = std::make_shared<std::unique_ptr<CallJob>>(
        std::make_unique<CallJob>(std::move(call_), std::move(answer_), store_, markers_));
    const bool is_taken = bot.when_ready(account, size, [again, &store = store_] {
      const auto lane = (*again)->lane();
      store.submit(lane, std::move(*again));
    });
    if (is_taken) return true;
    call_ = std::move((*again)->call_);
    answer_ = std::move((*again)->answer_);
    return false;
  }

  void move_marker() {
    auto read = call_->page_read();
    if (!read) return;
    markers_.add(call_->caller_key(),
                 {Markers::Kind::read, std::move(read->reader), read->reached});
  }

  std::unique_ptr<dialects::Call<Reply>> call_;
  Answer answer_;
  store::Store& store_;
  Markers& markers_;
};

// Reads run once the caller's own markers are written, so that they see what they have done.
template <class Reply, class Answer>
void submit(store::Store& store, Markers& markers, std::unique_ptr<dialects::Call<Reply>> call,
            Answer answer) {
  using Job = CallJob<Reply, Answer>;
  const auto caller = call->caller_key();
  const auto room = call->marked_room();
  if (lane_of(call->access()) == store::Lane::write) {
    store.submit(store::Lane::write,
                 std::make_unique<Job>(std::move(call), std::move(answer), store, markers));
    return;
  }
  // A std::function is copied and a job is not: it waits in a box.
  auto job = std::make_shared<std::unique_ptr<Job>>(
      std::make_unique<Job>(std::move(call), std::move(answer), store, markers));
  markers.settle(caller, room, [&store, job] {
    const auto lane = (*job)->lane();
    store.submit(lane, std::move(*job));
  });
}

}  // namespace

void StorePipeline::execute(std::unique_ptr<dialects::HttpCall> call, net::Responder respond) {
  submit(store_, markers_, std::move(call), std::move(respond));
}

void StorePipeline::execute(std::unique_ptr<dialects::SocketCall> call,
                            std::function<void(dialects::SocketReply)> reply) {
  submit(store_, markers_, std::move(call), std::move(reply));
}

}  // namespace parlor::app
