// Rooms, their changes and how far they are read.
//
// update() has to know where the room stood in its lists before: a room that was found in the same
// transaction is remembered, so that a send reads its room once.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "chat/transaction.h"
#include "store/sql/connection.h"
#include "store/sql/room_lists.h"
#include "store/sql/routing_lists.h"
#include "store/sql/search.h"
#include "store/sql/student_chats.h"

namespace parlor::store::sql {

class SqlRooms final : public chat::Rooms {
 public:
  SqlRooms(Connection& db, Search& search, BucketCounts& bucket_counts,
           StudentCounts& student_counts)
      : db_(db),
        search_(search),
        lists_(db, bucket_counts),
        routing_(db),
        student_lists_(db, student_counts) {}

  // What was found belongs to an earlier transaction.
  void forget() { found_.clear(); }

  std::optional<chat::Room> find(AccountId account, RoomId id) override;
  void insert(const chat::Room& room) override;
  void update(const chat::Room& room) override;
  chat::RoomPage list(const chat::RoomQuery& query) override;
  // Of the contact's newest 1,000 rooms; newest activity first.
  chat::RoomPage list_of_contact(AccountId account, ContactId contact, std::string_view search,
                                 int page, int limit) override;
  std::optional<chat::Room> newest_open_of_contact(AccountId account, ContactId contact) override;
  std::vector<chat::Room> changed_since(AccountId account, const chat::RoomScope& scope,
                                        Timestamp since, int limit) override;
  std::vector<chat::Room> changed_since_of_contact(AccountId account, ContactId contact,
                                                   Timestamp since, int limit) override;
  void insert_change(const chat::RoomChange& change) override;
  std::vector<chat::RoomChange> changes_after(AccountId account, RoomId room, std::int64_t seq,
                                              int limit) override;
  std::optional<chat::RoomChange> last_change(AccountId account, RoomId room,
                                              chat::RoomChangeKind kind) override;
  std::optional<chat::ReadMarker> marker(AccountId account, RoomId room,
                                         ConversationId reader) override;
  std::vector<chat::ReadMarker> markers(AccountId account, RoomId room) override;
  std::vector<chat::ReadMarker> markers_of(AccountId account, ConversationId reader,
                                           const std::vector<RoomId>& rooms) override;
  void upsert_marker(AccountId account, const chat::ReadMarker& marker) override;
  void move_marker(AccountId account, RoomId room, ConversationId from, ConversationId to) override;

 private:
  struct Found {
    AccountId account;
    RoomId room;
    ContactId contact;
    Placement placement;
    std::optional<StudentPlace> student;
    Timestamp waiting_since;
  };
  struct Summary {
    RoomId id;
    Timestamp updated_at;
    Timestamp last_activity;
  };

  std::optional<chat::Room> read(AccountId account, RoomId id);
  std::vector<chat::Room> read_all(AccountId account, const std::vector<RoomId>& ids);
  void remember(const chat::Room& room);
  void write_changed(const chat::Room& room, bool with_waiting_since);
  std::vector<Summary> newest_of_contact(AccountId account, ContactId contact);
  chat::RoomPage found(const chat::RoomQuery& query);
  std::optional<std::vector<RoomId>> few_rooms(const chat::RoomQuery& query);
  chat::RoomPage picked(const chat::RoomQuery& query);
  chat::RoomPage waiting_first(const chat::RoomQuery& query);

  Connection& db_;
  Search& search_;
  RoomLists lists_;
  RoutingLists routing_;
  StudentLists student_lists_;
  std::vector<Found> found_;
};

}  // namespace parlor::store::sql
