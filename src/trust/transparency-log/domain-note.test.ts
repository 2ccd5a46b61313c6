/** Notes: written and read as signed-note says, and refused where anything is off. */
import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkNote,
  checkpointText,
  cosignatureBytes,
  cosignatureText,
  noteText,
  parseCheckpoint,
  parseNote,
  parseVerifier,
  rawEd25519,
  verifierOf,
  verifierText,
} from './domain-note.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const raw = rawEd25519(publicKey.export({ type: 'spki', format: 'pem' }).toString());
const log = verifierOf('example.org/log', 'ed25519', raw);
const witness = verifierOf('example.org/witness', 'cosignature', raw);
const noSm2 = () => false;
const root = Buffer.alloc(32, 7);
const text = checkpointText({ origin: 'example.org/log', size: 42, root });
const signed = (bytes: string) => sign(null, Buffer.from(bytes), privateKey);
const line = { name: log.name, keyId: log.keyId, signature: signed(text) };

describe('a signed note', () => {
  it('is read as it was written, and its checkpoint too', () => {
    const note = parseNote(noteText({ text, signatures: [line] }));
    expect(note).toMatchObject({ ok: true, value: { text, signatures: [line] } });
    expect(parseCheckpoint(text)).toEqual({
      ok: true,
      value: { origin: 'example.org/log', size: 42, root },
    });
  });

  // The example of the C2SP signed-note text: name, key id and key of the Go checksum database.
  it('knows keys by the ids others know them by', () => {
    const known = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';
    const key = parseVerifier(known);
    expect(key.ok && key.value.kind).toBe('ed25519');
    expect(key.ok && verifierText(key.value)).toBe(known);
  });

  it('holds for the log and for a witness with its time, and for nobody else', () => {
    const seconds = 1_790_000_000;
    const cosigned = {
      name: witness.name,
      keyId: witness.keyId,
      signature: cosignatureBytes(seconds, signed(cosignatureText(text, seconds))),
    };
    const held = checkNote({ text, signatures: [line, cosigned] }, [log, witness], noSm2);
    expect(held.ok && held.value.map(({ verifier, seconds: at }) => [verifier.name, at])).toEqual([
      [log.name, null],
      [witness.name, seconds],
    ]);
    const other = {
      ...cosigned,
      signature: cosignatureBytes(seconds + 1, cosigned.signature.subarray(8)),
    };
    expect(checkNote({ text, signatures: [other] }, [witness], noSm2)).toMatchObject({
      refusal: { code: 'log.bad-signature' },
    });
    expect(checkNote({ text, signatures: [line] }, [witness], noSm2)).toEqual({
      ok: true,
      value: [],
    });
  });

  it('says something else with any byte of it changed', () => {
    const whole = noteText({ text, signatures: [line] });
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 33, max: 126 }), (at, code) => {
        const changed = whole.slice(0, at) + String.fromCharCode(code) + whole.slice(at + 1);
        if (changed === whole) return;
        const note = parseNote(changed);
        const held = note.ok ? checkNote(note.value, [log], noSm2) : note;
        expect(held.ok && held.value.length > 0).toBe(false);
      }),
    );
  });

  it.each([
    ['no signature', text],
    ['a control character', `${text}\u0007\n\n\u2014 a AAAAAAA=\n`],
    ['a line that is none', `${text}\nnot a signature\n`],
    ['base64 that is none', `${text}\n\u2014 a AAAA!\n`],
    ['a text too long', `${'x'.repeat(70_000)}\n\n\u2014 a AAAAAAA=\n`],
  ])('is refused with %s', (_, given) => {
    expect(parseNote(given)).toMatchObject({ ok: false, refusal: { code: 'log.bad-note' } });
  });

  it.each(['042', '-1', '1e3', '9007199254740993', ''])('has no size %s', (size) => {
    expect(parseCheckpoint(`o\n${size}\n${root.toString('base64')}\n`).ok).toBe(false);
  });
});
