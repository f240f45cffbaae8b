// Small components that both pages use.
import { initials, tone } from './format';
import { findLinks } from './links';
import { Icon } from './icons';
import { language, t, toggleLanguage } from './i18n';
import type { Receipt } from './types';

export function Avatar({ name, id, large = false }: { name: string; id: string; large?: boolean }) {
  const letters = initials(name);
  return (
    <span class={`avatar tone-${tone(name || id)}${large ? ' large' : ''}`} aria-hidden="true">
      {letters || <Icon name="user" size={large ? 22 : 16} />}
    </span>
  );
}

// A person's text: shown as text, whatever is in it; web addresses can be followed.
export function PlainText({ text }: { text: string }) {
  return (
    <>
      {findLinks(text).map((piece) =>
        piece.href === null ? (
          piece.text
        ) : (
          <a href={piece.href} target="_blank" rel="noopener noreferrer" dir="ltr">{piece.text}</a>
        ),
      )}
    </>
  );
}

export function ReceiptMark({ receipt }: { receipt: Receipt }) {
  return (
    <span class={`receipt ${receipt}`}>
      <Icon name={receipt === 'sent' ? 'check' : 'checks'} size={14} />
      {t(receipt)}
    </span>
  );
}

export function TypingDots() {
  return (
    <span class="dots" aria-hidden="true"><i /><i /><i /></span>
  );
}

export function LanguageSwitch({ compact = false }: { compact?: boolean }) {
  const label = t('otherLanguage');
  return (
    <button
      type="button" class="language" lang={language.value === 'en' ? 'ar' : 'en'} onClick={toggleLanguage}
      title={label} aria-label={label}
    >
      <Icon name="globe" size={compact ? 19 : 16} />{!compact && label}
    </button>
  );
}
