/** Words for what backup and restore refuse. */

/** Sentences by refusal code; see messages.ts. */
export const backupWords: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'backup.nothing': {
    zh: '{path}没有可备份的数据。请核对XINHENG_VAR和DATABASE_URL。',
    en: 'There is nothing to back up in {path}. Check XINHENG_VAR and DATABASE_URL.',
  },
  'backup.keys-missing': {
    zh: '{path}里没有本安装的密钥，无法签署备份。请核对XINHENG_VAR，或者先从保管处放回密钥。',
    en: 'The keys of this installation are not in {path}, so that no backup can be signed. Check XINHENG_VAR, or put the keys back from where they are kept.',
  },
  'backup.busy': {
    zh: '本安装正在备份或者恢复（{holder}）。请等它完成后再试。',
    en: 'A backup or restore of this installation is under way ({holder}). Wait for it and try again.',
  },
  'backup.exists': {
    zh: '{path}已经存在。备份从不覆盖已有文件，请换一个名称，或者指定一个文件夹。',
    en: '{path} is already there. A backup never replaces a file: choose another name, or name a folder.',
  },
  'backup.folder': {
    zh: '无法写入{path}（{reason}）。请检查所在文件夹是否存在、是否可写。',
    en: 'Can not write {path} ({reason}). Check that its folder exists and may be written to.',
  },
  'backup.disk-full': {
    zh: '磁盘已满，备份没有完成，{path}没有留下文件。请腾出空间后重试。',
    en: 'The disk is full; the backup was not completed and nothing was left at {path}. Make room and try again.',
  },
  'backup.disturbed': {
    zh: '{path}在处理期间被其他程序改动，已停止。请确认没有其他程序使用它，然后重试。',
    en: 'Another program changed {path} meanwhile; nothing was completed. See that nobody else uses it and try again.',
  },
  'backup.short-passphrase': {
    zh: '口令文件{path}中的口令过短，至少需要{least}个字符。',
    en: 'The passphrase in {path} is too short: at least {least} characters are needed.',
  },
  'restore.unreadable': {
    zh: '无法读取备份{path}（{reason}）。请核对路径和权限。',
    en: 'Can not read the backup {path} ({reason}). Check path and permissions.',
  },
  'restore.not-a-backup': {
    zh: '{path}不是信衡的备份。请核对文件。',
    en: '{path} is no backup of Xinheng. Check the file.',
  },
  'restore.newer-format': {
    zh: '备份{path}的格式（{format}）比本程序新。请先升级程序。',
    en: 'The backup {path} has a newer format ({format}). Upgrade this program first.',
  },
  'restore.newer-level': {
    zh: '备份来自更新的版本，本程序没有数据库结构{name}。请先升级程序。',
    en: 'The backup is of a newer version: this program does not know {name}. Upgrade it first.',
  },
  'restore.cut-short': {
    zh: '备份{path}不完整，在第{at}字节处中断（{place}）。没有改动任何数据，请换用另一份备份。',
    en: 'The backup {path} is incomplete: it ends at byte {at} ({place}). Nothing was changed; use another backup.',
  },
  'restore.damaged': {
    zh: '备份{path}已损坏或被改动，位置：{place}，第{at}字节起。没有恢复任何数据，请换用另一份备份。',
    en: 'The backup {path} is damaged or was altered at {place}, from byte {at}. Nothing was restored; use another backup.',
  },
  'restore.not-signed': {
    zh: '备份{path}的签名与本安装的密钥不符，可能被改动。没有恢复任何数据，请换用另一份备份。',
    en: 'The signature of the backup {path} is not by the keys of this installation: it may have been altered. Nothing was restored; use another backup.',
  },
  'restore.keys-missing': {
    zh: '备份里没有密钥，{path}里也没有。请先把保管的密钥放到{path}，再恢复。',
    en: 'The backup holds no keys and there are none in {path}. Put the keys you keep into {path}, then restore.',
  },
  'restore.passphrase-needed': {
    zh: '{path}里没有密钥；备份里的密钥用口令封存。请用 --passphrase-file 指定口令文件，或者把保管的密钥放到{path}。',
    en: 'There are no keys in {path}; those in the backup are sealed. Name the file with the passphrase with --passphrase-file, or put the keys you keep into {path}.',
  },
  'restore.wrong-passphrase': {
    zh: '口令不能打开备份{path}里的密钥。请核对口令文件。',
    en: 'The passphrase does not open the keys in {path}. Check the file with the passphrase.',
  },
  'restore.other-keys': {
    zh: '{path}里的密钥不是该备份所属安装的密钥。请移走它们，放入那个安装的密钥后再恢复。',
    en: 'The keys in {path} are not those of the installation this backup is of. Move them away and put the right ones there.',
  },
  'restore.not-empty': {
    zh: '数据库里已有数据（{schema}），恢复只能在空的安装中进行。请用XINHENG_VAR（现为{path}）或DATABASE_URL指定一个空的位置。',
    en: 'There are data in the database ({schema}); a restore needs an empty installation. Name an empty place with XINHENG_VAR (now {path}) or DATABASE_URL.',
  },
  'restore.files-there': {
    zh: '{path}里已有原始文件，恢复只能在空的安装中进行。请用XINHENG_VAR指定一个空的位置。',
    en: 'There are raw files in {path}; a restore needs an empty installation. Name an empty place with XINHENG_VAR.',
  },
  'restore.other-table': {
    zh: '备份中的表{table}与本程序的数据库结构不符，不能恢复。请换用制作该备份的版本。',
    en: 'Table {table} of the backup does not fit the database of this program. Restore with the version that made the backup.',
  },
  'restore.disk-full': {
    zh: '磁盘已满，恢复没有完成，数据库仍是空的。请腾出空间，再次运行 xinheng restore。数据目录：{path}。',
    en: 'The disk is full; the restore was not completed and the database is still empty. Make room and run xinheng restore again. Data folder: {path}.',
  },
  'restore.unfinished': {
    zh: '{path}的恢复（备份：{from}）没有完成，现在不能使用。请再次运行 xinheng restore；不想恢复的，请改用另一个XINHENG_VAR。',
    en: 'The restore of {path} (backup: {from}) was not completed, so that it can not be used. Run xinheng restore again, or name another XINHENG_VAR if you no longer want it.',
  },
};
