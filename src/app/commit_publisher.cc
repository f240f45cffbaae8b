#include "app/commit_publisher.h"

#include <utility>

namespace parlor::app {
namespace {

class JobCompletion final : public delivery::Completion {
 public:
  JobCompletion(std::unique_ptr<store::Job> job, std::unique_ptr<Error> fault)
      : job_(std::move(job)), fault_(std::move(fault)) {}
  void complete() noexcept override { job_->finished(fault_.get()); }

 private:
  std::unique_ptr<store::Job> job_;
  std::unique_ptr<Error> fault_;
};

}  // namespace

void CommitPublisher::committed(std::vector<store::FinishedJob> group) {
  std::vector<delivery::Published> commit;
  commit.reserve(group.size());
  bool is_routing_due = false;
  for (auto& finished : group) {
    for (const auto& event : finished.events) {
      note_delivery(event);
      note_snooze(event);
      note_erasure(event);
      is_routing_due |= std::holds_alternative<chat::RoutingDue>(event.body);
      note_keys(event);
      note_knowledge(event);
    }
    commit.push_back(
        {std::move(finished.events),
         std::make_unique<JobCompletion>(std::move(finished.job), std::move(finished.fault))});
  }
  publisher_.publish(std::move(commit));
  if (is_routing_due) dispatcher_.wake();
}

void CommitPublisher::note_snooze(const chat::Event& event) {
  const auto* changed = std::get_if<chat::PreferenceChanged>(&event.body);
  auto* snoozes = snoozes_.load();
  if (!changed || !snoozes || changed->preference.snoozed_until == Timestamp{}) return;
  snoozes->expect(changed->preference.snoozed_until);
}

void CommitPublisher::note_erasure(const chat::Event& event) {
  const auto* changed = std::get_if<chat::TicketChanged>(&event.body);
  if (!changed) return;
  const auto* closed = std::get_if<chat::TicketClosed>(&changed->what);
  auto* tickets = tickets_.load();
  if (closed && closed->history_deleted && tickets) tickets->erase();
}

void CommitPublisher::note_delivery(const chat::Event& event) {
  const auto* posted = std::get_if<chat::MessagePosted>(&event.body);
  auto* markers = markers_.load();
  if (!posted || !markers) return;
  // The author's own side sees the message too, but only the other side makes it delivered.
  const bool by_team = posted->message->sender == chat::SenderKind::agent;
  if (by_team != event.audience.contact.has_value()) return;
  auto receiver = connected_.receiver_of(event.audience);
  if (!receiver) return;
  const auto person = receiver->conversation.value;
  markers->add(person, {Markers::Kind::delivered,
                        std::move(*receiver),
                        {posted->message->room, posted->message->id}});
}

void CommitPublisher::note_keys(const chat::Event& event) {
  const auto* revoked = std::get_if<chat::ConnectionsRevoked>(&event.body);
  if (!revoked || revoked->why != chat::ConnectionsRevoked::Why::keys_changed) return;
  if (auto* tokens = tokens_.load()) tokens->forget(revoked->account);
}

void CommitPublisher::note_knowledge(const chat::Event& event) {
  if (!std::holds_alternative<chat::BotKnowledgeChanged>(event.body)) return;
  if (auto* bot = bot_.load()) bot->follow(event.audience.account);
}

void QuietListener::committed(std::vector<store::FinishedJob> group) {
  for (auto& finished : group) finished.job->finished(finished.fault.get());
}

}  // namespace parlor::app
