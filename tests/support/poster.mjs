// The code on a poster, as somebody's phone would read it.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const web = createRequire(new URL('../../web/package.json', import.meta.url));
const { encode } = await import(web.resolve('uqr'));

/** Within the page: the modules of the code, `wanted` a side. Nothing else on a poster is quite black. */
const modules = (wanted) => {
  const image = document.querySelector('img.poster');
  const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight });
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  const dark = (x, y) => [0, 1, 2].every((i) => data[4 * (y * canvas.width + x) + i] < 8);
  const [xs, ys] = [[], []];
  for (let y = 1000; y < canvas.height; y += 1) for (let x = 700; x < canvas.width; x += 1) if (dark(x, y)) (xs.push(x), ys.push(y));
  const [left, top, right] = [Math.min(...xs.slice(0, 5000)), ys[0], xs.reduce((a, b) => Math.max(a, b), 0)];
  const module = (right + 1 - left) / wanted;
  return { natural: [canvas.width, canvas.height], module, data: Array.from({ length: wanted }, (_, y) => Array.from({ length: wanted }, (_, x) => dark(Math.round(left + (x + 0.5) * module), Math.round(top + (y + 0.5) * module)))) };
};

/** `run` runs a function in the page with an argument. */
export async function assertPoster(run, link) {
  const { data, size, version } = encode(link, { ecc: 'M', boostEcc: true, border: 0 });
  assert.ok(version <= 20);
  const found = await run(modules, size);
  assert.deepEqual(found.natural, [1080, 1440]);
  assert.ok(Number.isInteger(found.module) && found.module >= 3, `${found.module} px a module`);
  assert.deepEqual(found.data, data);
}

/** The file of a poster is a PNG of its size. */
export function assertPosterFile(bytes) {
  assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
  assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [1080, 1440]);
}
