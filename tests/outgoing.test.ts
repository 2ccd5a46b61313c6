/** Whom the program may ask over a network, and who sets the address: no reader does. */
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Every file that can reach another machine or start another program, with whose word it acts on. */
const known: Readonly<Record<string, string>> = {
  'src/platform/http/ask.ts': 'witnesses, and logs a monitor follows: environment or command line',
  'src/platform/oidc.ts': 'the identity provider: environment',
  'src/platform/mail.ts': 'the mail server: environment',
  'src/platform/db/database.ts': 'the database: environment',
  'src/platform/db/copy.ts': 'the database: environment',
  'src/platform/db/backup-connection.ts': 'the database: environment',
  'src/platform/db/embedded-server.ts': 'the database of its own: files of the package',
  'src/platform/db/embedded-process.ts': 'the system’s list of processes',
  'src/platform/db/embedded-account.ts': 'the system’s accounts',
  'src/platform/db/prepare-database.ts': 'the database: environment',
  'src/ui/office/client.ts': 'a browser, its own server',
  'src/app/bench/machine.ts': 'the system’s description of the machine',
  'src/app/server.ts': 'listens only',
  'src/app/doctor.ts': 'listens only',
  'src/app/doctor-database.ts': 'the database: environment',
  'src/app/commands/log-watch.ts': 'listens only',
};

const reaches =
  /\bfetch\(|from '(node:(http|https|http2|net|tls|dgram|dns|child_process)|nodemailer|openid-client|undici|pg)'/;
// Names and types of these modules reach nobody.
const harmless =
  /import (type )?\{ [^}]*\b(BlockList|isIP|IncomingMessage)\b[^}]*\} from 'node:(net|http)'/;

it('no file asks another machine, or starts a program, but those whose address no reader sets', () => {
  const files = readdirSync(resolve(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => `src/${name}`);
  const found = files.filter((name) =>
    readFileSync(resolve(root, name), 'utf8')
      .split('\n')
      .some((line) => !/^\s*(\/\/|\*)/.test(line) && !harmless.test(line) && reaches.test(line)),
  );
  expect(found.filter((name) => known[name] === undefined)).toEqual([]);
  expect(found).toContain('src/platform/http/ask.ts');
});
