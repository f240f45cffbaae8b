// The page's language: `?lang=`, else what was chosen before, else the browser's.
import { signal } from '@preact/signals';
import { ar } from './ar';
import { en, type TextKey, type Texts } from './en';

export type Language = 'en' | 'ar';
const texts: Record<Language, Texts> = { en, ar };
const storageKey = 'parlor.language';

export const language = signal<Language>('en');

export function chooseLanguage(asked: string | null, kept: string | null, browser: string): Language {
  for (const candidate of [asked, kept, browser]) {
    if (candidate?.startsWith('ar')) return 'ar';
    if (candidate?.startsWith('en')) return 'en';
  }
  return 'en';
}

export function startLanguage(): void {
  const asked = new URLSearchParams(location.search).get('lang');
  apply(chooseLanguage(asked, localStorage.getItem(storageKey), navigator.language));
}

export function toggleLanguage(): void {
  const next = language.value === 'en' ? 'ar' : 'en';
  localStorage.setItem(storageKey, next);
  const address = new URL(location.href);
  address.searchParams.set('lang', next);
  history.replaceState(null, '', address);
  apply(next);
}

function apply(next: Language): void {
  language.value = next;
  document.documentElement.lang = next;
  document.documentElement.dir = next === 'ar' ? 'rtl' : 'ltr';
}

type PlainKey = { [K in TextKey]: Texts[K] extends string ? K : never }[TextKey];
type PluralKey = Exclude<TextKey, PlainKey>;

export function t(key: PlainKey, fill: { n?: number; name?: string } = {}): string {
  return filled(texts[language.value][key], fill);
}

export function plural(key: PluralKey, n: number): string {
  const forms = texts[language.value][key];
  return filled(forms[new Intl.PluralRules(language.value).select(n)] ?? forms.other, { n });
}

function filled(text: string, { n, name }: { n?: number; name?: string }): string {
  return text.replace('{n}', () => String(n ?? '')).replace('{name}', () => name ?? '');
}
