// The chat::Transaction of any SQL database: repositories over one connection, the time and the
// ids that it gives out, and the events that the use case records.
//
// One lives as long as its connection, on its thread; begin() makes it a new transaction.
#pragma once

#include <utility>
#include <vector>

#include "chat/transaction.h"
#include "store/sql/administration.h"
#include "store/sql/bot_knowledge.h"
#include "store/sql/messages.h"
#include "store/sql/order_rooms.h"
#include "store/sql/repositories.h"
#include "store/sql/room_counters.h"
#include "store/sql/rooms.h"
#include "store/sql/routing.h"
#include "store/sql/statistics.h"
#include "store/sql/student_chats.h"
#include "store/sql/tickets.h"
#include "store/sql/time_zones.h"
#include "store/sql/uploads.h"

namespace parlor::store::sql {

class SqlTransaction : public chat::Transaction {
 public:
  // Without `ids`, it is read-only: ids() and record() throw std::logic_error, as the connection
  // does on writing.
  SqlTransaction(Connection& db, Search& search, IdSource* ids)
      : ids_(ids),
        accounts_(db),
        agents_(db, ids ? Keeping::recent : Keeping::nothing),
        inboxes_(db, ids ? Keeping::recent : Keeping::nothing),
        contacts_(db, search),
        support_tokens_(db),
        visitor_sessions_(db),
        bucket_counts_(db),
        student_counts_(db),
        rooms_(db, search, bucket_counts_, student_counts_),
        room_preferences_(db, ids ? Keeping::recent : Keeping::nothing),
        room_tags_(db),
        room_departures_(db),
        tickets_(db, ids ? Keeping::recent : Keeping::nothing),
        messages_(db, search),
        outcomes_(db),
        routing_(db),
        routing_tasks_(db),
        account_settings_(db, ids ? Keeping::recent : Keeping::nothing),
        invitations_(db),
        canned_replies_(db),
        integrations_(db),
        audit_log_(db),
        statistics_(db),
        room_counters_(bucket_counts_),
        uploads_(db),
        student_chats_(db, student_counts_),
        questions_(db),
        bot_intents_(db),
        bot_facts_(db),
        order_rooms_(db, ids ? Keeping::recent : Keeping::nothing) {}

  void begin(Timestamp now);
  void forget();  // what was read and written: it has been rolled back
  // What was counted by transactions that are kept is written once for all of them, before their
  // commit (gathered.h).
  void keep_counts();
  void write_counts();
  void drop_counts();
  std::vector<chat::Event> take_events() { return std::exchange(events_, {}); }

  Timestamp now() override { return now_; }
  IdSource& ids() override;
  chat::Accounts& accounts() override { return accounts_; }
  chat::Agents& agents() override { return agents_; }
  chat::Inboxes& inboxes() override { return inboxes_; }
  chat::Contacts& contacts() override { return contacts_; }
  chat::SupportTokens& support_tokens() override { return support_tokens_; }
  chat::VisitorSessions& visitor_sessions() override { return visitor_sessions_; }
  chat::Rooms& rooms() override { return rooms_; }
  chat::RoomPreferences& room_preferences() override { return room_preferences_; }
  chat::RoomTags& room_tags() override { return room_tags_; }
  chat::RoomDepartures& room_departures() override { return room_departures_; }
  chat::Tickets& tickets() override { return tickets_; }
  chat::Messages& messages() override { return messages_; }
  chat::Outcomes& outcomes() override { return outcomes_; }
  chat::Routing& routing() override { return routing_; }
  chat::RoutingTasks& routing_tasks() override { return routing_tasks_; }
  chat::AccountSettingsRows& account_settings() override { return account_settings_; }
  chat::Invitations& invitations() override { return invitations_; }
  chat::CannedReplies& canned_replies() override { return canned_replies_; }
  chat::Integrations& integrations() override { return integrations_; }
  chat::AuditLog& audit_log() override { return audit_log_; }
  chat::Statistics& statistics() override { return statistics_; }
  chat::RoomCounters& room_counters() override { return room_counters_; }
  const chat::TimeZones& time_zones() override { return time_zones_; }
  chat::Uploads& uploads() override { return uploads_; }
  chat::StudentChats& student_chats() override { return student_chats_; }
  chat::Questions& questions() override { return questions_; }
  chat::BotIntents& bot_intents() override { return bot_intents_; }
  chat::BotFacts& bot_facts() override { return bot_facts_; }
  chat::OrderRooms& order_rooms() override { return order_rooms_; }
  void record(chat::Event event) override;

 private:
  template <class Do>
  void each_counter(Do what);

  Timestamp now_;
  IdSource* ids_;
  std::vector<chat::Event> events_;
  SqlAccounts accounts_;
  SqlAgents agents_;
  SqlInboxes inboxes_;
  SqlContacts contacts_;
  SqlSupportTokens support_tokens_;
  SqlVisitorSessions visitor_sessions_;
  BucketCounts bucket_counts_;
  StudentCounts student_counts_;
  SqlRooms rooms_;
  SqlRoomPreferences room_preferences_;
  SqlRoomTags room_tags_;
  SqlRoomDepartures room_departures_;
  SqlTickets tickets_;
  SqlMessages messages_;
  SqlOutcomes outcomes_;
  SqlRouting routing_;
  SqlRoutingTasks routing_tasks_;
  SqlAccountSettings account_settings_;
  SqlInvitations invitations_;
  SqlCannedReplies canned_replies_;
  SqlIntegrations integrations_;
  SqlAuditLog audit_log_;
  SqlStatistics statistics_;
  SqlRoomCounters room_counters_;
  IcuTimeZones time_zones_;
  SqlUploads uploads_;
  SqlStudentChats student_chats_;
  SqlQuestions questions_;
  SqlBotIntents bot_intents_;
  SqlBotFacts bot_facts_;
  SqlOrderRooms order_rooms_;
};

}  // namespace parlor::store::sql
