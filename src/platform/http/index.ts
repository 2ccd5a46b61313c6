/** HTTP for every audience: routes as data, one edge, problem details, OpenAPI. */
export { askHttp } from './ask.ts';
export { bodyBytes, targetOf } from './body.ts';
export { type Audience, type Method, type Route, defineRoute, pathNames } from './contract.ts';
export { type AccessEntry, type HttpLog, makeHttpLog } from './access-log.ts';
export { type Networks, loopback, readNetworks } from './addresses.ts';
export { pageSecondsMax } from './deliver.ts';
export {
  type Answer,
  type Edge,
  type EdgeContext,
  type EdgeEnv,
  type EdgeOptions,
  addressOf,
  isFrom,
  isSecure,
  makeEdge,
} from './edge.ts';
export { type HttpMetrics, type ReadGauge, makeHttpMetrics } from './metrics.ts';
export {
  type AnsweredFile,
  type Caller,
  type Handled,
  type MountOptions,
  handle,
  handleBytes,
  handleFile,
  handleShown,
  mount,
} from './mount.ts';
export { type OpenApiInfo, openApiOf } from './openapi.ts';
export {
  type RefusalWords,
  fillRefusal,
  httpRefusals,
  problemReply,
  statusOf,
} from './problems.ts';
export {
  type SessionCookie,
  deviceOf,
  isFromElsewhere,
  readForm,
  sameSecret,
  sessionToken,
  setSessionCookie,
} from './session-cookie.ts';
export { type RateLimit, makeRateLimiter } from './rate-limit.ts';
export { type SentFile, attachment, fileNameIn } from './streamed.ts';
export { type CacheRule, type FileBody, type Reply, jsonReply, redirectReply } from './reply.ts';
export { programPolicy } from './security-headers.ts';
