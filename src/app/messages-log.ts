/** Words for what the transparency log, its witnesses and its checkers refuse. */

/** Sentences by refusal code; see messages.ts. */
export const logWords: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'log.not-begun': {
    zh: '透明日志还没有开始。请先启动服务（xinheng serve），或者运行 xinheng log take。',
    en: 'The log has not been begun. Start the server (xinheng serve), or run xinheng log take.',
  },
  'log.waiting': {
    zh: '记录{record}还有变动没有写进日志的检查点。请稍等片刻再试。',
    en: 'Something about record {record} is in no checkpoint yet. Wait a moment and try again.',
  },
  'log.no-commitment': {
    zh: '数据库里有{object}，却没有当初写下的指纹：它可能是绕过系统写入的。请运行 xinheng log check 和 xinheng audit verify 查明。',
    en: '{object} is in the database without the fingerprint it should have been written with: it may have been put there past the system. Look with xinheng log check and xinheng audit verify.',
  },
  'log.no-tile': {
    zh: '日志里没有文件{path}。请核对地址；如果是自己的日志，重新启动服务会补写。',
    en: 'The log has no file {path}. Check the address; if the log is yours, starting the server writes it again.',
  },
  'log.bad-tile': {
    zh: '日志的文件已损坏（{why}）。请核对来源；如果是自己的日志，删除损坏的文件后重新启动服务会补写。',
    en: 'A file of the log is damaged ({why}). Check where it comes from; if the log is yours, take the file away and start the server: it is written again.',
  },
  'log.bad-entry': {
    zh: '日志里有一条不是本系统的格式，无法读取。请核对日志的地址。',
    en: 'An entry of the log is not of the form this system writes. Check the address of the log.',
  },
  'log.bad-note': {
    zh: '检查点的格式不正确（{why}）。请取得完整的原文，不要改动空格和换行。',
    en: 'The checkpoint is not well formed ({why}). Get it whole; spaces and line ends must not be changed.',
  },
  'log.bad-key': {
    zh: '公钥不正确（{why}）。请从平台的“自己验证”页面完整复制，形如 名称+编号+内容。',
    en: 'The key is wrong ({why}). Copy it whole from the page "Prove it yourself"; it looks like name+id+content.',
  },
  'log.bad-signature': {
    zh: '{name}的签名不成立：内容被改动过，或者不是它签的。请勿采信，并保存原文。',
    en: 'The signature of {name} does not hold: the content was changed, or it did not sign it. Do not rely on it, and keep the original.',
  },
  'log.unsigned': {
    zh: '检查点上没有{name}的签名。请核对公钥是否为这本日志的。',
    en: 'The checkpoint bears no signature of {name}. Check that the key is that of this log.',
  },
  'log.other-origin': {
    zh: '这是另一本日志（{origin}），不是{expected}。请核对文件和公钥。',
    en: 'This is another log ({origin}), not {expected}. Check the file and the key.',
  },
  'log.origin-changed': {
    zh: '这里的日志是以“{origin}”（{hash}）开始的，名称和算法不能改变。请改回XINHENG_LOG_ORIGIN、XINHENG_LOG_HASH，或者去掉它们。',
    en: 'The log here was begun as "{origin}" ({hash}); neither can change. Set XINHENG_LOG_ORIGIN and XINHENG_LOG_HASH back, or leave them out.',
  },
  'log.proof-broken': {
    zh: '第{leaf}条的证明不成立（{why}）：它不在签过名的日志里。',
    en: 'The proof of entry {leaf} does not hold ({why}): it is not in the log that was signed.',
  },
  'log.other-text': {
    zh: '第{leaf}条的内容不是当初写进日志的内容：它被改动过。',
    en: 'The text of entry {leaf} is not what was written into the log: it was changed.',
  },
  'log.bad-bundle': {
    zh: '{path}不是证明文件（{reason}）。请使用 xinheng log prove 给出的文件。',
    en: '{path} is no proof ({reason}). Use a file that xinheng log prove gave.',
  },
  'log.superseded': {
    zh: '另一个进程接替了日志的编排（第{epoch}任），本进程不再写入。',
    en: 'Another process has taken over the log (this was number {epoch}); this one writes nothing more.',
  },
  'log.altered': {
    zh: '数据库里的内容与已经签名的日志（{size}条）对不上：有人改动过。日志停止签发。请保存现场，运行 xinheng log check 查明是哪一条。',
    en: 'The database does not give the log that was signed ({size} entries): something was changed. Nothing more is signed. Keep everything as it is, and see with xinheng log check which entry it is.',
  },
  'log.behind-witness': {
    zh: '这里的日志只有{size}条，而见证者已经为{witnessed}条签过名：数据库恢复到了更早的时候。请找回丢失的日志文件（var/log）后重新启动；在那以前不签发。',
    en: 'The log here has {size} entries, and a witness has signed {witnessed}: the database was restored to an earlier time. Bring back the files of the log (var/log) and start again; nothing is signed until then.',
  },
  'log.witness-away': {
    zh: '{name}没有答复（{reason}）。业务照常，稍后再问。',
    en: '{name} did not answer ({reason}). Work goes on; it is asked again later.',
  },
  'log.witness-refused': {
    zh: '{name}拒绝签名（{status}：{reason}）：它签过的与这里的日志接不上。请立即查明。',
    en: '{name} refuses to sign ({status}: {reason}): what it signed before is not continued by this log. Find out at once why.',
  },
  'log.bad-request': {
    zh: '请求不正确（{why}），应为 old 行、证明和检查点。',
    en: 'The request is wrong ({why}): an old line, a proof and a checkpoint are wanted.',
  },
  'log.one-at-a-time': {
    zh: '另一个进程正在编排日志（服务正在运行），不必再做。',
    en: 'Another process keeps the log (the server is running); nothing has to be done.',
  },
  'log.bad-address': {
    zh: '“{text}”不是日志的地址，应为 http:// 或 https:// 开头的网址，或者一个目录。',
    en: '"{text}" is no address of a log: a web address, or a folder, is wanted.',
  },
};
