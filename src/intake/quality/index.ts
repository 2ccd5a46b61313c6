/** 质量: figures of a month, the facts behind them, and what is unlike a source's history. */
export {
  type FigureName,
  type Figures,
  type Measure,
  addUp,
  figureNames,
  monthOf,
} from './domain.ts';
export { type MonthFigures, type QualityDeps, figureRows, monthFigures } from './service.ts';
export { type Anomaly, anomalies } from './service-anomalies.ts';
export { verdicts } from './domain-sample.ts';
export {
  type Sample,
  type SampleDeps,
  drawSample,
  judgeRow,
  samples,
  whyNotJudge,
} from './service-sample.ts';
export { type StoredSample, findSample, openSamples, sampleRows } from './store-sample.ts';
export { type Library, library } from './service-library.ts';
export { deliveredIn } from './service-months.ts';
export { type FactRow, type MonthOfSource } from './store.ts';
