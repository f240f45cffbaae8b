// What the widget keeps in the browser, under names of its own; for as long as the page lives where storage is
// forbidden.
const memory = new Map<string, string>();

export class Kept {
  constructor(readonly prefix: string) {}

  get(name: string): string | null {
    try {
      return localStorage.getItem(this.prefix + name);
    } catch {
      return memory.get(this.prefix + name) ?? null;
    }
  }

  set(name: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(this.prefix + name);
      else localStorage.setItem(this.prefix + name, value);
    } catch {
      if (value === null) memory.delete(this.prefix + name);
      else memory.set(this.prefix + name, value);
    }
  }

  read<T>(name: string): T | null {
    try {
      return JSON.parse(this.get(name) ?? 'null') as T | null;
    } catch {
      return null;
    }
  }
}
