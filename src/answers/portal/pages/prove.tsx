/** 自己验证: what the transparency log is, and how anybody checks it without asking us. */
import type { ReactElement } from 'react';
import { Facts, More, Notice } from '../../../ui/parts.tsx';
import type { Reader } from '../../../ui/reader.ts';
import type { Page } from './frame.tsx';

/** What the page tells. `null` where no log has been begun. */
export type ProveView = {
  readonly origin: string;
  readonly hash: 'sha256' | 'sm3';
  readonly key: string;
  readonly waiting: number;
  readonly late: boolean;
  readonly signed: {
    readonly size: number;
    readonly at: string;
    readonly rootBase64: string;
  } | null;
  readonly witnesses: readonly { readonly key: string; readonly at: string | null }[];
} | null;

function Code({ children }: { children: string }): ReactElement {
  return <code>{children}</code>;
}

function What({ r }: { r: Reader }): ReactElement {
  return (
    <>
      <h2>{r.say({ zh: '这本日志记什么', en: 'What the log holds' })}</h2>
      <p className="measure">
        {r.say({
          zh: '平台每收到一条记录、每办一件事，就算出一个“指纹”，按先后写进一本公开的日志。指纹里看不出内容，也看不出是哪一家组织；但是内容只要改动一个字，指纹就对不上。',
          en: 'For every record received and everything done, the platform works out a fingerprint and writes it into a public log, in order. Nothing can be read from a fingerprint, not even which organisation it is about; but if one letter of the content is changed, it does not fit any more.',
        })}
      </p>
      <p className="measure">
        {r.say({
          zh: '日志只能往后写。平台每隔片刻签一次名，叫“检查点”，写明一共有多少条，并给出全部指纹合在一起的总指纹。平台以后删掉一条、改掉一条、倒填一个日期，或者给不同的人看不同的日志，保存过检查点的人都能发现，并且拿得出证据。',
          en: 'The log only grows. Every few moments the platform signs a checkpoint: how many entries there are, and one fingerprint over all of them. If it later removes or changes an entry, dates one back, or shows different logs to different people, whoever kept a checkpoint finds out, and holds the proof.',
        })}
      </p>
    </>
  );
}

function Now({ r, view }: { r: Reader; view: NonNullable<ProveView> }): ReactElement {
  const { signed } = view;
  const { size, at, rootBase64 } = signed ?? { size: 0, at: null, rootBase64: null };
  return (
    <>
      <h2>{r.say({ zh: '日志现在的样子', en: 'The log now' })}</h2>
      {view.late ? (
        <Notice
          tone="care"
          title={r.say({
            zh: `日志滞后，有${view.waiting}条等待写入`,
            en: `The log is behind: ${view.waiting} entries wait`,
          })}
        />
      ) : null}
      <Facts
        facts={[
          [r.say({ zh: '名称', en: 'Name' }), <Code key="o">{view.origin}</Code>],
          [r.say({ zh: '条数', en: 'Entries' }), String(size)],
          [r.say({ zh: '最近一次签名', en: 'Newest signature' }), at],
          [
            r.say({ zh: '总指纹', en: 'Fingerprint over all' }),
            rootBase64 === null ? null : <Code key="r">{rootBase64}</Code>,
          ],
          [
            r.say({ zh: '指纹算法', en: 'Hash' }),
            view.hash === 'sm3' ? 'SM3 (GB/T 32905)' : 'SHA-256',
          ],
          [r.say({ zh: '平台的公钥', en: 'Key of the platform' }), <Code key="k">{view.key}</Code>],
          [
            r.say({ zh: '检查点原文', en: 'The checkpoint itself' }),
            <a key="c" href="/log/checkpoint">
              /log/checkpoint
            </a>,
          ],
        ]}
      />
      <Witnesses r={r} view={view} />
    </>
  );
}

function Witnesses({ r, view }: { r: Reader; view: NonNullable<ProveView> }): ReactElement {
  if (view.witnesses.length === 0) {
    return (
      <p className="measure">
        {r.say({
          zh: '目前没有外部见证者。见证者是平台以外的单位（例如法院、大学、邻市），只在日志确实是接着往下写的时候才附签。没有见证者时，请自己保存检查点。',
          en: 'There is no outside witness now. A witness is somebody other than the platform (a court, a university, a neighbour city) that signs a checkpoint only if it truly continues the one before. Without one, keep checkpoints yourself.',
        })}
      </p>
    );
  }
  return (
    <>
      <h3>{r.say({ zh: '外部见证者', en: 'Outside witnesses' })}</h3>
      <ul className="measure">
        {view.witnesses.map(({ key, at }) => (
          <li key={key}>
            <Code>{key}</Code>{' '}
            {at === null
              ? r.say({
                  zh: '还没有签最近的检查点',
                  en: 'has not signed the newest checkpoint yet',
                })
              : r.say({ zh: `已在${at}签名`, en: `signed at ${at}` })}
          </li>
        ))}
      </ul>
    </>
  );
}

