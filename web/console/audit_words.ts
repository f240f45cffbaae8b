// What each act of the audit log is called; one that has no words here is shown as the server names it.
import type { Language } from '../shared/i18n';

const en = {
  'account.created': 'created the account', 'account.updated': 'changed the account’s settings',
  'account.key_added': 'added a signing key', 'account.key_removed': 'removed a signing key',
  'agent.created': 'added the agent', 'agent.invited': 'invited', 'agent.joined': 'accepted the invitation',
  'agent.updated': 'changed the agent', 'agent.password_set': 'set a password for', 'agent.tokens_revoked': 'signed out everywhere',
  'bot.intents_replaced': 'changed what the bot knows', 'bot.intents_reset': 'set the bot back to how it came',
  'canned.created': 'added the canned reply', 'canned.updated': 'changed the canned reply', 'canned.deleted': 'deleted the canned reply',
  'contact.blocked': 'blocked', 'contact.unblocked': 'unblocked', 'contact.updated': 'changed the contact',
  'faq.created': 'added the question', 'faq.updated': 'changed the question', 'faq.deleted': 'deleted the question',
  'inbox.created': 'created the inbox', 'inbox.updated': 'changed the inbox',
  'inbox.member_added': 'added a member to', 'inbox.member_removed': 'removed a member from',
  'integration.created': 'added the server', 'integration.deleted': 'removed the server',
  'token.created': 'added the site', 'token.revoked': 'revoked the site’s token',
};

const ar: Record<keyof typeof en, string> = {
  'account.created': 'أنشأ الحساب', 'account.updated': 'غيّر إعدادات الحساب',
  'account.key_added': 'أضاف مفتاح توقيع', 'account.key_removed': 'أزال مفتاح توقيع',
  'agent.created': 'أضاف الموظف', 'agent.invited': 'دعا', 'agent.joined': 'قبل الدعوة',
  'agent.updated': 'غيّر بيانات الموظف', 'agent.password_set': 'عيّن كلمة مرور لـ', 'agent.tokens_revoked': 'أنهى كل جلسات',
  'bot.intents_replaced': 'غيّر ما يعرفه الروبوت', 'bot.intents_reset': 'أعاد الروبوت إلى حالته الأولى',
  'canned.created': 'أضاف الرد الجاهز', 'canned.updated': 'غيّر الرد الجاهز', 'canned.deleted': 'حذف الرد الجاهز',
  'contact.blocked': 'حظر', 'contact.unblocked': 'رفع الحظر عن', 'contact.updated': 'غيّر بيانات جهة الاتصال',
  'faq.created': 'أضاف السؤال', 'faq.updated': 'غيّر السؤال', 'faq.deleted': 'حذف السؤال',
  'inbox.created': 'أنشأ صندوق الوارد', 'inbox.updated': 'غيّر صندوق الوارد',
  'inbox.member_added': 'أضاف عضواً إلى', 'inbox.member_removed': 'أزال عضواً من',
  'integration.created': 'أضاف الخادم', 'integration.deleted': 'حذف الخادم',
  'token.created': 'أضاف الموقع', 'token.revoked': 'ألغى رمز الموقع',
};

const words: Record<Language, Readonly<Record<string, string>>> = { en, ar };

export const actWords = (action: string, language: Language): string | undefined => words[language][action];
