// The widget's icons: 20 grid, 1.5 stroke, round ends. Here are those of a first open, because they are part of its
// weight; the others are in later_icons.ts.
const paths = {
  send: 'M4 16.500V3.500L17 10 4 16.500ZM4 10h5.500',
  back: 'M12.500 4 6.500 10l6 6',
  close: 'M5 5l10 10M15 5 5 15',
  check: 'M4 10.500l4 4 8-9',
  clock: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14Zm0 3.500V10l2.500 1.500',
  warning: 'M10 3.500 17.500 16h-15L10 3.500Zm0 4.500v3.500m0 2.300v.100',
  offline: 'M3 3l14 14M2.500 8A11 11 0 0 1 6 5.700M9 4.600A11 11 0 0 1 17.500 8M5 11a7 7 0 0 1 3-1.800m4.500.300A7 7 0 0 1 15 11M10 15.500v.100',
  moon: 'M16.500 12A7 7 0 0 1 8 3.500a7 7 0 1 0 8.500 8.500Z',
  clip: 'M15.500 9.500l-5.800 5.800a3.400 3.400 0 0 1-4.900-4.900l6.400-6.300a2.300 2.300 0 0 1 3.300 3.200L8.200 13.500a1.100 1.100 0 0 1-1.600-1.600l5.400-5.400',
  smile: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14Zm-2.700 8.500a3.200 3.200 0 0 0 5.400 0M7.600 8v.100M12.400 8v.100',
  mic: 'M10 2.500a2.300 2.300 0 0 1 2.300 2.300v4.900a2.300 2.300 0 0 1-4.600 0V4.800A2.300 2.300 0 0 1 10 2.500ZM5 9.500a5 5 0 0 0 10 0M10 14.500V17.500',
} as const;

export type IconName = keyof typeof paths;

type Drawn = { name: IconName; path?: undefined } | { name?: undefined; path: string };

export function Icon({ name, path, size = 18, mirror }: Drawn & { size?: number; mirror?: boolean }) {
  return (
    <svg class={mirror ? 'icon mirror' : 'icon'} width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path d={path ?? paths[name]} />
    </svg>
  );
}
