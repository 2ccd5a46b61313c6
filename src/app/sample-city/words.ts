/** Words the names, addresses and capitals of the sample city are made of. */

/** Areas an organisation may be registered in. Each says that it is a sample. */
export const districts = ['样例区', '示例区', '样例新区', '示例县'] as const;

/** Characters of invented brands; two or three of them make one. */
export const brandCharacters = [
  ...'安柏宝昌晨诚澄川德鼎东方丰福高冠光广海涵恒弘宏华汇惠吉佳嘉建江锦晶景君凯康朗乐丽联林隆鲁茂美明铭宁鹏普启庆荣瑞润三盛顺泰腾天通同旺伟文祥欣新鑫兴雅阳亿益盈永优宇裕元远越云泽展兆正志智中众卓',
];

/** A line of business: the word in the name, the industry (GB/T 4754), the scope, the sectors over it. */
export type Trade = {
  readonly word: string;
  readonly industry: string;
  readonly scope: string;
};

/** Trades of companies. */
export const companyTrades: readonly Trade[] = [
  { word: '食品', industry: '1491', scope: '食品生产；食品销售' },
  { word: '餐饮管理', industry: '6210', scope: '餐饮服务；餐饮管理' },
  { word: '商贸', industry: '5211', scope: '日用百货销售；食品销售（仅销售预包装食品）' },
  { word: '建设工程', industry: '4720', scope: '建设工程施工；建筑劳务分包' },
  { word: '装饰工程', industry: '5011', scope: '住宅室内装饰装修；建材销售' },
  { word: '机械制造', industry: '3599', scope: '通用设备制造；机械零部件加工' },
  { word: '化工', industry: '2669', scope: '专用化学产品制造（不含危险化学品）' },
  { word: '物流', industry: '5430', scope: '道路货物运输；仓储服务' },
  { word: '汽车运输', industry: '5412', scope: '道路旅客运输经营；汽车租赁' },
  { word: '环保科技', industry: '7721', scope: '水污染治理；环境保护专用设备销售' },
  { word: '信息技术', industry: '6513', scope: '软件开发；信息系统集成服务' },
  { word: '医疗器械', industry: '5154', scope: '第二类医疗器械销售' },
  { word: '大药房连锁', industry: '5251', scope: '药品零售；保健食品销售' },
  { word: '物业服务', industry: '7020', scope: '物业管理；停车场服务' },
  { word: '文化传媒', industry: '7251', scope: '广告设计、代理；广告发布' },
  { word: '纺织', industry: '1711', scope: '针纺织品销售；面料纺织加工' },
  { word: '新能源', industry: '4416', scope: '太阳能发电技术服务；光伏设备销售' },
  { word: '人力资源', industry: '7262', scope: '劳务派遣服务；职业中介活动' },
  { word: '房地产开发', industry: '7010', scope: '房地产开发经营' },
  { word: '酒店', industry: '6110', scope: '住宿服务；餐饮服务' },
];

/** Trades of individual businesses: the last word of the name. */
export const shopTrades: readonly Trade[] = [
  { word: '小吃店', industry: '6291', scope: '小吃服务' },
  { word: '面馆', industry: '6210', scope: '餐饮服务' },
  { word: '便利店', industry: '5219', scope: '食品销售；日用百货销售' },
  { word: '水果店', industry: '5223', scope: '新鲜水果零售' },
  { word: '理发店', industry: '8040', scope: '理发服务' },
  { word: '汽车修理部', industry: '8111', scope: '机动车修理和维护' },
  { word: '五金经营部', industry: '5281', scope: '五金产品零售' },
  { word: '服装店', industry: '5232', scope: '服装服饰零售' },
  { word: '货运服务部', industry: '5430', scope: '道路货物运输' },
  { word: '宾馆', industry: '6129', scope: '住宿服务' },
];

/** What institutions, associations and the like are for. */
export const purposes = [
  '实验学校',
  '第一幼儿园',
  '社区卫生服务中心',
  '农业技术推广站',
  '文化馆',
  '检验检测中心',
  '养老服务中心',
  '职业培训学校',
] as const;

/** Circles associations speak for. */
export const circles = ['餐饮', '建筑', '物流', '软件', '纺织', '中小企业', '志愿服务', '环境保护'];

/** Roads of the sample city. */
export const roads = ['样例路', '示例大道', '样例东街', '示例北路', '样例工业园一路', '示例科技园'];

/** Ways in which registered capital is written; `N` stands for the number in 万元. */
export const capitalForms: readonly (readonly [string, number])[] = [
  ['N万元人民币', 40],
  ['N万元', 14],
  ['N万人民币', 12],
  ['N.000000万人民币', 10],
  ['N（万元）', 6],
  ['N', 5],
  ['人民币N万元整', 4],
  ['N万 人民币', 3],
  ['0000元', 2],
  ['N万美元', 2],
  ['N万港元', 1],
  ['N万日元', 0.5],
  ['N万欧元', 0.5],
];

/** Words for a living organisation, as registries write them. */
export const aliveWords: readonly (readonly [string, number])[] = [
  ['存续（在营、开业、在册）', 50],
  ['存续', 25],
  ['在业', 15],
  ['开业', 10],
];

/** Words for one that has ended or is about to. */
export const endedWords: readonly (readonly [string, number])[] = [
  ['注销', 60],
  ['吊销，未注销', 30],
  ['迁出', 10],
];
