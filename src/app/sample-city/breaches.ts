/**
 * What organisations of the sample city are punished for. Breaches and provisions are of the kind that
 * real decisions name; rules of the city itself are marked as samples. Amounts are whole 元.
 */
import type { UnitKey } from './units.ts';

/** A breach with what it costs. */
export type Breach = {
  /** Name of the breach in the words of the law. */
  readonly conduct: string;
  /** What was found; `{day}` is the day of the inspection. */
  readonly facts: string;
  readonly basis: string;
  readonly kinds: readonly string[];
  /** Least and most in 元; absent without a fine. */
  readonly fine?: readonly [number, number];
  /** Most of what is confiscated, in 元. */
  readonly confiscated?: number;
  /** Certificate that is suspended or revoked. */
  readonly certificate?: string;
  /** How often, among the breaches of its office. */
  readonly weight: number;
};

const market: readonly Breach[] = [
  {
    conduct: '未按规定建立并遵守进货查验记录制度',
    facts: '{day}检查发现，当事人采购食品未查验供货者的许可证和产品合格证明，也未记录。',
    basis: '《中华人民共和国食品安全法》第一百二十六条第一款第三项',
    kinds: ['警告'],
    weight: 22,
  },
  {
    conduct: '经营标签不符合规定的预包装食品',
    facts: '{day}检查发现，当事人货架上的预包装食品没有标明生产日期。',
    basis: '《中华人民共和国食品安全法》第一百二十五条第一款第二项',
    kinds: ['罚款', '没收违法所得'],
    fine: [5_000, 20_000],
    confiscated: 2_000,
    weight: 16,
  },
  {
    conduct: '经营超过保质期的食品',
    facts: '{day}检查发现，当事人销售超过保质期的食品。',
    basis: '《中华人民共和国食品安全法》第一百二十四条第一款第五项',
    kinds: ['罚款', '没收非法财物'],
    fine: [50_000, 90_000],
    confiscated: 800,
    weight: 12,
  },
  {
    conduct: '发布虚假广告',
    facts: '{day}检查发现，当事人在店堂广告中作出与实际不符的宣传。',
    basis: '《中华人民共和国广告法》第五十五条第一款',
    kinds: ['罚款'],
    fine: [3_000, 120_000],
    weight: 14,
  },
  {
    conduct: '以不合格产品冒充合格产品',
    facts: '抽样检验结论为不合格，当事人于{day}收到检验报告，未申请复检。',
    basis: '《中华人民共和国产品质量法》第五十条',
    kinds: ['罚款', '没收违法所得'],
    fine: [6_000, 260_000],
    confiscated: 30_000,
    weight: 10,
  },
  {
    conduct: '未依照规定公示年度报告',
    facts: '当事人未按规定期限公示年度报告，{day}经通知后仍未改正。',
    basis: '《企业信息公示暂行条例》',
    kinds: ['罚款'],
    fine: [1_000, 8_000],
    weight: 14,
  },
  {
    conduct: '未取得食品生产经营许可从事食品经营活动',
    facts: '{day}检查发现，当事人未取得许可从事食品经营活动。',
    basis: '《中华人民共和国食品安全法》第一百二十二条第一款',
    kinds: ['罚款', '没收违法所得', '没收非法财物'],
    fine: [50_000, 150_000],
    confiscated: 12_000,
    weight: 8,
  },
  {
    conduct: '生产经营致病性微生物含量超过食品安全标准限量的食品，情节严重',
    facts: '抽样检验发现致病性微生物超过限量，{day}责令召回，当事人一年内第三次因同类行为被查处。',
    basis: '《中华人民共和国食品安全法》第一百二十四条第一款第一项',
    kinds: ['罚款', '吊销许可证（件）'],
    fine: [300_000, 900_000],
    certificate: '食品经营许可证',
    weight: 2,
  },
];

