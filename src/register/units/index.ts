/** 单位: public bodies, providers and authorities. */
export { type UnitDeps, providerFor, registerUnits } from './service.ts';
export { type Unit, findUnit, listUnits } from './store.ts';
