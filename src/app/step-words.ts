/** Steps of a start in words, for terminal and waiting page. */
export const stepWords: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'waiting-for-other-start': { zh: '等待另一个启动完成', en: 'waiting for another start' },
  'copying-programs': { zh: '复制数据库程序', en: 'copying database programs' },
  'creating-database': { zh: '建立数据库', en: 'creating the database' },
  starting: { zh: '启动数据库', en: 'starting the database' },
  recovering: { zh: '数据库恢复中', en: 'the database is recovering' },
  migrating: { zh: '更新数据库结构', en: 'migrating' },
  'loading-rulebook': { zh: '载入规则包', en: 'loading the rulebook' },
  ready: { zh: '就绪', en: 'ready' },
};
