// What acts, fields and values of the audit log are called; one without words here is shown as the server names it.
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

const fieldsEn = {
  name: 'name', email: 'e-mail', phone: 'phone', avatar: 'picture', icon: 'icon', role: 'role', seat: 'seat', capacity: 'capacity',
  deactivated: 'deactivated', blocked: 'blocked', members: 'members', channel: 'channel', algorithm: 'routing', visibility: 'who sees it',
  bot: 'bot first', hours: 'opening hours', away_message: 'away message', pre_chat_fields: 'asked first', short_code: 'short code', text: 'text',
  inbox: 'inbox', domain: 'domains', client_code: 'client code', host_key: 'signing key', identity_key: 'identity key', attachment_bytes: 'largest file',
};

const fieldsAr: Record<keyof typeof fieldsEn, string> = {
  name: 'الاسم', email: 'البريد الإلكتروني', phone: 'الهاتف', avatar: 'الصورة', icon: 'الأيقونة', role: 'الدور', seat: 'المقعد', capacity: 'السعة',
  deactivated: 'معطّل', blocked: 'محظور', members: 'الأعضاء', channel: 'القناة', algorithm: 'التوزيع', visibility: 'من يراه',
  bot: 'الروبوت أولاً', hours: 'ساعات العمل', away_message: 'رسالة الغياب', pre_chat_fields: 'ما يُسأل أولاً', short_code: 'الرمز المختصر', text: 'النص',
  inbox: 'صندوق الوارد', domain: 'النطاقات', client_code: 'رمز العميل', host_key: 'مفتاح التوقيع', identity_key: 'مفتاح الهوية', attachment_bytes: 'أكبر ملف',
};

const valuesEn = {
  true: 'yes', false: 'no', round_robin: 'in turn', load_based: 'by load', manual: 'by hand', assigned: 'whoever has it', inbox: 'all members',
  widget: 'web site', student: 'students', order: 'orders', ticket: 'tickets', admin: 'admin', agent: 'agent',
};

const valuesAr: Record<keyof typeof valuesEn, string> = {
  true: 'نعم', false: 'لا', round_robin: 'بالدور', load_based: 'حسب الحِمل', manual: 'يدوياً', assigned: 'المسؤول عنها', inbox: 'كل الأعضاء',
  widget: 'الموقع', student: 'الطلاب', order: 'طلبات الشراء', ticket: 'التذاكر', admin: 'مدير', agent: 'موظف',
};

type Words = Readonly<Record<string, string>>;
const fields: Record<Language, Words> = { en: fieldsEn, ar: fieldsAr };
const values: Record<Language, Words> = { en: valuesEn, ar: valuesAr };
const wordedFields = new Set(['channel', 'algorithm', 'visibility', 'bot', 'seat', 'role', 'deactivated', 'blocked']);

export const fieldWords = (field: string, language: Language): string | undefined => fields[language][field];
// What a person typed is no word of ours, whatever it spells.
export const valueWords = (field: string, value: string, language: Language): string =>
  (wordedFields.has(field) && values[language][value]) || value;
