import { figure } from './number.ts';

/** A number as a person reads it and, for whoever wants to check it, as it is. */
export function Value({ of, unit }: { readonly of: number; readonly unit?: string }) {
  return (
    <data value={String(of)}>
      {figure(of)}
      {unit === undefined ? '' : ` ${unit}`}
    </data>
  );
}
