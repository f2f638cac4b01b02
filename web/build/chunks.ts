// In which files the page's modules come. What is needed at once is one file; what comes after the first result
// comes in few, because each request takes a browser as long as drawing a part, and each within its budget
// (`scripts/bench --sizes`).
import { type Rollup } from 'vite';

/** What every picture shares is no part of whichever data happens to stand beside it, and texts of parts that are
 *  always there come together. */
const chunks: [name: string, modules: RegExp][] = [
  ['scales', /\/d3-(?:array|scale|interpolate|color|format)\//],
  ['picture', /\/(?:d3-shape\/|src\/(?:views\/(?:axes|stops|heat|clipboard)\.ts|offline\/register\.ts|generated\/quantities\.json))/],
  ['explain', /\/src\/(?:views\/explain\.ts|i18n\/lower[./])/],
  ['desk', /\/(?:idb-keyval\/|src\/share\/(?:tools|desk|keep|link|sound|draft|history|plans)\.ts)/],
  ['futures-parts', /\/src\/(?:futures\/parts\.ts|i18n\/futures\.)/],
  ['futures-asked', /\/src\/futures\/(?:bars|chance|drivers|allocation)\.ts/],
  ['parts-texts', /\/src\/i18n\/(?:compare|pictures|share)\./],
  ['parts-style', /\/src\/(?:compare|decisions|futures|offline|pictures|share|views)\/\w+\.css/],
];
/** Other texts, each by the name of its part. */
const textsOf = (id: string) => /i18n\/([a-z]+)\.(?:zh|en)\.json/.exec(id)?.[1]?.concat('-texts');

/** Entries with all they import. */
function atOnce({ getModuleIds, getModuleInfo }: Rollup.ManualChunkMeta): Set<string> {
  const found = new Set([...getModuleIds()].filter((id) => getModuleInfo(id)!.isEntry));
  for (const id of found) for (const imported of getModuleInfo(id)!.importedIds) found.add(imported);
  return found;
}

export function inFewFiles(): Rollup.OutputOptions {
  let first: Set<string> | undefined;
  return {
    // A file has what is named here, and not what that imports.
    onlyExplicitManualChunks: true,
    manualChunks(id, meta) {
      first ??= atOnce(meta);
      return first.has(id) ? 'index' : (chunks.find(([, modules]) => modules.test(id))?.[0] ?? textsOf(id));
    },
  };
}
