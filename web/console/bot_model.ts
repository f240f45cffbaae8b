// The bot's intents as the settings change them. Pure functions over the document; what is not known of it
// is kept as it is.
export type Lang = 'en' | 'ar' | 'arabizi';
export type TextLang = 'en' | 'ar';

export interface Step {
  id: string;
  text: Record<TextLang, string>;
}

export interface Intent {
  id: string;
  escalate: boolean;
  max_attempts: number;
  phrases: Partial<Record<Lang, string[]>>;
  steps?: Step[];
  handoff_note?: Record<TextLang, string>;
}

export interface Intents {
  version: number;
  thresholds: { high: number; low: number; margin: number };
  intents: Intent[];
}

// PASSWORD_RESET → "Password reset"
export function spell(id: string): string {
  const words = id.toLowerCase().replace(/_/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function changeIntent(document: Intents, id: string, change: (intent: Intent) => Intent): Intents {
  return { ...document, intents: document.intents.map((intent) => (intent.id === id ? change(intent) : intent)) };
}

// Null: it is there already, under some intent.
export function addPhrase(document: Intents, id: string, lang: Lang, phrase: string): Intents | null {
  const wanted = phrase.trim();
  if (wanted === '') return null;
  const same = (other: string) => other.toLocaleLowerCase() === wanted.toLocaleLowerCase();
  if (document.intents.some((intent) => Object.values(intent.phrases).some((list) => list?.some(same)))) return null;
  return changeIntent(document, id, (intent) => ({
    ...intent, phrases: { ...intent.phrases, [lang]: [wanted, ...(intent.phrases[lang] ?? [])] },
  }));
}

export function removePhrase(document: Intents, id: string, lang: Lang, phrase: string): Intents {
  return changeIntent(document, id, (intent) => ({
    ...intent, phrases: { ...intent.phrases, [lang]: (intent.phrases[lang] ?? []).filter((other) => other !== phrase) },
  }));
}

export function setStep(document: Intents, id: string, at: number, lang: TextLang, text: string): Intents {
  return changeIntent(document, id, (intent) => ({
    ...intent,
    steps: (intent.steps ?? []).map((step, index) => (index === at ? { ...step, text: { ...step.text, [lang]: text } } : step)),
  }));
}

export function addStep(document: Intents, id: string): Intents {
  return changeIntent(document, id, (intent) => {
    const steps = intent.steps ?? [];
    let number = steps.length + 1;
    while (steps.some((step) => step.id === `step_${number}`)) number += 1;
    return { ...intent, steps: [...steps, { id: `step_${number}`, text: { en: '', ar: '' } }] };
  });
}

export function removeStep(document: Intents, id: string, at: number): Intents {
  return changeIntent(document, id, (intent) => ({ ...intent, steps: (intent.steps ?? []).filter((_, index) => index !== at) }));
}

// How many phrases, steps and switches differ.
export function countChanges(before: Intents, after: Intents): number {
  let count = 0;
  for (const intent of after.intents) {
    const old = before.intents.find((other) => other.id === intent.id);
    if (!old) {
      count += 1;
      continue;
    }
    for (const lang of ['en', 'ar', 'arabizi'] as const) {
      const mine = new Set(intent.phrases[lang] ?? []);
      const theirs = new Set(old.phrases[lang] ?? []);
      count += [...mine].filter((one) => !theirs.has(one)).length + [...theirs].filter((one) => !mine.has(one)).length;
    }
    const steps = Math.max(intent.steps?.length ?? 0, old.steps?.length ?? 0);
    for (let at = 0; at < steps; at += 1) {
      if (JSON.stringify(intent.steps?.[at]) !== JSON.stringify(old.steps?.[at])) count += 1;
    }
    if (intent.escalate !== old.escalate) count += 1;
    if (intent.max_attempts !== old.max_attempts) count += 1;
  }
  return count;
}
