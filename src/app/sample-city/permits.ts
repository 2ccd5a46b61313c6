/** What offices of the sample city permit. */
import type { UnitKey } from './units.ts';

/** A permit: document, certificate, content, and how many years it runs (`null`: long term). */
export type Permit = {
  readonly document: string;
  readonly kind: '普通' | '特许' | '认可' | '核准' | '登记' | '其他-备案';
  readonly certificate: string;
  /** What the numbers of the certificate begin with. */
  readonly prefix: string;
  readonly content: string;
  readonly years: number | null;
};

const food: Permit = {
  document: '准予行政许可决定书',
  kind: '普通',
  certificate: '食品经营许可证',
  prefix: 'JY0',
  content: '预包装食品销售；热食类食品制售',
  years: 5,
};

/** Permits by office. */
export const permitsOf: Readonly<Partial<Record<UnitKey, readonly Permit[]>>> = {
  approval: [
    food,
    { ...food, content: '散装食品销售；冷食类食品制售' },
    {
      document: '准予登记通知书',
      kind: '登记',
      certificate: '营业执照',
      prefix: 'YZ',
      content: '变更登记：经营范围',
      years: null,
    },
    {
      document: '准予行政许可决定书',
      kind: '核准',
      certificate: '第二类医疗器械经营备案凭证',
      prefix: 'YX',
      content: '第二类医疗器械经营',
      years: null,
    },
    {
      document: '准予行政许可决定书',
      kind: '普通',
      certificate: '劳务派遣经营许可证',
      prefix: 'LW',
      content: '劳务派遣业务',
      years: 3,
    },
  ],
  transport: [
    {
      document: '交通行政许可决定书',
      kind: '普通',
      certificate: '道路运输经营许可证',
      prefix: 'YS',
      content: '道路普通货物运输',
      years: 4,
    },
  ],
  health: [
    {
      document: '卫生行政许可决定书',
      kind: '普通',
      certificate: '公共场所卫生许可证',
      prefix: 'WS',
      content: '宾馆；理发店；公共浴室',
      years: 4,
    },
  ],
  housing: [
    {
      document: '准予行政许可决定书',
      kind: '认可',
      certificate: '建筑业企业资质证书',
      prefix: 'ZZ',
      content: '建筑工程施工总承包三级',
      years: 5,
    },
    {
      document: '建筑工程施工许可证',
      kind: '普通',
      certificate: '建筑工程施工许可证',
      prefix: 'SG',
      content: '厂房新建工程',
      years: 2,
    },
  ],
  urban: [
    {
      document: '准予行政许可决定书',
      kind: '普通',
      certificate: '城市建筑垃圾处置核准文件',
      prefix: 'JZ',
      content: '建筑垃圾处置核准',
      years: 1,
    },
  ],
  culture: [
    {
      document: '准予行政许可决定书',
      kind: '普通',
      certificate: '娱乐经营许可证',
      prefix: 'YL',
      content: '歌舞娱乐场所经营',
      years: 2,
    },
  ],
  agriculture: [
    {
      document: '准予行政许可决定书',
      kind: '普通',
      certificate: '农药经营许可证',
      prefix: 'NY',
      content: '农药（限制使用农药除外）经营',
      years: 5,
    },
  ],
  ecology: [
    {
      document: '排污许可决定书',
      kind: '普通',
      certificate: '排污许可证',
      prefix: '',
      content: '大气污染物、水污染物排放',
      years: 5,
    },
  ],
  land: [
    {
      document: '建设用地规划许可决定书',
      kind: '普通',
      certificate: '建设用地规划许可证',
      prefix: 'YD',
      content: '工业用地',
      years: null,
    },
  ],
};
