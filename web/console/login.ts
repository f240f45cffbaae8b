// Who is signed in: on this computer, or until its browser is closed.
import { Api } from '../shared/api';

export interface Login {
  token: string;
  expires_at: string | number;
  agent: { _id: string; conversation_id: string; name: string; email: string; role: string };
}

const key = 'parlor.console.login';
const api = new Api(() => ({}));

export function keptLogin(): Login | null {
  try {
    const text = localStorage.getItem(key) ?? sessionStorage.getItem(key) ?? 'null';
    const value = JSON.parse(text) as Partial<Login> | null;
    return value && typeof value.token === 'string' && value.agent ? (value as Login) : null;
  } catch {
    return null;
  }
}

export async function signIn(email: string, password: string, keep: boolean): Promise<Login> {
  return kept(await api.send<Login>('POST', '/api/auth/login', { email, password }), keep);
}

export async function acceptInvitation(token: string, password: string): Promise<Login> {
  return kept(await api.send<Login>('POST', '/api/auth/invitation', { token, password }), true);
}

function kept(login: Login, keep: boolean): Login {
  forgetLogin();
  (keep ? localStorage : sessionStorage).setItem(key, JSON.stringify(login));
  return login;
}

export function forgetLogin(): void {
  localStorage.removeItem(key);
  sessionStorage.removeItem(key);
}
