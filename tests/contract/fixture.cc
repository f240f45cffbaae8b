#include "contract/fixture.h"

#include <algorithm>

namespace parlor::store {

void RecordingListener::committed(std::vector<FinishedJob> group) {
  {
    const std::lock_guard lock(mutex_);
    group_sizes_.push_back(group.size());
    for (const auto& finished : group)
      for (const auto& event : finished.events) event_seqs_.push_back(event.seq);
  }
  for (auto& finished : group) finished.job->finished(finished.fault.get());
}

std::vector<std::size_t> RecordingListener::group_sizes() {
  const std::lock_guard lock(mutex_);
  return group_sizes_;
}

std::vector<std::int64_t> RecordingListener::event_seqs() {
  const std::lock_guard lock(mutex_);
  return event_seqs_;
}

void Gate::open() {
  const std::lock_guard lock(mutex_);
  is_open_ = true;
  opened_.notify_all();
}

void Gate::wait() {
  std::unique_lock lock(mutex_);
  opened_.wait(lock, [this] { return is_open_; });
}

void StoreContract::open(const StoreUnderTest::Limits& limits) {
  auto opened = under_test_->open(clock_, listener_, limits);
  ASSERT_TRUE(opened) << opened.error().message;
  store_ = std::move(*opened);
}

std::future<std::optional<Error>> StoreContract::submit(UseCase use_case, Lane lane,
                                                        std::int64_t actor, AccountId account,
                                                        std::size_t bytes) {
  auto promise = std::make_shared<std::promise<std::optional<Error>>>();
  auto job = std::make_unique<FunctionJob>(std::move(use_case), [promise](const Error* fault) {
    promise->set_value(fault ? std::optional(*fault) : std::nullopt);
  });
  job->actor_id = actor;
  job->account_id = account;
  job->bytes = bytes;
  auto future = promise->get_future();
  store_->submit(lane, std::move(job));
  return future;
}

std::optional<Error> StoreContract::write(UseCase use_case) {
  return submit(std::move(use_case)).get();
}

std::optional<Error> StoreContract::read(UseCase use_case, Lane lane) {
  return submit(std::move(use_case), lane).get();
}

std::vector<std::optional<Error>> StoreContract::write_as_group(std::vector<UseCase> use_cases) {
  Gate gate;
  Gate entered;
  auto blocker = submit([&](chat::Transaction&) {
    entered.open();
    gate.wait();
    return true;
  });
  entered.wait();
  std::vector<std::future<std::optional<Error>>> futures;
  futures.reserve(use_cases.size());
  for (auto& use_case : use_cases) futures.push_back(submit(std::move(use_case)));
  gate.open();
  blocker.get();
  std::vector<std::optional<Error>> faults;
  faults.reserve(futures.size());
  for (auto& future : futures) faults.push_back(future.get());
  return faults;
}

chat::Account sample_account(AccountId id) {
  return {id, "Account " + std::to_string(id.value), "secret", "identity", {1'000}};
}

chat::Agent sample_agent(std::int64_t id, AccountId account) {
  chat::Agent agent;
  agent.id = {id};
  agent.account = account;
  agent.conversation = {id + 1'000};
  agent.external_id = "ext" + std::to_string(id);
  agent.name = "Agent " + std::to_string(id);
  agent.email =
      "agent" + std::to_string(id) + "@account" + std::to_string(account.value) + ".example";
  agent.password_hash = "$argon2id$";
  agent.created_at = {1'000};
  return agent;
}

chat::Inbox sample_inbox(std::int64_t id, AccountId account) {
  chat::Inbox inbox;
  inbox.id = {id};
  inbox.account = account;
  inbox.name = "Inbox " + std::to_string(id);
  inbox.icon = "chat";
  inbox.created_at = {1'000};
  return inbox;
}

chat::Contact sample_contact(std::int64_t id, AccountId account) {
  chat::Contact contact;
  contact.id = {id};
  contact.account = account;
  contact.conversation = {id + 5'000};
  contact.name = "Contact " + std::to_string(id);
  contact.created_at = {1'000};
  return contact;
}

chat::Room sample_room(std::int64_t id, std::int64_t contact, AccountId account) {
  chat::Room room;
  room.id = {id};
  room.account = account;
  room.contact = {contact};
  room.conversation = {contact + 5'000};
  room.inbox = {1};
  room.subject = "Subject " + std::to_string(id);
  room.created_at = room.updated_at = room.last_activity = {1'000 + id};
  return room;
}

chat::Message sample_message(std::int64_t id, RoomId room, std::int64_t seq, std::string content,
                             AccountId account) {
  chat::Message message;
  message.id = {id};
  message.account = account;
  message.room = room;
  message.inbox = {1};
  message.seq = seq;
  message.author = {5'001};
  message.content = std::move(content);
  message.created_at = {2'000 + seq};
  return message;
}

chat::Message send(chat::Transaction& transaction, RoomId room_id, std::string content,
                   chat::MessageType type) {
  auto room = transaction.rooms().find(kAccount, room_id).value();
  ++room.seq;
  room.last_stamp = std::max(transaction.now(), room.last_stamp + 1);
  room.updated_at = room.last_activity = room.last_stamp;
  auto message = sample_message(transaction.ids().next(), room_id, room.seq, std::move(content));
  message.type = type;
  message.inbox = room.inbox;
  message.created_at = room.last_stamp;
  room.last_message = {message.id,
                       message.author,
                       message.sender,
                       message.type,
                       message.content.substr(0, 80),
                       message.created_at};
  if (type != chat::MessageType::note) {
    ++room.customer_count;
    room.last_public_message = room.last_message;
  }
  message.customer_count = room.customer_count;
  transaction.messages().insert(message);
  transaction.rooms().update(room);
  chat::Event event;
  event.audience.account = kAccount;
  event.room = room;
  event.seq = room.seq;
  event.body = chat::MessagePosted{message};
  transaction.record(event);
  return message;
}

std::vector<std::string> contents(const std::vector<chat::Message>& messages) {
  std::vector<std::string> texts;
  texts.reserve(messages.size());
  for (const auto& message : messages) texts.push_back(message.content);
  return texts;
}

std::vector<std::int64_t> ids(const std::vector<chat::Room>& rooms) {
  std::vector<std::int64_t> values;
  values.reserve(rooms.size());
  for (const auto& room : rooms) values.push_back(room.id.value);
  return values;
}

}  // namespace parlor::store
