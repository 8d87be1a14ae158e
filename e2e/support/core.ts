/** The folders of scenarios that every change runs on every target. */
export const CORE = ['request-routing', 'traffic-shifting', 'fault-injection', 'browser'];
