import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, fetchJson } from '../shared/api';
import { Icon, Logo } from '../shared/icons';
import { t } from '../shared/i18n';
import { LanguageSwitch } from '../shared/parts';
import type { DemoConfig } from '../shared/types';
import { signIn, type Login } from './login';

export function SignIn({ onSignedIn }: { onSignedIn: (login: Login) => void }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
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
      onSignedIn(await signIn(email.trim(), password));
    } catch (error) {
      setProblem(explain(error));
      setBusy(false);
    }
  };

  const fillIn = () => {
    setEmail(demo?.agent_email ?? '');
    setPassword(demo?.agent_password ?? '');
    button.current?.focus();
  };

  return (
    <div class="sign-in">
      <main class="sign-in-form">
        <div class="sign-in-head"><Logo size={28} /><strong>Parlor</strong><LanguageSwitch /></div>
        <form onSubmit={submit}>
          <h1>{t('goodDay')}</h1>
          <p class="lead">{t('signInMore')}</p>
          <label for="email">{t('email')}</label>
          <input
            id="email" type="email" autocomplete="username" required dir="ltr" value={email} aria-invalid={problem !== ''}
            aria-describedby="problem" onInput={(event) => setEmail(event.currentTarget.value)}
          />
          <label for="password">{t('password')}</label>
          <input
            id="password" type="password" autocomplete="current-password" required dir="ltr" value={password}
            aria-invalid={problem !== ''} aria-describedby="problem"
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
          <p class="problem" id="problem" role="alert">
            {problem !== '' && <><Icon name="warning" size={16} />{problem}</>}
          </p>
          <button ref={button} type="submit" class="primary" disabled={busy}>{t(busy ? 'signingIn' : 'signIn')}</button>
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
        <footer><bdi dir="ltr">{location.host}</bdi></footer>
      </main>
      <SignInPicture />
    </div>
  );
}

function explain(error: unknown): string {
  if (error instanceof ApiError && error.status === 429) {
    return t('tooMany', { n: Math.max(1, Math.ceil(error.retryAfterMs / 1000)) });
  }
  return error instanceof ApiError && error.status >= 400 && error.status < 500 ? t('wrongLogin') : t('noServer');
}

function SignInPicture() {
  return (
    <svg class="sign-in-picture" viewBox="0 0 500 800" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <rect width="500" height="800" fill="#0B3F47" />
      <path d="M-60 748V375a202 202 0 0 1 404 0v373z" fill="#0E5F6B" />
      <path d="M10 748V390a133 133 0 0 1 266 0v358z" fill="#E4D3B4" />
      <path d="M46 748V395a97 97 0 0 1 194 0v353z" fill="#F1E4CB" />
      <path d="M300 748V482a112 112 0 0 1 224 0v266z" fill="#11717F" />
      <path d="M344 748V487a68 68 0 0 1 136 0v261z" fill="#0B3F47" />
      <circle cx="425" cy="180" r="41" fill="#E88B62" />
      <path d="M88 748V668a55 55 0 0 1 110 0v16a32 32 0 0 1-32 32h-50z" fill="#0E5F6B" />
      <path d="M120 696v-22a23 23 0 0 1 46 0v22z" fill="#FFFFFF" />
      <path d="M466 748V696a35 35 0 0 0-70 0v6a20 20 0 0 0 20 20h26z" fill="#E88B62" />
      <path d="M415 710v-14a14 14 0 0 1 28 0v14z" fill="#0B3F47" />
      <rect y="748" width="500" height="52" fill="#082C32" />
    </svg>
  );
}
