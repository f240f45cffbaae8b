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

  // visitor
  openChat: 'Open chat',
  openChatUnread: forms({ one: 'Open chat, {n} unread', other: 'Open chat, {n} unread' }),
  closeChat: 'Close chat',
  shopName: 'Juniper Lamps',
  support: 'Support',
  online: 'We answer here',
  hello: 'Hi, how can we help?',
  helloMore: 'Ask about an order, a return or anything on this page.',
  yourName: 'Your name (optional)',
  writeMessage: 'Write a message',
  closedRoom: 'This conversation was closed. Write to open it again.',
  unavailable: 'The chat is not available right now.',
  noDemo: 'The demo is off. Start the server with --demo to try the chat.',
  sessionRefused: 'This site may not open a chat here.',

  // shop
  lamps: 'Lamps',
  shades: 'Shades',
  bulbs: 'Bulbs',
  care: 'Care and repair',
  headline: 'Light for long evenings.',
  subline: 'Made in small runs, repaired for life.',
  seeLine: 'See the Alder line',
  bag: 'Bag, 1 item',
  item1: 'Alder dome', item1More: 'Brass, opal glass',
  item2: 'Fennel pendant', item2More: 'Enamelled steel',
  item3: 'Coral table', item3More: 'Linen shade',
  item4: 'Fjord floor', item4More: 'Ash, paper shade',

};

export type Texts = typeof en;
export type TextKey = keyof Texts;
