// The console in English. Plurals are forms of Intl.PluralRules; words in braces are filled in.
import type { PluralForms } from '../shared/en';

const forms = (plural: PluralForms): PluralForms => plural;

export const en = {
  // places and who one is
  places: 'Places', placeInbox: 'Inbox', placePeople: 'People', placeDashboard: 'Dashboard', placeSettings: 'Settings',
  someoneWaits: 'Somebody is waiting', myMenu: '{name}, my menu', active: 'Active', away: 'Away',
  notifications: 'Desktop notifications', sound: 'Sound', signOut: 'Sign out', otherLanguageCode: 'ar',
  dismiss: 'Close this', cancel: 'Cancel', done: 'Done', save: 'Save', saved: 'Saved.', add: 'Add', set: 'Set', back: 'Back',
  copy: 'Copy', copied: 'Copied.', undo: 'Undo', remove: 'Remove', discard: 'Discard', show: 'Show', any: 'Any', reset: 'Reset',
  failed: 'That did not work: {name}', noServer: 'The server does not answer. Try again.',

  // signing in
  goodMorning: 'Good morning', goodAfternoon: 'Good afternoon', goodEvening: 'Good evening', signInMore: 'Sign in to the console.',
  email: 'E-mail', password: 'Password', signIn: 'Sign in', signingIn: 'Signing in…', keepSignedIn: 'Keep me signed in on this computer',
  wrongLogin: 'This e-mail and password don’t match.', tooMany: 'Too many attempts. Try again in {n} s.', demoLogin: 'Demo account',
  fillIn: 'Fill in', invited: 'Invited? Open the link in your invitation.', showPassword: 'Show the password', welcome: 'Welcome',
  welcomeMore: 'Choose a password to start answering.', newPassword: 'New password', passwordShort: 'Use at least 8 characters.',
  passwordHint: '8 characters or more', startWorking: 'Start', invitationOver: 'This invitation was used or is over. Ask for a new one.',
  haveLogin: 'I have a password already',

  // the list
  conversations: 'Conversations', conversation: 'Conversation', views: 'Views', viewMine: 'Mine', viewUnassigned: 'Unassigned', viewAll: 'All',
  viewBot: 'With the bot', viewFavorite: 'Favourites', viewSnoozed: 'Snoozed', orderBy: 'Order', orderWaiting: 'Longest waiting',
  orderActive: 'Last active', orderNew: 'Newest', orderPriority: 'Priority', filters: 'Filters', clearFilters: 'Clear filters',
  search: 'Search', searchPeople: 'Search people and messages', clearSearch: 'Clear the search',
  waitingNow: forms({ one: '{n} waiting', other: '{n} waiting' }), waitingMore: '{n}+ waiting',
  waitingMinutes: forms({ one: 'waiting {n} minute', other: 'waiting {n} minutes' }), shortSeconds: '{n}s', shortMinutes: '{n}m', shortHours: '{n}h', shortDays: '{n}d',
  unassigned: 'Unassigned', colleague: 'Colleague', visitor: 'Visitor', team: 'Team', you: 'You', bot: 'Bot', website: 'Website', channelStudent: 'Student',
  channelOrder: 'Order', channelTicket: 'Ticket', typingShort: 'typing…', draft: 'Draft', unread: forms({ one: '{n} unread', other: '{n} unread' }),
  statusOpen: 'Open', statusPending: 'Pending', statusClosed: 'Closed', low: 'Low', medium: 'Medium', high: 'High', urgent: 'Urgent',
  status: 'Status', priority: 'Priority', inbox: 'Inbox', tag: 'Tag', tags: 'Tags', anyTag: 'Any tag', allInboxes: 'All inboxes',
  nobody: 'Nobody is waiting.', nobodyMore: 'New messages land here.', noMine: 'Nothing is assigned to you.', noBot: 'The bot is talking to nobody.',
  noFavorites: 'No favourites yet.', noFavoritesMore: 'Mark a conversation with the star to find it here.', noSnoozed: 'Nothing is snoozed.',
  noSnoozedMore: 'Snooze a conversation with the moon; it comes back by itself.', nothingFiltered: 'Nothing with these filters.',
  nothingFilteredMore: 'Other conversations may be there.', nothingFor: 'Nothing for “{name}” in {where}.', noResult: 'Nothing for “{name}”.',
  everything: 'this view', searchAll: 'Search all', select: 'Select', selectName: 'Select {name}', selected: 'Selected conversations',
  selectedCount: forms({ one: '{n} selected', other: '{n} selected' }), clearSelection: 'Clear the selection', replaceTags: 'Set this tag',
  bulkDone: forms({ one: '{n} conversation changed.', other: '{n} conversations changed.' }),
  bulkFailed: forms({ one: '{n} conversation could not be changed.', other: '{n} conversations could not be changed.' }),

  // a conversation
  choose: 'Pick a conversation', chooseBefore: 'Or press', chooseAfter: 'for the next one.', roomMissing: 'This conversation is not yours to see.',
  roomMissingMore: 'It may be with a colleague, or gone.', backToList: 'Back to the list', showContact: 'Show the contact', hideContact: 'Hide the contact',
  viewingOne: '{name} is viewing', viewingSome: '{name} and {n} more are viewing', assign: 'Assign', assignedTo: 'Assigned to: {name}', assignMe: 'Assign to me',
  unassign: 'Unassign', findPeople: 'Find people', close: 'Close', reopen: 'Reopen', closedToast: 'Closed.', favourite: 'Favourite', unfavourite: 'No favourite any more',
  snooze: 'Snooze', snoozeMore: 'Comes back then, or when they write', snoozedUntil: 'Snoozed until {name}', snoozedToast: 'Snoozed until {name}.', wake: 'Wake it now',
  snoozeHour: 'For an hour', snoozeEvening: 'This evening', snoozeTomorrow: 'Tomorrow', snoozeMonday: 'On Monday', snoozeWeek: 'In a week',
  offered: 'Answers that the bot offered', taken: 'chosen', more: 'More', setPending: 'Wait for the customer', setOpen: 'Set open', blocked: 'Blocked', showAll: 'Show all', openImage: 'Open {name}', download: 'Download',
  closeViewer: 'Close the picture', previous: 'Previous', nextOne: 'Next', ofMany: '{n} of {total}', play: 'Play', pause: 'Pause', position: 'Position', speed: 'Speed',
  lineOpened: 'Opened', lineAssigned: 'Assigned to {name}', lineAssignedYou: 'Assigned to you', lineUnassigned: 'Back in the queue', lineClosed: 'Closed',
  lineReopened: 'Opened again', linePending: 'Waits for the customer', lineTags: 'Tags: {name}', linePriority: 'Priority: {name}',
  nowWith: 'Now with {name}.', lostAccess: 'This conversation is now with someone else.', copyDraft: 'Copy the draft',

  // writing
  mode: 'Reply or note', reply: 'Reply', note: 'Note', addNote: 'Add note', noteHint: 'Only your team sees this', noteOnly: 'note, only your team',
  replyHint: 'Write a reply', replyTakes: 'Write a reply and take it', attach: 'Attach files', emoji: 'Emoji',
  cannedReplies: 'Canned replies', noCanned: 'No canned replies yet.', record: 'Record a voice message', recording: 'Recording',
  noMicrophone: 'Allow the microphone in your browser, or type.', sendMore: 'More ways to send', sendClose: 'Send and close', sendPending: 'Send and wait',
  collision: '{name} answered {n} s ago.', review: 'Review', sendAnyway: 'Send anyway', offlineConsole: 'Reconnecting. Drafts are kept.',
  fileLarge: 'The file is {size}; the limit is {limit}.', fileEmpty: 'This file is empty.', fileFailed: 'Not uploaded. Remove it and try again.', removeFile: 'Remove {name}',
  stillUploading: 'One moment, the files are still on their way.',

  // the contact
  contact: 'Contact', contactMenu: 'More about this person', details: 'Details', phone: 'Phone', identifier: 'Customer id', verified: 'Verified', started: 'Started',
  lastSeen: 'Last seen', localTime: 'Local time', page: 'Page', comma: ', ', customer: 'Customer', since: 'since {name}', addTag: 'Add tag', removeTag: 'Remove {name}', notes: 'Notes',
  notesHint: 'What the team keeps in mind', earlier: 'Earlier conversations', closedByName: 'Closed by {name}', solvedByBot: 'Solved by the bot',
  orderNumber: 'Number', orderId: 'Order id', vendorId: 'Vendor id', buyer: 'Buyer', vendor: 'Vendor', takesPart: 'Who takes part', allEarlier: forms({ one: 'All {n}', other: 'All {n}' }),
  block: 'Block this person', unblock: 'Unblock', blockAsk: 'Block {name}?', blockMore: 'They cannot write any more. Conversations stay; you can unblock them.',

  // keys
  keys: 'Keyboard', keySearch: 'Search', keyNext: 'Next conversation', keyPrevious: 'Previous conversation', keyReply: 'Write a reply', keyNote: 'Write a note',
  keyCanned: 'Canned replies, while writing', keyAssign: 'Assign', keyClose: 'Close', keySnooze: 'Snooze', keySend: 'Send', keyLine: 'New line', keySheet: 'This sheet',
  lettersOn: 'Single-letter keys', lettersMore: 'They never work while you type.',

  // people, dashboard
  hereOf: '{n} of {total} here', nobodyYet: 'Nobody is here yet.', admin: 'Admin', agent: 'Agent', loadOf: '{n} of {total}', fullOf: 'Full · {n} of {total}', noSeat: 'No seat',
  period: 'Period', days: forms({ one: '{n} day', other: '{n} days' }), choosePeriod: 'Choose a period', ownPeriod: 'Dates', from: 'From', until: 'Until',
  periodWrong: 'Choose up to 366 days, the first one first.', export: 'Export', volume: 'Volume', volumeSub: 'Conversations a day', new: 'New', newOnly: 'new',
  closedCount: 'Closed', stillOpen: 'Open now', onBefore: 'on the period before', busiest: 'Busiest:', messagesCount: 'Messages:', firstResponse: 'First response',
  firstResponseSub: 'From the first message to the first human answer', median: 'Median', p90: '90th percentile', faster: '{name} faster', slower: '{name} slower',
  answeredCount: 'Answered:', waitingTitle: 'Waiting', waitingSub: 'How long people waited for an answer', now: 'now', longest: 'longest:', averageNow: 'average now',
  loadTitle: 'Load per agent', loadSub: 'Open conversations now, of capacity', closedBy: forms({ one: '{n} closed', other: '{n} closed' }), medianOf: 'median {name}',
  botSub: 'What it solved, what it passed on', solved: 'solved', solvedCount: 'Solved', passedOn: 'To a person', botAnswers: 'Answers given',

  // settings
  account: 'Account', answers: 'Answers', records: 'Records', became: 'became', onlyAdmins: 'Only admins change these.', inboxes: 'Inboxes', inboxesMore: 'Where conversations arrive, and who gets them.',
  newInbox: 'New inbox', members: forms({ one: '{n} member', other: '{n} members' }), openRooms: forms({ one: '{n} open', other: '{n} open' }), repliesIn: 'replies in {name}', botOn: 'Bot first',
  roundRobin: 'In turn', roundRobinMore: 'Each available member gets the next one.', loadBased: 'By load', loadBasedMore: 'Whoever has the fewest open conversations.', manual: 'By hand',
  manualMore: 'Conversations wait until somebody takes them.', inboxName: 'Inbox name', inboxNameHint: 'Visitors see it above the chat.', nameMissing: 'Give it a name.', channel: 'Channel',
  channelHint: 'What writes into this inbox. It stays.', routing: 'Routing', shared: 'Shared inbox', sharedMore: 'Members may read and take the conversations of colleagues.', botFirst: 'The bot answers first',
  botFirstMore: 'It hands over to people when it is asked to, or does not know.', membersTitle: 'Members', hours: 'Opening hours', alwaysOpen: 'Always open', alwaysOpenMore: 'Visitors are told no times.',
  timeZone: 'Time zone', closedDay: 'Closed', holidays: 'Holidays', addHoliday: 'Holiday', awayMessage: 'Away message', awayHint: 'Shown outside the hours.', preChat: 'Before the first message',
  preChatMore: 'What the widget asks. Everything is optional to leave out.', name: 'Name', agents: 'Agents', agentsMore: 'Who answers, and how much at a time.', invite: 'Invite', inviteTitle: 'Invite an agent',
  inviteLink: 'Send {name} this link', inviteLinkMore: 'It is good for 7 days. They set their own password.', invitedUntil: 'Invited until {name}', left: 'Deactivated', role: 'Role', capacity: 'Capacity',
  seat: 'Has a seat', seatMore: 'Routing gives conversations to this person.', deactivate: 'Deactivate', reactivate: 'Reactivate', newLink: 'New link', sites: 'Web sites',
  sitesMore: 'Where the widget may run. Each site has a token.', addSite: 'Add a site', noSites: 'No site yet.', noSitesMore: 'Add one to get the line for its pages.', anySite: 'Any site', ended: 'Ended', endsSoon: 'Ends soon',
  firstVisitor: 'First visitor seen', nobodySeen: 'No visitor yet', removeSite: 'Remove {name}', tryWidget: 'Try the widget', tryWidgetMore: 'Open a page with the chat on it and write to yourself.', openDemo: 'Open the demo shop',
  removeTitle: 'Remove the token for {name}?', removeMore: 'The widget stops on that site at once. Conversations stay.', removeToken: 'Remove token', keepIt: 'Keep it', embedMore: 'Put this line before </body> on every page.',
  tokenOnce: 'The token is shown this once. Copy it now.', domains: 'Domains', domainsHint: 'One or more, with spaces between. None means any site.', nameOptional: 'Name (optional)', makeToken: 'Make the token', siteDomain: 'Domain of the site',
  makeCode: 'Make the line', serverKeys: 'Keys', serverKeysMore: 'For your own servers and your application.', integrations: 'Servers', integrationName: 'What is it for? Order system', makeKey: 'Make a key', keyOnce: 'The key is shown this once. Copy it now.',
  noKeys: 'No server has a key.', identityKey: 'Identity key', identityMore: 'Your server proves with it who a visitor is.', rotate: 'Make a new key', rotateAsk: 'Make a new identity key?', rotateMore: 'The old one stops at once; your server needs the new one.',
  keyRemoveMore: 'That server cannot call any more.', hostKeys: 'Keys of your application', cannedMore: 'Answers that agents bring up with a slash.', newReply: 'New reply', noCannedMore: 'Write one, and bring it up with / while answering.', shortCode: 'Short code',
  shortCodeHint: 'What is typed after the slash', noSpaces: 'No spaces in it.', text: 'Text', placeholders: '{{contact.name | there}}, {{agent.name}}, {{inbox.name}} are filled in.', preview: 'Preview', exampleName: 'Maya', audit: 'Audit log',
  auditMore: 'Who changed what, newest first.', noAudit: 'Nothing was changed yet.', atShell: 'Command line', showMore: 'Show more',

  // the bot
  intents: 'Bot intents', intentsMore: 'What the bot understands, and what it says.', toPerson: 'To a person', percentSolved: '{n}% solved',
  phraseCounts: '{en} English · {ar} Arabic phrases', runningPhrases: 'Running with {n} phrases',
  changesWaiting: forms({ one: '{n} change not running yet', other: '{n} changes not running yet' }), training: 'Training…',
  checkAndRun: 'Check and run', intentsRunning: 'The new intents are running.', phrases: 'Phrases', phraseThere: 'This phrase is there already.',
  moreCount: '{n} more', addPhrase: 'Add a phrase, Enter to keep it', stepsTitle: 'Steps, one message at a time', thenPerson: 'Then to a person',
  removeStep: 'Remove step {n}', addStep: 'Add a step', straight: 'Straight to a person',
  straightMore: 'Skip the steps and hand over at the first message', attempts: 'Attempts at most', language: 'Language', tryIt: 'Try it',
  tryText: 'Write as a student would', nothingSent: 'Nothing is sent; no student sees this.',
  tryMore: 'Write a sentence to see what the bot would do, and why.', guides: 'Guides: {name}', answersFaq: 'Answers with a FAQ',
  handsOver: 'Hands over', asks: 'Asks back', saysNothing: 'It says nothing.', why: 'Why', askFrom: 'ask', guideFrom: 'guide', control: 'Control',
  none: 'None', faq: 'FAQ', reason: 'Reason', faqs: 'FAQs', faqsMore: 'Questions that students find, and that the bot answers with.',
  newFaq: 'New question', findFaq: 'Find a question', noFaqs: 'No questions yet.', unpublished: 'Not published', question: 'Question',
  answer: 'Answer', faqPriority: 'Priority', faqPriorityHint: 'Higher comes first', keywords: 'Keywords', keywordsHint: 'With commas between',
  published: 'Published', publishedMore: 'Students see it, and the bot uses it.',

  // first steps
  firstTitle: 'Four steps to your first conversation', firstMore: 'About five minutes. You can leave and come back.', doneOf: '{n} of {total}', stepDone: '(done)', stepName: 'Name the inbox', stepNamed: 'Visitors see it as “{name}”.',
  stepNameMore: 'Visitors see it above the chat.', changeIt: 'Change', stepWidget: 'Put the widget on your site', stepWidgetMore: 'One line before </body>.', stepTest: 'Send yourself a test', stepTestMore: 'Open your shop, write a line, answer it here.',
  stepInvite: 'Invite your team', stepInviteMore: 'They set their own password from a link.', tipBefore: 'Tip: press', tipAfter: 'anywhere for the keys.', skip: 'Skip for now', miniHello: 'Hi, how can we help?', miniTest: 'Just testing…',
  miniWrite: 'Write a message', miniNote: 'This is what your visitors will see.',
};

export type ConsoleTexts = typeof en;
