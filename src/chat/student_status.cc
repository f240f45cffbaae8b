#include "chat/student_status.h"

namespace parlor::chat {

RoomStatus room_status_of(StudentStatus status) {
  switch (status) {
    case StudentStatus::bot_handling:
      return RoomStatus::pending;
    case StudentStatus::waiting_for_admin:
    case StudentStatus::admin_handling:
      return RoomStatus::open;
    case StudentStatus::resolved:
    case StudentStatus::closed:
      return RoomStatus::closed;
  }
  return RoomStatus::open;
}

StudentStatus student_status_for(StudentStatus before, RoomStatus wanted) {
  switch (wanted) {
    case RoomStatus::open:
      return StudentStatus::admin_handling;
    case RoomStatus::pending:
      return StudentStatus::bot_handling;
    case RoomStatus::closed:
      return StudentStatus::closed;
  }
  return before;
}

bool is_ended(StudentStatus status) {
  return status == StudentStatus::resolved || status == StudentStatus::closed;
}

}  // namespace parlor::chat