const urban: readonly Breach[] = [
  {
    conduct: '未履行市容环境卫生责任区责任',
    facts: '{day}巡查发现，当事人责任区内有暴露垃圾，经责令未在期限内改正。',
    basis: '《城市市容和环境卫生管理条例》第三十四条',
    kinds: ['警告'],
    weight: 26,
  },
  {
    conduct: '临街商户超出门窗外墙经营',
    facts: '{day}巡查发现，当事人占用人行道摆放货物经营。',
    basis: '《样例市城市市容管理规定（样例）》第十九条',
    kinds: ['罚款'],
    fine: [200, 2_000],
    weight: 30,
  },
  {
    conduct: '未经批准擅自设置户外广告设施',
    facts: '{day}巡查发现，当事人未经批准设置户外广告设施。',
    basis: '《城市市容和环境卫生管理条例》第三十六条',
    kinds: ['罚款'],
    fine: [1_000, 20_000],
    weight: 18,
  },
  {
    conduct: '运输建筑垃圾沿途遗撒',
    facts: '{day}夜间检查发现，当事人车辆运输建筑垃圾沿途遗撒。',
    basis: '《城市建筑垃圾管理规定》第二十三条',
    kinds: ['罚款'],
    fine: [5_000, 50_000],
    weight: 16,
  },
];

const ecology: readonly Breach[] = [
  {
    conduct: '未采取有效防尘降尘措施',
    facts: '{day}检查发现，当事人施工工地未采取覆盖、洒水等防尘措施。',
    basis: '《中华人民共和国大气污染防治法》第一百一十五条第一款第一项',
    kinds: ['罚款'],
    fine: [10_000, 100_000],
    weight: 30,
  },
  {
    conduct: '产生含挥发性有机物废气的生产活动未在密闭空间进行',
    facts: '{day}检查发现，当事人喷漆作业未在密闭空间进行，废气未收集处理。',
    basis: '《中华人民共和国大气污染防治法》第一百零八条第一项',
    kinds: ['罚款'],
    fine: [20_000, 200_000],
    weight: 20,
  },
  {
    conduct: '未按照规定设置危险废物识别标志',
    facts: '{day}检查发现，当事人危险废物贮存场所未设置识别标志。',
    basis: '《中华人民共和国固体废物污染环境防治法》第一百一十二条第一款第一项',
    kinds: ['罚款'],
    fine: [100_000, 300_000],
    weight: 12,
  },
  {
    conduct: '超过水污染物排放标准排放水污染物，情节严重',
    facts: '{day}采样监测，当事人总排口化学需氧量超过排放标准2.4倍。',
    basis: '《中华人民共和国水污染防治法》第八十三条第二项',
    kinds: ['罚款', '责令停产停业'],
    fine: [200_000, 700_000],
    weight: 5,
  },
];

const emergency: readonly Breach[] = [
  {
    conduct: '未按照规定对从业人员进行安全生产教育和培训',
    facts: '{day}检查发现，当事人新上岗人员没有安全生产教育和培训记录。',
    basis: '《中华人民共和国安全生产法》第九十七条第三项',
    kinds: ['罚款'],
    fine: [5_000, 60_000],
    weight: 30,
  },
  {
    conduct: '未在有较大危险因素的设备上设置明显的安全警示标志',
    facts: '{day}检查发现，当事人冲压设备未设置安全警示标志。',
    basis: '《中华人民共和国安全生产法》第九十九条第一项',
    kinds: ['罚款'],
    fine: [3_000, 40_000],
    weight: 24,
  },
  {
    conduct: '未采取措施消除事故隐患',
    facts: '{day}复查发现，当事人未在期限内消除已通报的事故隐患。',
    basis: '《中华人民共和国安全生产法》第一百零二条',
    kinds: ['罚款', '责令停产停业'],
    fine: [30_000, 200_000],
    weight: 10,
  },
];

