// The fixture of the contract suite: an open store, and use cases as lambdas.
#pragma once

#include <gmock/gmock.h>

#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "contract/store_under_test.h"

namespace parlor::store {

using UseCase = std::function<bool(chat::Transaction&)>;
using Completion = std::function<void(const Error*)>;

class FunctionJob final : public Job {
 public:
  FunctionJob(UseCase use_case, Completion completion)
      : use_case_(std::move(use_case)), completion_(std::move(completion)) {}

  AccountId account_id{1};
  std::int64_t actor_id = 1;
  std::size_t bytes = 100;

  AccountId account() const override { return account_id; }
  std::int64_t actor() const override { return actor_id; }
  std::size_t size() const override { return bytes; }
  bool run(chat::Transaction& transaction) override { return use_case_(transaction); }
  void finished(const Error* fault) noexcept override { completion_(fault); }

 private:
  UseCase use_case_;
  Completion completion_;
};

// Remembers the groups, and finishes their jobs.
class RecordingListener final : public CommitListener {
 public:
  void committed(std::vector<FinishedJob> group) override;
  std::vector<std::size_t> group_sizes();
  std::vector<std::int64_t> event_seqs();

 private:
  std::mutex mutex_;
  std::vector<std::size_t> group_sizes_;
  std::vector<std::int64_t> event_seqs_;
};

// Holds the writer thread inside a job, so that jobs submitted meanwhile form one group.
class Gate {
 public:
  void open();
  void wait();

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool is_open_ = false;
};

class StoreContract : public testing::TestWithParam<StoreFactory> {
 protected:
  StoreContract() : clock_(Timestamp{1'759'919'400'000}), under_test_(GetParam()()) { open(); }

  void open(const StoreUnderTest::Limits& limits = {});
  void close() { store_.reset(); }
  void reopen() {
    close();
    open();
  }

  // Run to completion; the fault if there was one.
  std::optional<Error> write(UseCase use_case);
  std::optional<Error> read(UseCase use_case, Lane lane = Lane::read);
  std::future<std::optional<Error>> submit(UseCase use_case, Lane lane = Lane::write,
                                           std::int64_t actor = 1, AccountId account = {1},
                                           std::size_t bytes = 100);

  // Submits all of them so that they are committed as one group, and waits for them.
  std::vector<std::optional<Error>> write_as_group(std::vector<UseCase> use_cases);

  ManualClock clock_;
  RecordingListener listener_;
  std::unique_ptr<StoreUnderTest> under_test_;
  std::unique_ptr<Store> store_;
};

// Things to store.
inline constexpr AccountId kAccount{1};
inline constexpr AccountId kOtherAccount{2};

chat::Account sample_account(AccountId id = kAccount);
chat::Agent sample_agent(std::int64_t id, AccountId account = kAccount);
chat::Inbox sample_inbox(std::int64_t id, AccountId account = kAccount);
chat::Contact sample_contact(std::int64_t id, AccountId account = kAccount);
chat::Room sample_room(std::int64_t id, std::int64_t contact = 1, AccountId account = kAccount);
chat::Message sample_message(std::int64_t id, RoomId room, std::int64_t seq, std::string content,
                             AccountId account = kAccount);

// What a send does: the message, and its room moved on.
chat::Message send(chat::Transaction& transaction, RoomId room, std::string content,
                   chat::MessageType type = chat::MessageType::text);
std::vector<std::string> contents(const std::vector<chat::Message>& messages);
std::vector<std::int64_t> ids(const std::vector<chat::Room>& rooms);

}  // namespace parlor::store
