import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

/** Takes a picture of every page at a phone's and a desk's width and lists what axe finds. Needs Debian's chromium. */
const address = process.argv[2] ?? 'http://127.0.0.1:5173';
const folder = '.artifacts/pictures';
const widths = [390, 1440];
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const n = (number) => `01980000-0000-7000-8000-${String(number).padStart(12, '0')}`;

const pages = [
  ['listings', null, '/listings'],
  ['sign-in', null, '/sign-in'],
  ['register', null, '/register'],
  ['rent', 'renter', `/listings/${n(20)}/rent`],
  ['order', 'renter', `/orders/${n(31)}`],
  ['contracts', 'renter', '/contracts'],
  ['contract', 'renter', `/contracts/${n(30)}`],
  ['contract-seller', 'seller', `/contracts/${n(30)}`],
  ['rigs', 'seller', '/rigs'],
  ['rig', 'seller', `/rigs/${n(10)}`],
  ['rig-new', 'seller', `/rigs/${n(11)}`],
  ['ledger', 'finance', '/ledger'],
];

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: [...flags, ...quiet] });
await mkdir(folder, { recursive: true });
let findings = 0;

for (const width of widths) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [name, person, path] of pages) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      if (person) {
        await context.request.post(`${address}/api/identity/session`, {
          data: { email: `${person}@demo.example`, password: 'mock' },
        });
      }
      const page = await context.newPage();
      page.on('pageerror', (error) => report(name, width, colorScheme, `page error: ${error.message}`));
      await page.goto(address + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      if (name === 'rent') {
        await askQuote(page);
      }
      if (name === 'contract') {
        await page.getByRole('img', { name: /5 min/ }).waitFor();
        await page.waitForTimeout(6_500);
      }
      await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => {});
      await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: true });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (overflow > 0) {
        report(name, width, colorScheme, `wider than the window by ${overflow} px`);
      }
      await page.addScriptTag({ path: axe });
      const { violations } = await page.evaluate(() => window.axe.run());
      for (const { id, nodes } of violations) {
        report(name, width, colorScheme, `${id}: ${nodes[0].html.slice(0, 160)} (${nodes.length})`);
      }
      await context.close();
    }
  }
}

await browser.close();
console.log(`${findings} findings; pictures in ${folder}`);
process.exit(findings === 0 ? 0 : 1);

async function askQuote(page) {
  await page.getByLabel('Address').fill('stratum+tcp://low.example.com:3333');
  await page.getByLabel('User', { exact: true }).fill('bc1qexample.rented');
  await page.getByRole('button', { name: /lock the price/ }).click();
  await page.getByRole('heading', { name: 'Pool check' }).waitFor();
}

function report(name, width, colorScheme, finding) {
  findings += 1;
  console.log(`${name} ${width} ${colorScheme}: ${finding}`);
}
