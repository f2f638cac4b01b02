// Takes over the prerendered page: inputs work at once, results follow as soon as the engine is here.
import { effect } from '@preact/signals-core';
import { render } from 'lit';
import './styles.css';
import { engineRuns, startEngine } from './engine.js';
import { t } from './i18n/index.js';
import { doorFault, engine, engineFault, futuresFault, language, lowerFault, untouched } from './state.js';
import { appView } from './views/app.js';

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

/** A part that comes when it is asked for. */
async function open(door: 'records' | 'guide', part: Promise<{ open: () => unknown }>): Promise<void> {
  doorFault.value = undefined;
  try {
    await (await part).open();
  } catch {
    doorFault.value = door;
  }
}
/** What reads the merchant's own records, and what asks a few questions at a time. */
const doors = {
  records: () => open('records', import('./records/dialog.js')),
  guide: () => open('guide', import('./guide/dialog.js')),
};

const root = document.querySelector<HTMLElement>('#app')!;
language.value = readLanguage();
const place = (id: string) => document.querySelector<HTMLElement>(id)!;
/** The months as the page came with them, which stay until the part that draws them is here. */
const drawn = [...(root.querySelector('#months')?.childNodes ?? [])];
root.replaceChildren();

effect(() => {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
  document.title = t('title');
  render(appView(switchLanguage, doors), root);
});

if (language.value === 'zh') place('#months').append(...drawn);
const dropDrawn = () => drawn.forEach((node) => node.remove());
/** They are of the default plan and in Chinese, and go with the first change. */
effect(() => {
  if (!untouched.value || language.value !== 'zh') dropDrawn();
});

/** Each part that comes after the first result draws into a place of its own; without it the page goes on. */
function loadLater(): void {
  import('./views/lower.js')
    .then(({ mount }) => {
      dropDrawn();
      mount(place('#months'), place('#lower'));
    })
    .catch(() => (lowerFault.value = true));
  // Undo, links, files and what is kept on the device.
  import('./share/tools.js').then(({ mount }) => mount(place('#desk'), place('#notice'))).catch(() => (place('#desk').hidden = true));
  import('./compare/panel.js').then(({ mount }) => mount(place('#compare'))).catch(() => (place('#compare').hidden = true));
  import('./decisions/panel.js').then(({ mount }) => mount(place('#decisions'))).catch(() => (place('#decisions').hidden = true));
  import('./futures/panel.js').then(({ mount }) => mount(place('#futures'))).catch(() => (futuresFault.value = true));
  import('./pictures/panel.js').then(({ mount }) => mount(place('#pictures'))).catch(() => (place('#pictures').hidden = true));
  if (import.meta.env.PROD && import.meta.env.MODE !== 'single') import('./offline/register.js').then(({ keepOffline }) => keepOffline()).catch(() => {});
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
