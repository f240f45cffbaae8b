// What the pages of the settings share: their head, a question before something is gone.
import type { ComponentChildren } from 'preact';
import { Dialog } from '../shared/dialog';
import { Icon } from './icons';
import { t } from './i18n';

export function PageHead({ title, sub, back = '#settings', children }: { title: ComponentChildren; sub?: ComponentChildren; back?: string; children?: ComponentChildren }) {
  return (
    <header class="settings-head">
      <a class="icon-button settings-back" href={back} aria-label={t('back')}><Icon name="back" size={20} mirror /></a>
      <div><h1>{title}</h1>{sub && <p>{sub}</p>}</div>
      <div class="settings-tools">{children}</div>
    </header>
  );
}

export function Ask({ title, text, yes, no, onYes, onClose }: {
  title: string; text: string; yes: string; no: string; onYes: () => void; onClose: () => void;
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      <h2>{title}</h2>
      <p>{text}</p>
      <div class="dialog-foot">
        <button type="button" class="button" onClick={onClose}>{no}</button>
        <button type="button" class="danger-button" onClick={onYes}>{yes}</button>
      </div>
    </Dialog>
  );
}
