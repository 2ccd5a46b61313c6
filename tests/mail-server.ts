/** A real mail server on a port of this machine, with a certificate of its own, that keeps what it is given. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SmtpConfig } from '../src/platform/mail.ts';
import { ownCertificate } from './certificate.ts';

/** One letter as it came. */
export type Came = { readonly from: string; readonly to: string[]; readonly raw: string };

const login = { user: 'xinheng', password: 'a-password-of-tests-only' };

/** Starts one. `tls: false`: it offers none. Its answer to the next letters can be set. */
export async function mailServer({ tls = true } = {}) {
  const came: Came[] = [];
  let answer: number | null = null;
  const own = ownCertificate(new Date());
  const server = new SMTPServer({
    ...own,
    ...(tls ? {} : { hideSTARTTLS: true, disabledCommands: ['STARTTLS'] }),
    authOptional: !tls,
    allowInsecureAuth: false,
    onAuth(auth, _session, done) {
      const right = auth.username === login.user && auth.password === login.password;
      if (right) done(null, { user: auth.username });
      else done(new Error('no'));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (answer !== null) {
          done(Object.assign(new Error('not taken'), { responseCode: answer }));
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        came.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
        });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.server.address() as AddressInfo;
  const config: SmtpConfig = {
    ...{ host: '127.0.0.1', port, tls: 'starttls', login },
    ...{ from: 'credit@sample.example.cn', ca: own.cert },
  };
  return {
    ...{ came, config },
    /** What letters are answered with from now on; `null`: they are taken. */
    answerWith(code: number | null) {
      answer = code;
    },
    stop: () => new Promise<void>((done) => server.close(() => done())),
  };
}

/** Header of a letter, unfolded; `null` where there is none. */
export function headerOf({ raw }: Came, name: string): string | null {
  const head = raw.split('\r\n\r\n')[0]!.replaceAll(/\r\n[ \t]+/g, ' ');
  const line = head.split('\r\n').find((one) => one.toLowerCase().startsWith(`${name}:`));
  return line === undefined ? null : line.slice(name.length + 1).trim();
}

/** Text of a letter, decoded. */
export function textOf(came: Came): string {
  const body = came.raw.slice(came.raw.indexOf('\r\n\r\n') + 4);
  const way = headerOf(came, 'content-transfer-encoding');
  if (way === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (way !== 'quoted-printable') return body;
  const bytes = body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
