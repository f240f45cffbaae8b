-- What customers read of a ticket skips the team's notes.
CREATE INDEX ticket_message_for_customers ON ticket_message (account, ticket, seq)
  WHERE type <> 'note';
