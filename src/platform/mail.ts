/** A mail server that is given letters over SMTP. Plain text only; nothing is read from files or addresses. */
import nodemailer from 'nodemailer';

/** The server, and who we are to it. `tls`: `none` to this machine only. */
export type SmtpConfig = {
  readonly host: string;
  readonly port: number;
  /** `starttls` is insisted on; `implicit`: TLS from the first byte. */
  readonly tls: 'starttls' | 'implicit' | 'none';
  readonly login: { readonly user: string; readonly password: string } | null;
  /** The address letters come from. */
  readonly from: string;
  /** Certificates that are trusted beside the usual ones, in PEM; `null`: none. */
  readonly ca: string | null;
};

/** One letter. `id`: its name on the way, the same however often it is sent. */
export type Mail = {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly dated: string;
};

/** What the server said. `refused`: for good; `later`: it may take it another time. No address, no password in it. */
export type MailAnswer = {
  readonly kind: 'sent' | 'refused' | 'later';
  readonly reason: string;
};

/** Gives letters to a server. */
export type Mailer = (mail: Mail) => Promise<MailAnswer>;

type SmtpFault = { readonly code?: unknown; readonly responseCode?: unknown };

/** Only codes are passed on: what a server says may hold addresses, and what a library says more. */
function answerOf(error: unknown): MailAnswer {
  const { code, responseCode } = error as SmtpFault;
  const said = typeof responseCode === 'number' ? responseCode : null;
  const name = typeof code === 'string' && /^[A-Z]{2,20}$/.test(code) ? code : 'EUNKNOWN';
  // Of the letter or its reader, and for good. What is wrong with the way there may be put right.
  const isOfLetter = name === 'EENVELOPE' || name === 'EMESSAGE';
  const kind = isOfLetter && said !== null && said >= 500 && said < 600 ? 'refused' : 'later';
  return { kind, reason: said === null ? name : `${name} ${said}` };
}

/** A mailer over SMTP; `waitMs`: how long the server may take for each step. */
export function smtpMailer(config: SmtpConfig, waitMs: number): Mailer {
  const { host, port, tls, login, from, ca } = config;
  return async ({ id, to, subject, text, dated }) => {
    const transport = nodemailer.createTransport({
      ...{ host, port, secure: tls === 'implicit', requireTLS: tls === 'starttls' },
      ...{ ignoreTLS: tls === 'none', disableFileAccess: true, disableUrlAccess: true },
      ...{ connectionTimeout: waitMs, greetingTimeout: waitMs, socketTimeout: waitMs },
      ...(login === null ? {} : { auth: { user: login.user, pass: login.password } }),
      tls: { minVersion: 'TLSv1.2', ...(ca === null ? {} : { ca }) },
    });
    try {
      const done = await transport.sendMail({
        ...{ from, to, subject, text, messageId: `<${id}>`, date: new Date(dated) },
        envelope: { from, to: [to] },
        // Nobody answers a letter of a machine with a letter of a machine.
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return { kind: 'sent', reason: /^\d{3}/.exec(done.response)?.[0] ?? '250' };
    } catch (error) {
      return answerOf(error);
    } finally {
      transport.close();
    }
  };
}
