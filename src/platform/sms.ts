/** Short messages: a port, and the adapter of sample installations, which drops them into a folder. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** One short message. `id`: its name, the same however often it is sent. */
export type ShortMessage = {
  readonly id: string;
  readonly mobile: string;
  readonly text: string;
};

/** What the gateway said. `refused`: for good; `later`: it may take it another time. */
export type SmsAnswer = { readonly kind: 'sent' | 'refused' | 'later'; readonly reason: string };

/** A gateway. */
export type SmsGateway = (message: ShortMessage) => Promise<SmsAnswer>;

/** Writes each message to a file of its own: for sample installations, where nobody has a telephone. */
export function fileDropGateway(folder: string): SmsGateway {
  return async ({ id, mobile, text }) => {
    if (!/^[0-9a-f-]{36}$/.test(id)) return { kind: 'refused', reason: 'EID' };
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = resolve(folder, `${id}.json`);
      // Whoever looks into the folder finds whole files only.
      const content = JSON.stringify({ id, mobile, text });
      await writeFile(`${file}.part`, content, { mode: 0o600 });
      await rename(`${file}.part`, file);
      return { kind: 'sent', reason: 'file' };
    } catch (error) {
      return { kind: 'later', reason: (error as NodeJS.ErrnoException).code ?? 'EFILE' };
    }
  };
}
