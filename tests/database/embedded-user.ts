/**
 * A program that uses the embedded server, for tests of programs beside each other: prints what it got
 * as one JSON line, waits for the end of its input, and then stops, or (`exit`) just ends.
 */
import { startEmbedded } from '../../src/platform/db/embedded.ts';

const [varDir = '', manner = 'stop'] = process.argv.slice(2);
const started = await startEmbedded({ varDir, settings: { fsync: 'off' } });
process.stdout.write(`${JSON.stringify(started)}\n`);
if (started.ok) {
  process.stdin.resume();
  process.stdin.once('end', () => {
    if (manner === 'exit') process.exit(1);
    void started.value.stop().then(() => process.exit(0));
  });
}
