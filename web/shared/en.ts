// English. Plurals are forms of Intl.PluralRules; `{n}` and `{name}` are filled in.
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

const forms = (plural: PluralForms): PluralForms => plural;

export const en = {
  send: 'Send',
  you: 'You',
  today: 'Today',
  yesterday: 'Yesterday',
  otherLanguage: 'العربية',
  waitingToSend: 'Waiting to send',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  notSent: 'Not sent.',
  tryAgain: 'Try again',
  delete: 'Delete',
  typing: '{name} is typing',
  someone: 'Someone',
  messages: 'Messages',
  older: 'Loading earlier messages',
  newMessages: forms({ one: '{n} new message', other: '{n} new messages' }),
  reconnecting: 'Reconnecting…',
  offline: 'You’re offline. We’ll send this when you’re back.',
  slowed: 'One moment, sending in {n} s',
  noteOnly: 'note, only your team',
  image: 'Image',
  file: 'File',
  support: 'Support',
  online: 'We answer here',
  writeMessage: 'Write a message',
  bag: 'Bag, 1 item',
};

export type Texts = typeof en;
export type TextKey = keyof Texts;
