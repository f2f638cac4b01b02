// The built page in Firefox ESR and in WebKitGTK, driven alike: a page can run functions, be clicked, typed
// into, chosen from and given files, hands out files, and says what it complained about. Firefox speaks
// WebDriver BiDi with Playwright; WebKitGTK has a driver of its own, which tells nothing about the console, so a
// script listens in the page. Neither driver can turn the lights out: a browser starts in the dark or does not.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { patience, serve } from './browser.mjs';

const web = createRequire(new URL('../../web/package.json', import.meta.url));
const { firefox } = web('playwright-core');

const firefoxPath = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
const miniBrowser = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
const webkitDriver = '/usr/bin/WebKitWebDriver';
const screen = '/usr/bin/Xvfb';
/** No window of MiniBrowser is narrower, px. */
const narrowest = 450;

/** Serves the page until it goes away; `asked` has the path of every request that arrived, but for those that
 *  ask whether there is another version. */
async function watchedSite() {
  const asked = [];
  let down = false;
  const index = readFileSync(new URL('../../build/web/index.html', import.meta.url), 'utf8');
  const listener = `window.complaints = [];
    for (const level of ['error', 'warn']) {
      const write = console[level];
      console[level] = (...said) => { complaints.push(said.join(' ')); write.apply(console, said); };
    }
    addEventListener('error', (event) => complaints.push(event.message || 'not loaded: ' + (event.target.src || event.target.href)), true);
    addEventListener('unhandledrejection', (event) => complaints.push(String(event.reason)));
    addEventListener('securitypolicyviolation', (event) => complaints.push(event.effectiveDirective + ': ' + event.blockedURI));`;
  const watching = {
    name: 'watching',
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        if (down) return request.socket.destroy();
        if (request.url === '/watched.html') {
          for (const [name, value] of Object.entries(server.config.preview.headers)) response.setHeader(name, value);
          response.setHeader('Content-Type', 'text/html');
          return response.end(index.replace('<head>', '<head><script src="./listener.js"></script>'));
        }
        // No window of WebKitGTK is as narrow as a phone.
        if (request.url === '/framed.html') {
          response.setHeader('Content-Type', 'text/html');
          return response.end('<!doctype html><title>x</title><body style="margin: 0"><iframe src="./watched.html" height="800" style="border: 0"></iframe>');
        }
        if (request.url === '/listener.js') {
          response.setHeader('Content-Type', 'text/javascript');
          return response.end(listener);
        }
        if (request.headers['service-worker'] !== 'script') asked.push(request.url);
        return next();
      });
    },
  };
  return { ...(await serve([watching])), asked, goAway: () => (down = true) };
}

