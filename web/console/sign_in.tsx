// Signing in, and what an invitation leads to: choosing a password.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, fetchJson } from '../shared/api';
import { LanguageSwitch } from '../shared/parts';
import type { DemoConfig } from '../shared/types';
import { Icon, Logo } from './icons';
import { t, type TextKey } from './i18n';
import { acceptInvitation, signIn, type Login } from './login';
import { ArchPicture } from './picture';

const shortestPassword = 8;

export function SignIn({ onSignedIn }: { onSignedIn: (login: Login) => void }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [keep, setKeep] = useState(true);
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const [demo, setDemo] = useState<DemoConfig | null>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    void fetchJson<DemoConfig>('/demo/config.json').then(setDemo);
  }, []);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem('');
    try {
      onSignedIn(await signIn(email.trim(), password, keep));
    } catch (error) {
      setProblem(explain(error, 'wrongLogin'));
      setBusy(false);
    }
  };
  const fillIn = () => {
    setEmail(demo?.agent_email ?? '');
    setPassword(demo?.agent_password ?? '');
    button.current?.focus();
  };

  return (
    <Page footer={<span>{t('invited')}</span>}>
      <form onSubmit={submit}>
        <h1>{t(greeting(new Date().getHours()))}</h1>
        <p class="lead">{t('signInMore')}</p>
        <label for="email">{t('email')}</label>
        <input
          id="email" class="input" type="email" autocomplete="username" required dir="ltr" value={email} aria-invalid={problem !== ''}
          aria-describedby="problem" onInput={(event) => setEmail(event.currentTarget.value)}
        />
        <label for="password">{t('password')}</label>
        <Password id="password" value={password} wrong={problem !== ''} autocomplete="current-password" onInput={setPassword} />
        <Problem text={problem} />
        <button ref={button} type="submit" class="primary large" disabled={busy}>{t(busy ? 'signingIn' : 'signIn')}</button>
        <label class="keep"><input type="checkbox" class="check" checked={keep} onChange={(event) => setKeep(event.currentTarget.checked)} />{t('keepSignedIn')}</label>
        {demo?.agent_email && demo.agent_password && (
          <div class="demo-login">
            <div>
              <strong>{t('demoLogin')}</strong>
              <p><bdi dir="ltr">{demo.agent_email}</bdi><br /><bdi dir="ltr">{demo.agent_password}</bdi></p>
            </div>
            <button type="button" class="plain" onClick={fillIn}>{t('fillIn')}</button>
          </div>
        )}
      </form>
    </Page>
  );
}

export function Invitation({ token, onSignedIn }: { token: string; onSignedIn: (login: Login) => void }) {
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (password.length < shortestPassword) return setProblem(t('passwordShort'));
    setBusy(true);
    setProblem('');
    try {
      onSignedIn(await acceptInvitation(token, password));
    } catch (error) {
      setProblem(explain(error, 'invitationOver'));
      setBusy(false);
    }
  };
  return (
    <Page footer={<a href="#">{t('haveLogin')}</a>}>
      <form class="invitation" onSubmit={submit}>
        <h1>{t('welcome')}</h1>
        <p class="lead">{t('welcomeMore')}</p>
        <label for="password">{t('newPassword')}</label>
        <Password id="password" value={password} wrong={problem !== ''} autocomplete="new-password" onInput={setPassword} />
        <Problem text={problem} hint={t('passwordHint')} />
        <button type="submit" class="primary large" disabled={busy}>{t('startWorking')}</button>
      </form>
    </Page>
  );
}

function Page({ children, footer }: { children: ComponentChildren; footer: ComponentChildren }) {
  return (
    <div class="sign-in">
      <main class="sign-in-form">
        <div class="sign-in-head"><Logo size={28} /><strong>Parlor</strong><LanguageSwitch /></div>
        {children}
        <footer><bdi dir="ltr">{location.host}</bdi>{footer}</footer>
      </main>
      <div class="sign-in-picture"><ArchPicture /></div>
    </div>
  );
}

function Password({ id, value, wrong, autocomplete, onInput }: {
  id: string; value: string; wrong: boolean; autocomplete: 'current-password' | 'new-password'; onInput: (value: string) => void;
}) {
  const [shown, setShown] = useState(false);
  return (
    <div class="password">
      <input
        id={id} class="input" {...({ type: shown ? 'text' : 'password' } as { type: 'password' })} autocomplete={autocomplete} required dir="ltr" value={value} maxLength={1024}
        aria-invalid={wrong} aria-describedby="problem" onInput={(event) => onInput(event.currentTarget.value)}
      />
      <button type="button" class="icon-button" aria-pressed={shown} aria-label={t('showPassword')} title={t('showPassword')} onClick={() => setShown(!shown)}><Icon name="eye" size={18} /></button>
    </div>
  );
}

function Problem({ text, hint = '' }: { text: string; hint?: string }) {
  return (
    <p class={text === '' ? 'problem quiet' : 'problem'} id="problem" role="alert">
      {text !== '' ? <><Icon name="warning" size={16} />{text}</> : hint}
    </p>
  );
}

export function greeting(hour: number): TextKey {
  if (hour >= 5 && hour < 12) return 'goodMorning';
  return hour >= 12 && hour < 18 ? 'goodAfternoon' : 'goodEvening';
}

function explain(error: unknown, wrong: TextKey): string {
  if (error instanceof ApiError && error.status === 429) {
    return t('tooMany', { n: Math.max(1, Math.ceil(error.retryAfterMs / 1000)) });
  }
  return error instanceof ApiError && error.status >= 400 && error.status < 500 ? t(wrong) : t('noServer');
}
