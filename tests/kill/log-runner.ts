/** A sequencer to be killed: says each step on a line of its own before it takes it. */
import { writeSync } from 'node:fs';
import { systemClock } from '../../src/platform/clock.ts';
import { softwareCrypto } from '../../src/platform/crypto/index.ts';
import { openDatabase } from '../../src/platform/db/index.ts';
import { withSequencer } from '../../src/trust/transparency-log/index.ts';

const [url = '', keys = '', folder = '', origin = ''] = process.argv.slice(2);
const ran = await withSequencer(
  {
    database: openDatabase(url),
    clock: systemClock,
    crypto: softwareCrypto(keys),
    ...{ folder, origin, hash: 'sha256' },
    onStep: (step) => void writeSync(1, `${step}\n`),
  },
  async (sequencer) => {
    for (;;) {
      const taken = await sequencer.take(40);
      if (!taken.ok) throw new Error(JSON.stringify(taken));
    }
  },
);
writeSync(1, `${ran.ok ? 'taken by another' : JSON.stringify(ran.refusal)}\n`);
