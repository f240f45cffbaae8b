// Recording a voice message, in the place of the field: delete, how long it is, how loud, send.
import { useEffect, useRef, useState } from 'preact/hooks';
import css from './recorder.css';
import { Icon } from './icons';
import { trashIcon } from './later_icons';
import { t } from './i18n';
import { addStyles } from './styles';
import type { ChatStore } from './store';
import { minutes } from './voice';

addStyles(css);

const limitSeconds = 300;
const bars = 30;
const formats = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

export function Recorder({ store, onDone }: { store: ChatStore; onDone: () => void }) {
  const [seconds, setSeconds] = useState(0);
  const [levels, setLevels] = useState<readonly number[]>([]);
  const recording = useRef<Recording | null>(null);
  const lengthRef = useRef(0);

  useEffect(() => {
    let wanted = true;
    Recording.begin().then(
      (begun) => {
        if (!wanted) return begun.stop();
        recording.current = begun;
        return undefined;
      },
      () => {
        store.complaint.value = t('noMicrophone');
        onDone();
      },
    );
    const timer = setInterval(() => {
      const now = recording.current;
      if (!now) return;
      lengthRef.current = now.seconds;
      setSeconds(now.seconds);
      setLevels((known) => [...known.slice(1 - bars), now.level()]);
      if (now.seconds >= limitSeconds) void finish();
    }, 100);
    return () => {
      wanted = false;
      clearInterval(timer);
      recording.current?.stop();
    };
  }, []);

  const finish = async () => {
    const file = await recording.current?.file();
    if (file) store.sendFiles([file], Math.round(lengthRef.current));
    onDone();
  };

  return (
    <div class="composer recording" role="group" aria-label={t('recording')} onKeyDown={(event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      onDone();
    }}>
      <button type="button" class="tool bad" aria-label={t('stopRecording')} onClick={onDone}><Icon path={trashIcon} size={20} /></button>
      <i class="red" />
      <time role="timer">{minutes(seconds)}</time>
      <svg class="wave" viewBox={`0 0 ${bars * 4} 24`} preserveAspectRatio="none" aria-hidden="true">
        {levels.map((level, index) => <path key={index} d={`M${index * 4 + 1.5} ${12 - level * 11}v${level * 22}`} />)}
      </svg>
      <small>{t('ofLimit', { limit: minutes(limitSeconds) })}</small>
      <button type="button" class="send" aria-label={t('send')} autoFocus disabled={seconds === 0} onClick={() => void finish()}><Icon name="send" size={20} mirror /></button>
    </div>
  );
}

class Recording {
  private readonly parts: Blob[] = [];
  private readonly startedAt = Date.now();
  private readonly samples = new Uint8Array(256);

  private constructor(
    private readonly stream: MediaStream,
    private readonly recorder: MediaRecorder,
    private readonly audio: AudioContext,
    private readonly meter: AnalyserNode,
  ) {
    recorder.ondataavailable = ({ data }) => void this.parts.push(data);
    recorder.start(1000);
  }

  static async begin(): Promise<Recording> {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const mimeType = formats.find((format) => MediaRecorder.isTypeSupported(format));
    const audio = new AudioContext();
    const meter = new AnalyserNode(audio, { fftSize: 256 });
    audio.createMediaStreamSource(stream).connect(meter);
    return new Recording(stream, new MediaRecorder(stream, mimeType ? { mimeType } : {}), audio, meter);
  }

  get seconds(): number {
    return (Date.now() - this.startedAt) / 1000;
  }

  level(): number {
    this.meter.getByteTimeDomainData(this.samples);
    const loudest = this.samples.reduce((most, sample) => Math.max(most, Math.abs(sample - 128)), 0);
    return Math.min(1, Math.max(0.1, loudest / 64));
  }

  async file(): Promise<File> {
    const stopped = new Promise((resolve) => (this.recorder.onstop = resolve));
    this.recorder.stop();
    await stopped;
    const type = this.recorder.mimeType.split(';')[0] || 'audio/webm';
    const ending = type.split('/')[1] === 'mp4' ? 'm4a' : (type.split('/')[1] ?? 'webm');
    this.stop();
    return new File(this.parts, `voice-message.${ending}`, { type });
  }

  stop(): void {
    if (this.recorder.state !== 'inactive') this.recorder.stop();
    for (const track of this.stream.getTracks()) track.stop();
    if (this.audio.state !== 'closed') void this.audio.close();
  }
}
