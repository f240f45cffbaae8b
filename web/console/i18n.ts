// The console's texts: what the pages share, and the console's own.
import { language } from '../shared/i18n';
import { ar as sharedAr } from '../shared/ar';
import { en as sharedEn, type PluralForms } from '../shared/en';
import { ar } from './ar';
import { en } from './en';

const texts = { en: { ...sharedEn, ...en }, ar: { ...sharedAr, ...ar } };
type All = (typeof texts)['en'];
export type TextKey = Extract<{ [K in keyof All]: All[K] extends string ? K : never }[keyof All], string>;
export type PluralKey = Exclude<Extract<keyof All, string>, TextKey>;
export type Fill = Record<string, string | number>;

export { language };

export function t(key: TextKey, fill: Fill = {}): string {
  return filled(texts[language.value][key], fill);
}

export function plural(key: PluralKey, n: number, fill: Fill = {}): string {
  const forms: PluralForms = texts[language.value][key];
  return filled(forms[new Intl.PluralRules(language.value).select(n)] ?? forms.other, { n: count(n), ...fill });
}

function filled(text: string, fill: Fill): string {
  // Doubled braces are somebody's own.
  return text.replace(/\{\{[^}]*\}\}|\{(\w+)\}/g, (whole, name?: string) => (name ? String(fill[name] ?? '') : whole));
}

// Interface digits are Latin in every language.
export const region = () => (language.value === 'en' ? 'en-GB' : language.value); // days before months
export const locale = () => `${region()}-u-nu-latn`;
// "12K", where there is no room for more.
export const shortCount = (n: number) => (n < 10_000 ? count(n) : new Intl.NumberFormat(locale(), { notation: 'compact', maximumFractionDigits: 0 }).format(n));
export const count = (n: number) => new Intl.NumberFormat(locale()).format(n);
