// Small charts in SVG. The number is always beside them too; the time axis runs left to right in every language.
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { labelEvery } from './stats';

export interface Axis {
  top: number;
  label: (value: number) => string;
}

interface FrameProps {
  label: string;
  height: number;
  axis: Axis;
  days: readonly string[];
  dayLabel: (day: string) => string;
  children: (plot: { width: number; height: number; x: (at: number) => number; step: number; y: (value: number) => number }) => ComponentChildren;
}

const start = 34;
const below = 22;

function Frame({ label, height, axis, days, dayLabel, children }: FrameProps) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setWidth(box.current?.clientWidth ?? 0);
    measure();
    const observer = new ResizeObserver(measure);
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  const plotWidth = Math.max(0, width - start - 4);
  const plotHeight = height - below - 8;
  const step = days.length > 0 ? plotWidth / days.length : 0;
  const x = (at: number) => start + step * (at + 0.5);
  const y = (value: number) => 8 + plotHeight * (1 - Math.min(1, value / axis.top));
  const every = labelEvery(days.length, plotWidth);
  return (
    <div class="chart" ref={box} dir="ltr" style={{ blockSize: `${height}px` }}>
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={label}>
          {[0, 0.25, 0.5, 0.75, 1].map((part) => (
            <g key={part}>
              <line class={part === 0 ? 'axis' : 'grid'} x1={start} x2={width} y1={y(axis.top * part)} y2={y(axis.top * part)} />
              {part !== 0.25 && part !== 0.75 && <text class="tick" x={start - 8} y={y(axis.top * part) + 4} text-anchor="end">{axis.label(axis.top * part)}</text>}
            </g>
          ))}
          {days.map((day, at) => at % every === 0 && <text key={day} class="tick" x={x(at)} y={height - 4} text-anchor="middle">{dayLabel(day)}</text>)}
          {children({ width, height: plotHeight, x, step, y })}
        </svg>
      )}
    </div>
  );
}

type ChartProps = Omit<FrameProps, 'children'>;

export function PairBars({ first, second, title, ...frame }: ChartProps & {
  first: readonly number[]; second: readonly number[]; title: (at: number) => string;
}) {
  return (
    <Frame {...frame}>
      {({ x, y, step }) => {
        const bar = Math.max(1.5, Math.min(11, step * 0.34));
        return frame.days.map((day, at) => (
          <g key={day} class="bars">
            <title>{title(at)}</title>
            <rect class="hit" x={x(at) - step / 2} y={8} width={step} height={y(0) - 8} />
            <rect class="bar-a" x={x(at) - bar - 0.75} y={y(first[at] ?? 0)} width={bar} height={y(0) - y(first[at] ?? 0)} rx={Math.min(3, bar / 2)} />
            <rect class="bar-b" x={x(at) + 0.75} y={y(second[at] ?? 0)} width={bar} height={y(0) - y(second[at] ?? 0)} rx={Math.min(3, bar / 2)} />
          </g>
        ));
      }}
    </Frame>
  );
}

export function StackBars({ first, second, title, ...frame }: ChartProps & {
  first: readonly number[]; second: readonly number[]; title: (at: number) => string;
}) {
  return (
    <Frame {...frame}>
      {({ x, y, step }) => {
        const bar = Math.max(2, Math.min(22, step * 0.66));
        return frame.days.map((day, at) => {
          const a = first[at] ?? 0;
          const b = second[at] ?? 0;
          return (
            <g key={day} class="bars">
              <title>{title(at)}</title>
              <rect class="bar-bot" x={x(at) - bar / 2} y={y(a)} width={bar} height={y(0) - y(a)} rx="2" />
              {b > 0 && <rect class="bar-passed" x={x(at) - bar / 2} y={y(a + b)} width={bar} height={Math.max(0, y(a) - y(a + b) - 1)} rx="2" />}
            </g>
          );
        });
      }}
    </Frame>
  );
}

// Two lines; where nothing was counted they have a gap.
export function Lines({ low, high, title, ...frame }: ChartProps & {
  low: readonly (number | null)[]; high: readonly (number | null)[]; title: (at: number) => string;
}) {
  return (
    <Frame {...frame}>
      {({ x, y, step }) => {
        const path = (values: readonly (number | null)[]) => {
          let pen = 'M';
          return values.map((value, at) => {
            if (value === null) {
              pen = 'M';
              return '';
            }
            const piece = `${pen}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
            pen = 'L';
            return piece;
          }).join('');
        };
        const dots = (values: readonly (number | null)[], name: string) => values.map((value, at) => {
          const alone = value !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null;
          const last = value !== null && values.slice(at + 1).every((later) => later === null);
          return value !== null && (alone || last) && <circle key={`${name}${at}`} class={name} cx={x(at)} cy={y(value)} r="3.5" />;
        });
        return (
          <>
            <path class="line-high" d={path(high)} />
            <path class="line-low" d={path(low)} />
            {dots(high, 'dot-high')}
            {dots(low, 'dot-low')}
            {frame.days.map((day, at) => <rect key={day} class="hit" x={x(at) - step / 2} y={8} width={step} height={y(0) - 8}><title>{title(at)}</title></rect>)}
          </>
        );
      }}
    </Frame>
  );
}