/** Asks again until the page has it. */
async function until(page, what, ...args) {
  const end = Date.now() + patience;
  for (;;) {
    const found = await page.run(what, ...args);
    if (found) return found;
    if (Date.now() > end) throw new Error(`it never came to ${what} with ${JSON.stringify(args)}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

/** Brings something into sight and waits until it stays where it is: what comes into sight with it is laid out
 *  then, and a hand that pressed before would let go beside it. */
const standsStill = (page, selector) =>
  until(
    page,
    async (path) => {
      const wanted = document.querySelector(path);
      wanted.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { top } = wanted.getBoundingClientRect();
      await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(() => painted())));
      return wanted.isConnected && !wanted.closest('[data-behind]') && wanted.getBoundingClientRect().top === top;
    },
    selector,
  );

/** A folder of ours that files are downloaded into. */
function downloads() {
  const folder = mkdtempSync(join(tmpdir(), 'downloads-'));
  return {
    folder,
    /** The file that comes, whole; what asks for it comes first. The folder is empty again. */
    async next(ask) {
      await ask();
      const end = Date.now() + patience;
      for (let before; ; ) {
        const files = readdirSync(folder).map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
        const [file] = files;
        if (files.length === 1 && file.bytes.length > 0 && !/\.(?:part|wkdownload)$/.test(file.name) && file.bytes.length === before) {
          rmSync(join(folder, file.name));
          return file;
        }
        if (Date.now() > end) throw new Error(`no file came, but ${files.map(({ name }) => name)}`);
        before = files.length === 1 ? file.bytes.length : undefined;
        await new Promise((next) => setTimeout(next, 50));
      }
    },
    drop: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function startFirefox({ dark, width }) {
  const files = downloads();
  const browser = await firefox.launch({
    channel: 'moz-firefox',
    executablePath: firefoxPath,
    downloadsPath: files.folder,
    firefoxUserPrefs: {
      'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
      'ui.prefersReducedMotion': 1,
      // What shows downloads would take the keys.
      'browser.download.alwaysOpenPanel': false,
    },
  });
  const site = await watchedSite().catch(async (fault) => {
    await browser.close();
    throw fault;
  });
  return {
    ...site,
    async open() {
      // What this channel cannot emulate has to be left alone by name.
      const context = await browser.newContext({ colorScheme: null, reducedMotion: null, forcedColors: null, contrast: null, locale: 'zh-CN', viewport: { width, height: 900 } });
      const tab = await context.newPage();
      tab.setDefaultTimeout(patience);
      const complaints = [];
      tab.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
      tab.on('pageerror', (fault) => complaints.push(fault.message));
      await tab.goto(site.address);
      const page = {
        run: (what, ...args) => tab.evaluate(`(${what})(...${JSON.stringify(args)})`),
        source: (text) => tab.evaluate(text),
        until: (what, ...args) => until(page, what, ...args),
        async click(selector) {
          await tab.waitForSelector(selector);
          await standsStill(page, selector);
          await tab.click(selector);
        },
        choose: (selector, value) => tab.selectOption(selector, value),
        async type(selector, text) {
          await page.click(selector);
          await tab.keyboard.press('Control+A');
          await tab.keyboard.type(text);
        },
        press: (selector, key) => tab.press(selector, key),
        key: (key) => tab.keyboard.press(key),
        write: (text) => tab.keyboard.type(text),
        give: (selector, path) => tab.setInputFiles(selector, path),
        download: (selector) => files.next(() => page.click(selector)),
        resize: (width) => tab.setViewportSize({ width, height: 900 }),
        complaints: () => complaints,
        openAgain: () => tab.goto(site.address),
      };
      return page;
    },
    async stop() {
      await browser.close();
      await site.stop();
      files.drop();
    },
  };
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** A program of ours, ended with us. */
function running(path, args, options) {
  const child = spawn(path, args, options);
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  return {
    child,
    ended,
    async stop() {
      child.kill();
      await ended;
    },
  };
}

async function startWebKit({ dark, width }) {
  const { Builder, By, Capabilities, Key } = web('selenium-webdriver');
  const stops = [];
  const files = downloads();
  const settings = mkdtempSync(join(tmpdir(), 'settings-'));
  writeFileSync(join(settings, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${files.folder}"\n`);
  stops.push(files.drop, () => rmSync(settings, { recursive: true, force: true }));
  const stop = async () => {
    for (const end of stops.reverse()) await end();
  };
  try {
    const display = running(screen, ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    stops.push(display.stop);
    const number = await Promise.race([new Promise((resolve) => display.child.stdio[3].once('data', (text) => resolve(String(text).trim()))), display.ended.then(() => null)]);
    if (number === null) throw new Error('Xvfb does not start');
    const port = await freePort();
    const driver = running(webkitDriver, [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env: { ...process.env, DISPLAY: `:${number}`, XDG_CONFIG_HOME: settings } });
    stops.push(driver.stop);
    const server = `http://127.0.0.1:${port}`;
    const end = Date.now() + patience;
    while (!(await fetch(`${server}/status`).then((answer) => answer.ok, () => false))) {
      if (Date.now() > end) throw new Error('WebKitWebDriver does not answer');
      await new Promise((next) => setTimeout(next, 50));
    }
    const wanted = new Capabilities().set('browserName', 'MiniBrowser').set('webkitgtk:browserOptions', { binary: miniBrowser, args: ['--automation', ...(dark ? ['--dark-mode'] : [])] });
    const tab = await new Builder().usingServer(server).withCapabilities(wanted).build();
    stops.push(() => tab.quit());
    await tab.manage().setTimeouts({ script: patience, pageLoad: patience });
    await tab.manage().window().setRect({ x: 0, y: 0, width: 1280, height: 1000 });
    const site = await watchedSite();
    stops.push(site.stop);

    const element = (selector) => tab.findElement(By.css(selector));
    const framed = width < narrowest;
    /** Chords are written as Shift+Tab. */
    const keys = (chord) => chord.split('+').map((name) => Key[name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()] ?? name);
    const press = (chord) => {
      const [key, ...held] = keys(chord).reverse();
      const actions = tab.actions();
      for (const one of held) actions.keyDown(one);
      actions.sendKeys(key);
      for (const one of held) actions.keyUp(one);
      return actions.perform();
    };
    // Promises of the page are waited for here; a fault in the page is one of the test.
    const waiting = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (WHAT)(...Array.prototype.slice.call(arguments, 0, -1))).then((value) => done({ value }), (fault) => done({ fault: String(fault) }));`;
    const page = {
      async run(what, ...args) {
        const { value, fault } = await tab.executeAsyncScript(waiting.replace('WHAT', () => String(what)), ...args);
        if (fault) throw new Error(fault);
        return value;
      },
      source: (text) => tab.executeScript(text),
      until: (what, ...args) => until(page, what, ...args),
      async click(selector) {
        // This driver does not scroll within a dialog.
        await standsStill(page, selector);
        await element(selector).click();
      },
      async choose(selector, value) {
        // A choice that the page itself changed since the list had the focus is no change to this driver.
        await page.run((path) => (document.activeElement.blur(), document.querySelector(path).focus()), selector);
        await element(`${selector} option[value="${value}"]`).click();
      },
      async type(selector, text) {
        await page.click(selector);
        // After a chord this driver types nothing more.
        await page.run((path) => document.querySelector(path).select(), selector);
        await element(selector).sendKeys(text);
      },
      async press(selector, key) {
        await page.run((path) => document.querySelector(path).focus(), selector);
        await press(key);
      },
      key: press,
      write: (text) => tab.actions().sendKeys(text).perform(),
      give: (selector, path) => element(selector).sendKeys(path),
      download: (selector) => files.next(() => page.click(selector)),
      async resize(wanted) {
        await tab.switchTo().defaultContent();
        await tab.executeScript((px) => document.querySelector('iframe').setAttribute('width', px), wanted);
        await tab.switchTo().frame(0);
      },
      complaints: () => page.run(() => window.complaints),
      openAgain: () => tab.get(site.address),
    };
    return {
      ...site,
      async open() {
        await tab.get(`${site.address}${framed ? 'framed' : 'watched'}.html`);
        if (framed) await page.resize(width);
        return page;
      },
      stop,
    };
  } catch (fault) {
    await stop();
    throw fault;
  }
}

/** Each with the programs it needs that are not here; started in the light or in the dark, with a page of a
 *  width in px. */
export const engines = [
  { name: 'Firefox', start: startFirefox, needs: [firefoxPath] },
  { name: 'WebKit', start: startWebKit, needs: [miniBrowser, webkitDriver, screen] },
].map(({ needs, ...engine }) => ({ ...engine, missing: needs.filter((path) => !existsSync(path)) }));
