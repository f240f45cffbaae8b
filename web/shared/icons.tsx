// Icons: 20 grid, 1.5 stroke, round ends.
export const paths = {
  search: 'M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM13 13l4 4',
  inbox: 'M3 11l2-6.5h10l2 6.5v4.5H3V11Zm0 0h4l1.2 2h3.6L13 11h4',
  send: 'M3.5 16.5v-13L17 10 3.5 16.5Zm0-6.500H9',
  back: 'M17 10H3m5.500-5.500L3 10l5.500 5.500',
  close: 'M5 5l10 10M15 5 5 15',
  check: 'M4 10.500l4 4 8-9',
  checks: 'M2 10.500l3.500 3.500 6.500-8M9 13l1.200 1L18 5.500',
  clock: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14Zm0 3.500V10l2.500 1.500',
  lock: 'M5 9h10v7.500H5V9Zm2 0V6.500a3 3 0 0 1 6 0V9',
  note: 'M4 4h12v8l-4 4H4V4Zm12 8h-4v4M7 7.500h6M7 10.500h3',
  chat: 'M3.500 16.500V10A6.500 6.500 0 1 1 10 16.500H3.500Z',
  warning: 'M10 3.500 17.500 16h-15L10 3.500Zm0 4.500v4m0 2v.100',
  offline: 'M3 3l14 14M2.500 8A11 11 0 0 1 6 5.700M9 4.600A11 11 0 0 1 17.500 8M5 11a7 7 0 0 1 3-1.800m4.500.300A7 7 0 0 1 15 11M10 15.500v.100',
  globe: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM3 10h14M10 3c5 4.500 5 9.500 0 14-5-4.500-5-9.500 0-14Z',
  down: 'M10 4v12m-4.500-4.500L10 16l4.500-4.500',
  out: 'M8 3.500H4v13h4M12.500 6l4 4-4 4M16 10H8',
  user: 'M10 3.500a3.200 3.200 0 1 1 0 6.400 3.200 3.200 0 0 1 0-6.400ZM3.500 17a6.500 5.500 0 0 1 13 0',
  bars: 'M4 16.500v-4M10 16.500V8M16 16.500v-13',
  bag: 'M4 7h12l.800 9.500H3.200L4 7Zm3 0V6a3 3 0 0 1 6 0v1',
  refresh: 'M16.500 10a6.500 6.500 0 1 1-2-4.700M16.500 3v3.500H13',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, ...rest }: { name: IconName; size?: number; mirror?: boolean }) {
  return <Drawing path={paths[name]} {...rest} />;
}

export function Drawing({ path, size = 18, mirror = false }: { path: string; size?: number; mirror?: boolean }) {
  return (
    <svg
      class={mirror ? 'icon mirror' : 'icon'} width={size} height={size} viewBox="0 0 20 20" fill="none"
      stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}

export function Logo({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path class="logo-arch" d="M3 31V16a13 13 0 0 1 26 0v4a7 7 0 0 1-7 7H9z" />
      <path class="logo-door" d="M11 21v-5a5 5 0 0 1 10 0v5z" />
    </svg>
  );
}
