export { default } from '@bookinfo/vitest-config';
