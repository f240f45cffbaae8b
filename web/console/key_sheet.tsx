// The keys, and the switch for those of one letter (WCAG 2.1.4).
import { Dialog } from '../shared/dialog';
import { Switch } from '../shared/controls';
import { Icon } from './icons';
import { t, type TextKey } from './i18n';
import { want, wanted } from './notifier';

const rows: { keys: string[]; key: TextKey }[] = [
  { keys: ['Ctrl', 'K'], key: 'keySearch' },
  { keys: ['J'], key: 'keyNext' },
  { keys: ['K'], key: 'keyPrevious' },
  { keys: ['R'], key: 'keyReply' },
  { keys: ['N'], key: 'keyNote' },
  { keys: ['/'], key: 'keyCanned' },
  { keys: ['A'], key: 'keyAssign' },
  { keys: ['E'], key: 'keyClose' },
  { keys: ['Z'], key: 'keySnooze' },
  { keys: ['Enter'], key: 'keySend' },
  { keys: ['Shift', 'Enter'], key: 'keyLine' },
  { keys: ['?'], key: 'keySheet' },
];

export function KeySheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t('keys')} wide className="key-sheet" onClose={onClose}>
      <div class="dialog-head"><h2>{t('keys')}</h2><button type="button" class="icon-button" aria-label={t('dismiss')} onClick={onClose}><Icon name="close" size={17} /></button></div>
      <dl>
        {rows.map(({ keys, key }) => (
          <div key={key}><dt>{t(key)}</dt><dd dir="ltr">{keys.map((one) => <kbd key={one}>{one}</kbd>)}</dd></div>
        ))}
      </dl>
      <Switch on={wanted.value.letters} label={t('lettersOn')} hint={t('lettersMore')} onChange={(letters) => want({ letters })} />
    </Dialog>
  );
}
