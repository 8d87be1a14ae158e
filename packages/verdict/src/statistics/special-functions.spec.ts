import { describe, expect, test } from 'vitest';
import {
  chiSquareCriticalValue,
  chiSquareTail,
  noncentralChiSquareTail,
  normalCriticalValue,
} from './chi-square.js';
import { regularizedBeta } from './incomplete-beta.js';
import { upperGamma } from './incomplete-gamma.js';
import { logGamma } from './log-gamma.js';

// Expected values were computed with scipy 1.17.
describe('values agree with scipy to 11 digits', () => {
  test.each([
    [0.5, 0.5723649429247],
    [3.7, 1.428072326665388],
    [15.9, 27.625493215168678],
    [16, 27.899271383840894],
    [1000.5, 5908.674175848678],
  ])('ln Γ(%f)', (x, expected) => expect(logGamma(x)).toSatisfy(closeTo(expected)));

  test.each([
    [0.5, 0.1, 0.6547208460185768],
    [3, 2, 0.6766764161830634],
    [3, 40, 3.572865928700233e-15],
    [50, 60, 0.08440668109369177],
    [500, 400, 0.9999991890618921],
  ])('Q(%f, %f)', (a, x, expected) => expect(upperGamma(a, x)).toSatisfy(closeTo(expected)));

  test.each([
    [0.3, 2, 3, 0.3483],
    [0.01, 1, 776, 0.9995898799442872],
    [0.55, 388, 389, 0.9976689902410117],
    [0.999, 5000, 3, 0.12435737403741323],
  ])('I_%f(%f, %f)', (x, a, b, expected) => expect(regularizedBeta(x, a, b)).toSatisfy(closeTo(expected)));

  test('chi-square tails and critical values, central or not', () => {
    expect(chiSquareTail(10.828, 1)).toSatisfy(closeTo(0.0009997657195830916));
    expect(chiSquareCriticalValue(0.001, 1)).toSatisfy(closeTo(10.827566170662733));
    expect(chiSquareCriticalValue(1e-5, 7)).toSatisfy(closeTo(35.258536421480876));
    expect(noncentralChiSquareTail(10.8276, 1, 31.55)).toSatisfy(closeTo(0.9900015702912577));
    expect(noncentralChiSquareTail(18, 4, 40)).toSatisfy(closeTo(0.9911449736704074));
  });

  test('normal critical values on both sides of the mean', () => {
    expect(normalCriticalValue(0.0005)).toSatisfy(closeTo(3.2905267314918945));
    expect(normalCriticalValue(0.99)).toSatisfy(closeTo(-2.3263478740408408));
  });
});

function closeTo(expected: number): (actual: number) => boolean {
  return (actual) => Math.abs(actual / expected - 1) < 1e-11;
}
