// Runs a function in the store and gives its result to another: the job behind everything that is
// not a dialect's call (looking up keys, logging in, the command line).
#pragma once

#include <future>
#include <memory>
#include <utility>

#include "base/log.h"
#include "store/store.h"

namespace parlor::app {

// `Run`: Result<T>(chat::Transaction&), may run more than once. `Done`: void(Result<T>), called
// once.
template <class Run, class Done>
class FunctionJob final : public store::Job {
 public:
  FunctionJob(AccountId account, Run run, Done done)
      : account_(account), run_(std::move(run)), done_(std::move(done)) {}

  AccountId account() const override { return account_; }
  std::int64_t actor() const override { return 0; }
  std::size_t size() const override { return sizeof(*this); }

  bool run(chat::Transaction& transaction) override {
    result_ = run_(transaction);
    return result_.has_value();
  }

  void finished(const Error* fault) noexcept override {
    try {
      if (fault) result_ = Failure(*fault);
      done_(std::move(result_));
    } catch (const std::exception& error) {
      // Whoever waits for an answer has a Responder, which says 500.
      log::error("the end of a job failed: {}", error.what());
    }
  }

 private:
  using Output = std::invoke_result_t<Run&, chat::Transaction&>;

  AccountId account_;
  Run run_;
  Done done_;
  Output result_ = fail(ErrorCode::unavailable, "not run");
};

template <class Run, class Done>
std::unique_ptr<store::Job> make_job(AccountId account, Run run, Done done) {
  return std::make_unique<FunctionJob<Run, Done>>(account, std::move(run), std::move(done));
}

// Runs it and waits. Never on a thread of the store, a shard or the publisher.
template <class Run>
auto run_and_wait(store::Store& store, store::Lane lane, Run run) {
  using Output = std::invoke_result_t<Run&, chat::Transaction&>;
  auto promise = std::make_shared<std::promise<Output>>();
  auto future = promise->get_future();
  store.submit(lane, make_job(AccountId{}, std::move(run),
                              [promise](Output output) { promise->set_value(std::move(output)); }));
  return future.get();
}

}  // namespace parlor::app
