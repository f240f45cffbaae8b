// Voice: a player with a bar of levels, and the recorder. What is recorded goes out as a file.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Attachment } from '../shared/types';
import { Icon } from './icons';
import { t } from './i18n';

const bars = 26;
const speeds = [1, 1.5, 2];
const mostSeconds = 300;

// Levels that look like speech and are always the same for the same file.
function levels(seed: string): number[] {
  let hash = 11;
  for (const character of seed) hash = (hash * 33 + character.charCodeAt(0)) >>> 0;
  return Array.from({ length: bars }, () => {
    hash = (hash * 1_103_515_245 + 12_345) >>> 0;
    return 0.2 + 0.8 * ((hash >>> 16) % 100) / 100;
  });
}

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

export function VoicePlayer({ file }: { file: Attachment }) {
  const sound = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const [speed, setSpeed] = useState(1);
  const toggle = () => {
    const element = sound.current;
    if (!element) return;
    if (element.paused) void element.play().catch(() => setPlaying(false));
    else element.pause();
  };
  const next = () => {
    const faster = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1;
    setSpeed(faster);
    if (sound.current) sound.current.playbackRate = faster;
  };
  const seek = (event: Event & { currentTarget: HTMLInputElement }) => {
    if (sound.current && length > 0) sound.current.currentTime = Number(event.currentTarget.value);
  };
  const part = length > 0 ? at / length : 0;
  return (
    <div class="voice" dir="ltr">
      <audio
        ref={sound} src={file.url} preload="metadata" onPlay={() => setPlaying(true)} onPause={() => setPlaying(false)}
        onEnded={() => { setPlaying(false); setAt(0); }} onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onLoadedMetadata={(event) => { if (Number.isFinite(event.currentTarget.duration)) setLength(event.currentTarget.duration); }}
        onDurationChange={(event) => { if (Number.isFinite(event.currentTarget.duration)) setLength(event.currentTarget.duration); }}
      />
      <button type="button" class="voice-play" aria-label={t(playing ? 'pause' : 'play')} onClick={toggle}>
        <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><path d={playing ? 'M3 2h3v10H3zM8 2h3v10H8z' : 'M3.500 1.500 12 7l-8.500 5.500z'} /></svg>
      </button>
      <span class="voice-bars">
        {levels(file.name ?? file.url.slice(0, 40)).map((level, index) => (
          <i key={index} class={index / bars < part ? 'played' : ''} style={{ blockSize: `${Math.round(level * 20)}px` }} />
        ))}
        <input type="range" min="0" max={length || 1} step="0.1" value={at} aria-label={t('position')} onInput={seek} />
      </span>
      <span class="voice-time">{clock(playing || at > 0 ? at : length)}</span>
      <button type="button" class="voice-speed" aria-label={`${t('speed')}: ${speed}×`} onClick={next}>{speed}×</button>
    </div>
  );
}

export const canRecord = () => 'MediaRecorder' in window && !!navigator.mediaDevices?.getUserMedia;

// Records until it is stopped or five minutes are over.
export function Recorder({ onDone, onCancel }: { onDone: (file: File) => void; onCancel: (refused: boolean) => void }) {
  const [seconds, setSeconds] = useState(0);
  const recorder = useRef<MediaRecorder | null>(null);
  const wanted = useRef(true);
  useEffect(() => {
    let stream: MediaStream | undefined;
    let ended = false;
    const begun = Date.now();
    const timer = setInterval(() => {
      const passed = (Date.now() - begun) / 1000;
      setSeconds(passed);
      if (passed > mostSeconds) recorder.current?.stop();
    }, 250);
    navigator.mediaDevices.getUserMedia({ audio: true }).then((given) => {
      stream = given;
      if (ended) return given.getTracks().forEach((track) => track.stop());
      const made = new MediaRecorder(given);
      const parts: Blob[] = [];
      made.ondataavailable = (event) => parts.push(event.data);
      made.onstop = () => {
        const type = made.mimeType.split(';')[0] || 'audio/webm';
        if (wanted.current) onDone(new File(parts, `voice.${type.includes('mp4') ? 'm4a' : type.includes('ogg') ? 'ogg' : 'webm'}`, { type }));
      };
      recorder.current = made;
      made.start();
    }, () => onCancel(true));
    return () => {
      ended = true;
      clearInterval(timer);
      wanted.current = false;
      if (recorder.current?.state === 'recording') recorder.current.stop();
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);
  return (
    <div class="recording" role="status">
      <i class="recording-dot" /><span>{t('recording')} <bdi dir="ltr">{clock(seconds)}</bdi></span>
      <button type="button" class="button quiet small" onClick={() => onCancel(false)}>{t('cancel')}</button>
      <button type="button" class="button small" onClick={() => recorder.current?.stop()}><Icon name="check" size={15} />{t('done')}</button>
    </div>
  );
}