function Steps({ r, view }: { r: Reader; view: NonNullable<ProveView> }): ReactElement {
  return (
    <>
      <h2>{r.say({ zh: '怎样验证一条记录', en: 'How to check one record' })}</h2>
      <ol className="measure">
        <li>
          {r.say({
            zh: '记录所属的组织，或者有权查看的机关、法院，向平台索取这条记录的证明文件。文件里有记录的原文、每次变动、它在日志里的位置，以及当时的检查点。',
            en: 'The organisation the record is about, or an authority or court that may see it, asks the platform for the proof of the record: a file with its text, each change, its place in the log, and the checkpoint over it.',
          })}
        </li>
        <li>
          {r.say({
            zh: '在自己的电脑上装好本平台公开的程序，运行下面这一行。不需要联网，也不需要平台配合。',
            en: 'On a computer of your own, with the published program, run this line. It needs no network and nothing from the platform.',
          })}
          <pre>
            <code>{`xinheng log verify proof.json \\\n  --key '${view.key}'`}</code>
          </pre>
        </li>
        <li>
          {r.say({
            zh: '程序逐条核对，告诉您文件里的内容是否就是当初写进日志的内容，以及是在什么时候写的。改动过的，会指出是第几条。',
            en: 'The program checks each entry and says whether the content is what was written into the log, and when. Where it was changed, it names the entry.',
          })}
        </li>
      </ol>
      <h2>{r.say({ zh: '怎样监督整本日志', en: 'How to watch the whole log' })}</h2>
      <p className="measure">
        {r.say({
          zh: '任何人都可以。程序第一次把日志读一遍并保存下来，以后每次只读新增的部分，发现删除、改动、倒填日期或者两个版本，就说出是哪一条，并保存证据。',
          en: 'Anybody can. The first time the program reads the log and keeps a copy; after that it reads what was added, and names whatever was removed, changed, dated back or shown in two versions, and keeps the evidence.',
        })}
      </p>
      <pre>
        <code>{`xinheng log monitor <address>/log/ \\\n  --key '${view.key}' \\\n  --state my-copy`}</code>
      </pre>
      <More summary={r.say({ zh: '不用我们的程序，自己写', en: 'Without our program' })}>
        <p className="measure">
          {r.say({
            zh: '日志采用公开的格式：RFC 6962 的树，C2SP 的 tlog-tiles、signed-note 和 tlog-checkpoint。文件在 /log/ 下，用通用的工具就能读。每条为41字节：版本1字节，时刻（1970年以来的毫秒数）8字节，指纹32字节。指纹是 SHA-256（16字节随机数，然后是原文的规范JSON）。',
            en: 'The log follows public formats: the tree of RFC 6962, and tlog-tiles, signed-note and tlog-checkpoint of C2SP. Its files are below /log/ and read with common tools. An entry has 41 bytes: version (1), milliseconds since 1970 (8), fingerprint (32). The fingerprint is SHA-256 over 16 random bytes and the canonical JSON of the text.',
          })}
        </p>
      </More>
      <h2>{r.say({ zh: '不能证明什么', en: 'What it does not prove' })}</h2>
      <p className="measure">
        {r.say({
          zh: '日志证明的是平台收到过什么、做过什么、什么时候做的，以及后来没有偷改；它不证明报送单位的原始数据是对的。数据有错的，请走异议程序。依法删除的内容，日志里的指纹还在，但是再也对不回原文。',
          en: 'It proves what the platform received and did, and when, and that nothing was changed in secret; it does not prove that what a source reported is right. For that there is the objection. Of content erased by law the fingerprint stays, and nothing can be told from it any more.',
        })}
      </p>
    </>
  );
}

/** Draws the page. */
export function provePage(r: Reader, view: ProveView): Page {
  const title = r.say({ zh: '自己验证', en: 'Prove it yourself' });
  return {
    title,
    menu: null,
    robots: 'index',
    body: (
      <div className="wide">
        <h1>{title}</h1>
        <p className="lead">
          {r.say({
            zh: '不必相信我们。平台有没有删改、倒填记录，您可以自己查。',
            en: 'You need not trust us. Whether records were removed, changed or dated back, you can check yourself.',
          })}
        </p>
        <What r={r} />
        {view === null ? (
          <Notice
            tone="care"
            title={r.say({
              zh: '日志还没有开始。平台启动后会自动开始。',
              en: 'The log has not been begun; it begins by itself once the platform runs.',
            })}
          />
        ) : (
          <>
            <Now r={r} view={view} />
            <Steps r={r} view={view} />
          </>
        )}
      </div>
    ),
  };
}
