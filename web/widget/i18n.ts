// The widget's language and its texts. English is built in; the others are loaded when they are asked for.
import { batch, signal } from '@preact/signals';
import { en, type TextKey, type Texts } from './en';

export type Language = 'en' | 'ar';

export const language = signal<Language>('en');
const texts = signal<Texts>(en);

export async function setLanguage(next: Language): Promise<void> {
  const found = next === 'en' ? en : (await import('./ar')).texts;
  batch(() => {
    texts.value = found;
    language.value = next;
  });
}

type PlainKey = { [K in TextKey]: Texts[K] extends string ? K : never }[TextKey];
type PluralKey = Exclude<TextKey, PlainKey>;
type Fill = Record<string, string | number>;

export function t(key: PlainKey, fill?: Fill): string {
  return filled(texts.value[key], fill);
}

export function plural(key: PluralKey, n: number): string {
  const forms = texts.value[key];
  return filled(forms[new Intl.PluralRules(language.value).select(n)] ?? forms.other, { n });
}

function filled(text: string, fill: Fill = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(fill[name] ?? whole));
}
