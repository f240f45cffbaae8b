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
  CallJob(std::unique_ptr<dialects::Call<Reply>> call, Answer answer, Markers& markers)
      : call_(std::move(call)), answer_(std::move(answer)), markers_(markers) {}

  store::Lane lane() const { return lane_of(call_->access()); }
  AccountId account() const override { return call_->account(); }
  std::int64_t actor() const override { return call_->caller_key(); }
  std::size_t size() const override { return call_->size(); }
  bool run(chat::Transaction& transaction) override { return call_->run(transaction); }

  void finished(const Error* fault) noexcept override {
    try {
      // The marker first: who has the answer may ask again before this returns.
      if (!fault) move_marker();
      answer_(fault ? call_->encode_fault(*fault) : call_->encode());
    } catch (const std::exception& error) {
      // The answer is lost, and its Responder says 500; the process goes on.
      log::error("an answer could not be encoded: {}", error.what());
    }
  }

 private:
  void move_marker() {
    auto read = call_->page_read();
    if (!read) return;
    markers_.add(call_->caller_key(),
                 {Markers::Kind::read, std::move(read->reader), read->reached});
  }

  std::unique_ptr<dialects::Call<Reply>> call_;
  Answer answer_;
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
                 std::make_unique<Job>(std::move(call), std::move(answer), markers));
    return;
  }
  // A std::function is copied and a job is not: it waits in a box.
  auto job = std::make_shared<std::unique_ptr<Job>>(
      std::make_unique<Job>(std::move(call), std::move(answer), markers));
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
