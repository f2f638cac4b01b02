// Takes over the prerendered page: inputs work at once, results follow as soon as the engine is here.
import { effect } from '@preact/signals-core';
import { render } from 'lit';
import './styles.css';
import { engineRuns, startEngine } from './engine.js';
import { t } from './i18n/index.js';
import { engine, engineFault, futuresFault, language, recordsFault } from './state.js';
import { appView } from './views/app.js';
import { chartWidth } from './views/chart.js';

const remembered = 'growth.language';

function readLanguage(): 'zh' | 'en' {
  try {
    const stored = localStorage.getItem(remembered);
    if (stored === 'zh' || stored === 'en') return stored;
  } catch {
    // No storage: the page speaks Chinese until it is told otherwise.
  }
  return 'zh';
}

function switchLanguage(): void {
  language.value = language.value === 'zh' ? 'en' : 'zh';
  try {
    localStorage.setItem(remembered, language.value);
  } catch {
    // Nothing to remember it in.
  }
}

/** The part that reads the merchant's own records comes when it is asked for. */
async function openRecords(): Promise<void> {
  recordsFault.value = false;
  try {
    await (await import('./records/dialog.js')).open();
  } catch {
    recordsFault.value = true;
  }
}

const root = document.querySelector<HTMLElement>('#app')!;
language.value = readLanguage();
root.replaceChildren();

effect(() => {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
  document.title = t('title');
  render(appView(switchLanguage, openRecords), root);
});

new ResizeObserver(() => {
  const width = root.querySelector('.drawing')?.clientWidth;
  if (width) chartWidth.value = width;
}).observe(root);

const place = (id: string) => document.querySelector<HTMLElement>(id)!;

/** Each part that comes after the first result draws into a place of its own; without it the page goes on. */
function loadLater(): void {
  // Undo, links, files and what is kept on the device.
  import('./share/tools.js').then(({ mount }) => mount(place('#desk'), place('#notice'))).catch(() => (place('#desk').hidden = true));
  import('./compare/panel.js').then(({ mount }) => mount(place('#compare'))).catch(() => (place('#compare').hidden = true));
  import('./futures/panel.js').then(({ mount }) => mount(place('#futures'))).catch(() => (futuresFault.value = true));
}

if (engineRuns()) {
  startEngine()
    .then((growth) => {
      engine.value = growth;
      // What runs many futures comes after the first result, and before anybody asks for it.
      setTimeout(loadLater);
    })
    .catch(() => (engineFault.value = 'fault'));
} else {
  engineFault.value = 'fault.simd';
}
