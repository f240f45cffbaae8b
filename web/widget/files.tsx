// Files in the conversation: pictures, voice messages, anything else; and those on their way. Loaded with the first.
import { useState } from 'preact/hooks';
import type { Attachment, MessageType } from '../shared/types';
import { Failure } from './bubbles';
import { Icon } from './icons';
import { downIcon, fileIcon } from './later_icons';
import { t } from './i18n';
import { lazy } from '../shared/lazy';
import css from './files.css';
import { addStyles } from './styles';
import type { ChatStore } from './store';
import { fileSize, percent, type Upload } from './uploads';

const Viewer = lazy(async () => (await import('./viewer')).Viewer);
const Voice = lazy(async () => (await import('./voice')).Voice);

addStyles(css);

const widestPx = 240;
const highestPx = 260;

export function Files({ files, type }: { files: readonly Attachment[]; type: MessageType }) {
  const [shown, setShown] = useState<number | null>(null);
  const pictures = files.filter((file) => isPicture(file, type));
  return (
    <>
      {files.map((file) => {
        if (isPicture(file, type)) return <Picture file={file} onOpen={() => setShown(pictures.indexOf(file))} />;
        if (isVoice(file)) return <Voice file={file} />;
        return <FileCard file={file} />;
      })}
      {shown !== null && <Viewer pictures={pictures} from={shown} onClose={() => setShown(null)} />}
    </>
  );
}

function isPicture(file: Attachment, type: MessageType): boolean {
  return file.type ? file.type.startsWith('image/') : type === 'image';
}

// A recording of sound alone is called a film by some.
function isVoice(file: Attachment): boolean {
  return file.type?.startsWith('audio/') || (file.type === 'video/webm' && /^voice-message\./.test(file.name ?? ''));
}

// Its place is kept before it is there, so that nothing moves when it comes. What does not show is a file.
function Picture({ file, onOpen }: { file: Attachment; onOpen: () => void }) {
  const [broken, setBroken] = useState(false);
  if (broken) return <FileCard file={file} />;
  const width = file.width ?? widestPx;
  const height = file.height ?? 160;
  const scale = Math.min(1, widestPx / width, highestPx / height);
  return (
    <button type="button" class="shot" aria-label={t('openImage', { name: file.name ?? '' })} onClick={onOpen}>
      <img
        src={file.thumbnail_url ?? file.url} alt="" width={Math.round(width * scale)} height={Math.round(height * scale)}
        onError={() => setBroken(true)}
      />
    </button>
  );
}

function FileCard({ file }: { file: Attachment }) {
  const name = file.name ?? t('file');
  const kind = /\.([a-z\d]{1,5})$/i.exec(name)?.[1]?.toUpperCase();
  return (
    <a class="card" href={file.url} target="_blank" rel="noopener noreferrer" download={file.name}>
      <i class="card-icon"><Icon path={fileIcon} size={20} /></i>
      <span><bdi>{name}</bdi><small>{[kind, file.size && fileSize(file.size)].filter(Boolean).join(' · ')}</small></span>
      <Icon path={downIcon} />
    </a>
  );
}

export function UploadBubbles({ store }: { store: ChatStore }) {
  return (
    <>
      {store.uploads.value.map((upload) => (
        <div class={`group out upload${upload.state === 'failed' ? ' failed' : ''}`} key={upload.id}>
          <div class="stack">
            <div class={upload.preview ? 'shot' : 'card'}>
              {upload.preview ? <img src={upload.preview} alt="" width={200} /> : <i class="card-icon"><Icon path={fileIcon} size={20} /></i>}
              {!upload.preview && <span><bdi>{upload.file.name}</bdi><small>{fileSize(upload.file.size)}</small></span>}
              {upload.state !== 'failed' && <Progress upload={upload} onCancel={() => store.dropUpload(upload.id)} />}
            </div>
            {upload.state === 'failed' ? (
              <Failure onRetry={() => store.retryUpload(upload.id)} onDrop={() => store.dropUpload(upload.id)} />
            ) : (
              <div class="meta">
                {upload.preview && <><bdi>{upload.file.name}</bdi> · </>}{upload.state === 'waiting' ? t('waitingToSend') : progressText(upload)}
              </div>
            )}
          </div>
        </div>
      ))}
    </>
  );
}

function progressText(upload: Upload): string {
  return `${t('ofSize', { n: fileSize(upload.sent), limit: fileSize(upload.file.size) })} · ${percent(upload)}%`;
}

function Progress({ upload, onCancel }: { upload: Upload; onCancel: () => void }) {
  return (
    <button type="button" class="ring" aria-label={`${t('stopUpload', { name: upload.file.name })}, ${percent(upload)}%`} onClick={onCancel}>
      <svg viewBox="0 0 44 44" aria-hidden="true">
        <circle cx="22" cy="22" r="19" />
        <circle class="done" cx="22" cy="22" r="19" pathLength="100" stroke-dasharray={`${percent(upload)} 100`} />
      </svg>
      <Icon name="close" size={18} />
    </button>
  );
}
