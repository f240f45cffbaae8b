// Who is signed in on this computer.
import { Api } from '../shared/api';

export interface Login {
  token: string;
  expires_at: string | number;
  agent: { _id: string; conversation_id: string; name: string; email: string; role: string };
}

const key = 'parlor.console.login';

export function keptLogin(): Login | null {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<Login> | null;
    return value && typeof value.token === 'string' && value.agent ? (value as Login) : null;
  } catch {
    return null;
  }
}

export async function signIn(email: string, password: string): Promise<Login> {
  const answer = await new Api(() => ({})).send<Login>('POST', '/api/auth/login', { email, password });
  localStorage.setItem(key, JSON.stringify(answer));
  return answer;
}

export function forgetLogin(): void {
  localStorage.removeItem(key);
}
