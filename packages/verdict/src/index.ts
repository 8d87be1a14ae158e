export type { Claim, Observation } from './claim.js';
export { judge, type Trial } from './judge.js';
export { DEFAULT_PLAN, planRequests } from './plan-requests.js';
export { htmlReport } from './reports/html-report.js';
export { jsonReport } from './reports/json-report.js';
export { junitReport } from './reports/junit-report.js';
export { textReport } from './reports/text-report.js';
export { testShares } from './statistics/share-test.js';
export { allAgree, type Report } from './verdict.js';
