// The coarse half of an input: where a value stands on its slider, and which value a position gives.
import { expect, test } from 'vitest';
import { catalogue, fieldAt } from '../../src/data.js';
import { slider } from '../../src/views/field.js';

const numbers = catalogue.fields.filter(({ kind }) => kind === 'number' || kind === 'whole');

test('positions rise with the value, give values within the typical range, and come back', () => {
  for (const field of numbers) {
    const [low, high] = field.typical;
    const scale = slider(field, low);
    expect(scale.at(low)).toBe(0);
    expect(scale.at(high)).toBeCloseTo(100, 9);
    let last = -Infinity;
    for (let position = 0; position <= 100; position += 1) {
      const value = scale.near(position);
      expect(value).toBeGreaterThanOrEqual(last);
      expect(value).toBeGreaterThanOrEqual(low);
      expect(value).toBeLessThanOrEqual(high);
      last = value;
    }
  }
});

test('values are round: hundredths of the range for shares, three digits for amounts, whole where whole', () => {
  expect(slider(fieldAt('orders.return_rate'), 0.2).near(50)).toBe(0.35);
  expect(slider(fieldAt('orders.return_rate'), 0.2).near(33)).toBe(0.23);
  expect(slider(fieldAt('private.users'), 8000).near(50)).toBe(25000);
  expect(slider(fieldAt('private.users'), 8000).near(37)).toBe(10100);
  expect(Number.isInteger(slider(fieldAt('horizon_months'), 12).near(33))).toBe(true);
});

test('a typed value beyond the typical range stretches the slider, and never past what is allowed', () => {
  const users = fieldAt('private.users');
  expect(slider(users, 400000).near(100)).toBe(1200000);
  const rate = fieldAt('orders.return_rate');
  expect(slider(rate, 0.9).near(100)).toBe(rate.range[1]);
});
