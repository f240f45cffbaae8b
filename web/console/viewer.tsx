// A picture as large as the window allows. Arrow keys go through the pictures of its message.
import { useEffect } from 'preact/hooks';
import { Dialog } from '../shared/dialog';
import { viewed } from './attachments';
import { Icon } from './icons';
import { t } from './i18n';

export function Viewer() {
  const shown = viewed.value;
  const many = (shown?.files.length ?? 0) > 1;
  const step = (by: number) => {
    if (shown) viewed.value = { ...shown, at: (shown.at + by + shown.files.length) % shown.files.length };
  };
  useEffect(() => {
    if (!shown || !many) return undefined;
    const pressed = (event: KeyboardEvent) => {
      const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
      if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') step(event.key === forward ? 1 : -1);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [shown]);
  const file = shown?.files[shown.at];
  if (!shown || !file) return null;
  const close = () => { viewed.value = null; };
  return (
    <Dialog title={file.name ?? t('image')} className="viewer" onClose={close}>
      <div class="viewer-head">
        <bdi dir="ltr">{file.name}</bdi>
        {many && <span>{t('ofMany', { n: shown.at + 1, total: shown.files.length })}</span>}
        <a class="icon-button" href={file.url} download={file.name ?? true} target="_blank" rel="noopener noreferrer" aria-label={t('download')} title={t('download')}><Icon name="download" size={18} /></a>
        <button type="button" class="icon-button" aria-label={t('closeViewer')} title={t('closeViewer')} onClick={close}><Icon name="close" size={18} /></button>
      </div>
      <div class="viewer-picture">
        {many && <button type="button" class="icon-button viewer-step" aria-label={t('previous')} onClick={() => step(-1)}><Icon name="back" size={20} mirror /></button>}
        <img src={file.url} alt={file.name ?? t('image')} />
        {many && <button type="button" class="icon-button viewer-step" aria-label={t('nextOne')} onClick={() => step(1)}><Icon name="next" size={20} mirror /></button>}
      </div>
    </Dialog>
  );
}