const fire: readonly Breach[] = [
  {
    conduct: '消防设施、器材配置不符合标准',
    facts: '{day}检查发现，当事人场所灭火器配置不足且部分失效。',
    basis: '《中华人民共和国消防法》第六十条第一款第一项',
    kinds: ['罚款'],
    fine: [5_000, 20_000],
    weight: 40,
  },
  {
    conduct: '占用、堵塞疏散通道、安全出口',
    facts: '{day}检查发现，当事人安全出口上锁，疏散通道堆放货物。',
    basis: '《中华人民共和国消防法》第六十条第一款第三项',
    kinds: ['罚款'],
    fine: [5_000, 30_000],
    weight: 40,
  },
];

const transport: readonly Breach[] = [
  {
    conduct: '未取得道路运输经营许可擅自从事道路货物运输经营',
    facts: '{day}检查发现，当事人车辆未取得道路运输经营许可从事货物运输。',
    basis: '《中华人民共和国道路运输条例》',
    kinds: ['罚款'],
    fine: [3_000, 50_000],
    weight: 30,
  },
  {
    conduct: '车辆违法超限运输',
    facts: '{day}称重检测，当事人货运车辆超过限定标准。',
    basis: '《公路安全保护条例》',
    kinds: ['罚款'],
    fine: [500, 20_000],
    weight: 40,
  },
  {
    conduct: '未按规定维护和检测运输车辆',
    facts: '{day}检查发现，当事人车辆未按规定维护。',
    basis: '《样例市道路运输管理规定（样例）》第三十一条',
    kinds: ['警告'],
    weight: 15,
  },
  {
    conduct: '一年内违法超限运输超过三次，情节严重',
    facts: '{day}核查，当事人一年内违法超限运输的货运车辆超过其货运车辆总数的百分之十。',
    basis: '《公路安全保护条例》',
    kinds: ['暂扣许可证（件）', '罚款'],
    fine: [10_000, 30_000],
    certificate: '道路运输经营许可证',
    weight: 4,
  },
];

const health: readonly Breach[] = [
  {
    conduct: '公共场所卫生质量不符合国家卫生标准继续营业',
    facts: '{day}检测，当事人公共用品用具消毒不合格，仍继续营业。',
    basis: '《公共场所卫生管理条例》第十四条第一项',
    kinds: ['警告', '罚款'],
    fine: [500, 3_000],
    weight: 40,
  },
  {
    conduct: '未取得卫生许可证擅自营业',
    facts: '{day}检查发现，当事人未取得卫生许可证营业。',
    basis: '《公共场所卫生管理条例》第十四条第四项',
    kinds: ['罚款'],
    fine: [1_000, 20_000],
    weight: 20,
  },
];

const housing: readonly Breach[] = [
  {
    conduct: '未取得施工许可证擅自施工',
    facts: '{day}检查发现，当事人承建的工程未取得施工许可证。',
    basis: '《建筑工程施工许可管理办法》第十二条',
    kinds: ['罚款'],
    fine: [20_000, 300_000],
    weight: 20,
  },
  {
    conduct: '在施工中偷工减料，使用不合格的建筑材料，情节严重',
    facts: '{day}抽检，当事人使用的钢筋不合格，造成返工。',
    basis: '《建设工程质量管理条例》第六十四条',
    kinds: ['罚款', '降低资质等级'],
    fine: [100_000, 500_000],
    certificate: '建筑业企业资质证书',
    weight: 4,
  },
];

const culture: readonly Breach[] = [
  {
    conduct: '娱乐场所未按规定留存监控录像',
    facts: '{day}检查发现，当事人未按规定留存监控录像资料。',
    basis: '《样例市文化市场管理规定（样例）》第十五条',
    kinds: ['警告', '罚款'],
    fine: [500, 5_000],
    weight: 20,
  },
];

/** Breaches an office punishes. */
export const breachesOf: Readonly<Partial<Record<UnitKey, readonly Breach[]>>> = {
  market,
  'sample-market': market,
  'example-market': market,
  'new-market': market,
  'county-market': market,
  urban,
  'sample-urban': urban,
  'example-urban': urban,
  'county-urban': urban,
  ecology,
  emergency,
  'example-emergency': emergency,
  fire,
  transport,
  health,
  housing,
  culture,
};
