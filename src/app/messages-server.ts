/** Words for what the server, the inbox and the sample city refuse. */

/** Sentences by refusal code; see messages.ts. */
export const serverWords: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'serve.sample-accounts': {
    zh: '这不是样例安装，但数据库中有样例账户（{accounts}）。样例数据和真实数据不得混在一起：请为真实业务另建数据库，或者以XINHENG_SAMPLE=1作为样例安装启动。',
    en: 'This is no sample installation, but its database has sample accounts ({accounts}). Sample and real data must not meet: use a database of its own for real business, or start it as a sample with XINHENG_SAMPLE=1.',
  },
  'serve.running': {
    zh: '数据目录{path}已有一个服务在运行（进程{pid}）。请直接使用它，或者先停止它再启动。',
    en: 'A server is already running on {path} (process {pid}). Use it, or stop it first.',
  },
  'serve.folder': {
    zh: '无法写入数据目录{path}（{reason}）。请检查目录权限和磁盘空间，或用XINHENG_VAR指定其他目录。',
    en: 'The data folder {path} can not be written to ({reason}). Check its permissions and the disk, or name another with XINHENG_VAR.',
  },
  'serve.port-taken': {
    zh: '{host}的端口{port}已被其他程序占用。请停止那个程序，或用 --port（XINHENG_PORT）换一个端口，例如 --port 8081。',
    en: 'Port {port} of {host} is taken by another program. Stop that program, or choose another port with --port (XINHENG_PORT), for example --port 8081.',
  },
  'serve.port-forbidden': {
    zh: '无权使用{host}的端口{port}。1024以下的端口通常需要授权，请换用8080等端口。',
    en: 'This user may not use port {port} of {host}. Ports below 1024 usually need a privilege; use 8080 or the like.',
  },
  'serve.host': {
    zh: '无法在{host}端口{port}上监听（{reason}）。请检查 --host（XINHENG_HOST）是否为本机地址。',
    en: 'Can not listen on {host}, port {port} ({reason}). Check that --host (XINHENG_HOST) is an address of this machine.',
  },
  'serve.disk-full': {
    zh: '磁盘已满，服务已停止。请清理磁盘后重新启动：未完成的工作会接着做，已存入的数据不受影响。数据目录：{path}。',
    en: 'The disk is full; the server has stopped. Make room and start again: unfinished work goes on, nothing stored is lost. Data folder: {path}.',
  },
  'serve.database-lost': {
    zh: '与数据库的连接中断（{reason}），服务已停止。请检查数据库后重新启动：未完成的工作会接着做。',
    en: 'The connection to the database broke ({reason}); the server has stopped. Check the database and start again: unfinished work goes on.',
  },
  'sample.other-data': {
    zh: '数据库里已有其他数据，不能建立样例城市。请用XINHENG_VAR（或DATABASE_URL）指定一个空的位置。',
    en: 'There are other data in this database, so that no sample city can be built in it. Name an empty place with XINHENG_VAR (or DATABASE_URL).',
  },
  'sample.folder-not-empty': {
    zh: '文件夹{path}里已有文件。请用--out指定空文件夹或者新文件夹。',
    en: 'The folder {path} is not empty. Name an empty or a new folder with --out.',
  },
  'sample.building': {
    zh: '另一个程序正在建立样例城市。请等它完成。',
    en: 'Another program is building the sample city. Wait for it.',
  },
  'inbox.not-a-file': {
    zh: '“{file}”不是普通文件（例如链接或管道）或者不可读，未收取。请放入文件本身。',
    en: '"{file}" is no plain file (a link or a pipe, for example) or can not be read. It was not taken; drop the file itself.',
  },
  'inbox.wrong-folder': {
    zh: '“{file}”的位置不对，无法知道由谁报送、属于哪个事项。请放入 <报送单位统一社会信用代码>/<目录事项>/ 文件夹。',
    en: 'The place of "{file}" does not tell who sends it and what it is about. Drop it into <unified code of the provider>/<directory item>/.',
  },
};
