/** Phases of a run written to a file, for whoever has to know what a killed process was doing. */
import { appendFileSync } from 'node:fs';
import { phaseFile } from '../../platform/config.ts';

/** Appends one line per phase to the file of `XINHENG_PHASES`; does nothing without it. */
export function phaseLog(): (phase: { readonly name: string; readonly row: number }) => void {
  const file = phaseFile();
  if (file === null) return () => undefined;
  return (phase) => appendFileSync(file, `${phase.name} ${phase.row}\n`);
}
