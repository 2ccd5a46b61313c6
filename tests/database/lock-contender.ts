/**
 * One of several programs that count together under a lock, for the test of the lock. Now and then it
 * leaves the lock behind as a killed program would.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { tryLock, unlock } from '../../src/platform/db/embedded-lock.ts';

const [lockFile = '', counterFile = '', rounds = '0'] = process.argv.slice(2);
for (let round = 0; round < Number(rounds); round += 1) {
  // Without a pause between tries, so that several see an abandoned lock at the same moment.
  while (!tryLock(lockFile));
  const count = Number(readFileSync(counterFile, 'utf8'));
  // Long enough for a second holder, were there one, to read the same number.
  for (const end = performance.now() + 0.2; performance.now() < end;);
  writeFileSync(counterFile, String(count + 1));
  if (round % 8 > 0) writeFileSync(lockFile, '4194303\nnever:1\n');
  else unlock(lockFile);
}
