// What an inbox asks before the first message. Everything may be left empty; an e-mail that is none is said so.
import { signal } from '@preact/signals';
import { t } from './i18n';
import type { ChatStore } from './store';

const kinds = {
  name: { type: 'text', autocomplete: 'name', maxLength: 100 },
  email: { type: 'email', autocomplete: 'email', maxLength: 254 },
  phone: { type: 'tel', autocomplete: 'tel', maxLength: 40 },
} as const;

const wrongEmail = signal(false);

export function isComplete(store: ChatStore): boolean {
  const email = store.form.value.email?.trim() ?? '';
  wrongEmail.value = email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email);
  return !wrongEmail.value;
}

export function IntroForm({ store }: { store: ChatStore }) {
  return (
    <div class="form">
      {store.asked.value.map((field) => {
        const wrong = field === 'email' && wrongEmail.value;
        return (
          <label key={field}>
            <span>{t(field)} <small>{t('optional')}</small></span>
            <input
              {...kinds[field]} class={`${field}-field`} dir={field === 'name' ? 'auto' : 'ltr'} value={store.form.value[field] ?? ''}
              aria-invalid={wrong} aria-describedby={wrong ? 'wrong' : undefined}
              onInput={(event) => (store.form.value = { ...store.form.value, [field]: event.currentTarget.value })}
            />
            {wrong && <em id="wrong" role="alert">{t('badEmail')}</em>}
          </label>
        );
      })}
    </div>
  );
}
