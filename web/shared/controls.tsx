// Form controls: a labelled field with its problem below, a switch, segments, empty states.
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  label: string;
  hint?: string | undefined;
  problem?: string | undefined;
  children: (ids: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean | undefined }) => ComponentChildren;
}

export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId();
  const noted = problem || hint ? `${id}-note` : undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': noted, 'aria-invalid': problem ? true : undefined })}
      {noted && <p id={noted} class={problem ? 'field-problem' : 'field-hint'}>{problem || hint}</p>}
    </div>
  );
}

interface SwitchProps {
  on: boolean;
  label: string;
  hint?: string | undefined;
  disabled?: boolean;
  onChange: (on: boolean) => void;
}

export function Switch({ on, label, hint, disabled = false, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div class="switch-row">
      <button
        type="button" role="switch" id={id} class="switch" aria-checked={on} aria-labelledby={`${id}-label`}
        aria-describedby={hint ? `${id}-hint` : undefined} disabled={disabled} onClick={() => onChange(!on)}
      ><i /></button>
      <label for={id}><span id={`${id}-label`}>{label}</span>{hint && <small id={`${id}-hint`}>{hint}</small>}</label>
    </div>
  );
}

interface SegmentsProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: ComponentChildren; name?: string }[];
  onChange: (value: Value) => void;
}

export function Segments<Value extends string>({ label, value, options, onChange }: SegmentsProps<Value>) {
  return (
    <div class="segments" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          type="button" key={option.value} aria-pressed={option.value === value} aria-label={option.name}
          title={option.name} onClick={() => onChange(option.value)}
        >{option.label}</button>
      ))}
    </div>
  );
}

export function Empty({ title, children, picture = 'sun' }: {
  title: ComponentChildren; children?: ComponentChildren; picture?: 'sun' | 'search' | 'door';
}) {
  return (
    <div class="empty">
      <svg width="84" height="76" viewBox="0 0 96 86" aria-hidden="true">
        <path class="arch-outer" d="M18 80V44a30 30 0 0 1 60 0v36z" />
        <path class="arch-inner" d="M32 80V48a16 16 0 0 1 32 0v32z" />
        {picture === 'sun' && <circle class="arch-sun" cx="76" cy="16" r="8" />}
        {picture === 'door' && <path class="arch-door" d="M39 80V66a9 9 0 0 1 18 0v14z" />}
        {picture === 'search' && <path class="arch-glass" d="M47 47a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17Zm6 15 7 7" />}
        <path class="arch-ground" d="M6 80.500h84" />
      </svg>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
