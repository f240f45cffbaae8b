-- List -1 was that of all rooms; now it is that of the assigned ones. All rooms are these and the
-- unassigned (list 0): a room that nobody holds, as each with the bot is, stands in one list.
DELETE FROM room_by_update
 WHERE list = -1 AND room IN (SELECT room FROM room_by_update WHERE list = 0);
DELETE FROM room_by_creation
 WHERE list = -1 AND room IN (SELECT room FROM room_by_creation WHERE list = 0);

UPDATE room_count AS everybodys
   SET rooms = rooms - coalesce((SELECT rooms FROM room_count AS nobodys
                                  WHERE nobodys.account = everybodys.account AND nobodys.list = 0
                                    AND nobodys.inbox = everybodys.inbox
                                    AND nobodys.status = everybodys.status
                                    AND nobodys.priority = everybodys.priority), 0)
 WHERE list = -1;
DELETE FROM room_count WHERE rooms <= 0;
