/** 目录: what may be collected, from whom, in which form. */
export {
  type FoundItem,
  collectible,
  findItem,
  itemsOn,
  standardNamed,
  standardsOf,
} from './domain.ts';
