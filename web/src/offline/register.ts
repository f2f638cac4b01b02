// The page without a network: a service worker keeps its files. What it asks for are the files of this page
// by their names and nothing else; a merchant's figures are in no request.
import { effect } from '@preact/signals-core';
import { html, render } from 'lit';
import './offline.css';
import { pick } from '../i18n/index.js';
import { atRest } from '../rest.js';

/** Another version is here. The page goes on with its own until it is loaded again. */
function tellOfUpdate(): void {
  if (document.querySelector('.update')) return;
  const notice = document.createElement('div');
  notice.className = 'update';
  notice.setAttribute('role', 'status');
  document.body.append(notice);
  effect(() => {
    render(
      html`${pick({ zh: '有新版本，刷新后使用。', en: 'There is a new version; reload to use it.' })}
        <button class="plain" @click=${() => location.reload()}>${pick({ zh: '刷新', en: 'Reload' })}</button>
        <button class="plain" @click=${() => notice.remove()}>${pick({ zh: '先不用', en: 'Not now' })}</button>`,
      notice,
    );
  });
}

/** The first answers of its parts go before. */
const afterAnswers = () => atRest(5000, 2000);

/** Once every part of the page has been drawn: to keep its files takes as much of the processor as to draw them. */
export async function keepOffline(drawn: Promise<unknown>): Promise<void> {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  // A first visit is under no worker, and none takes it over; a later one changes hands on an update.
  serviceWorker.addEventListener('controllerchange', tellOfUpdate);
  // One that came while this page was loading says so when it is asked.
  serviceWorker.addEventListener('message', ({ data }) => data === 'another version' && tellOfUpdate());
  try {
    await drawn;
    await afterAnswers();
    // Under a worker, the browser looks for another version at each visit by itself. To register again would
    // wait for one that is being put up, and then speak to the old worker just as the new one takes its
    // place: that wakes the old one, and the new one has to wait until it sleeps again.
    if (!serviceWorker.controller) await serviceWorker.register('./service_worker.js');
    const registration = await serviceWorker.ready;
    await afterAnswers();
    // Which page asks, by a file of its version, so that an old one does not clear away what it needs.
    registration.active?.postMessage(import.meta.url);
  } catch {
    // Not every place that shows pages lets them stay: then the page needs the network, as any other.
  }
}
