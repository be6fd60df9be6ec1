// Opens a report in a headless Chromium, as a phone, a desktop and two papers, and says what is wrong with it:
// anything on the console, any request, a page wider than the screen, any violation axe-core finds.
//
//   npm install --prefix DIR puppeteer-core axe-core vnu-jar
//   cp check.mjs DIR && CHROMIUM=$(command -v chromium) node DIR/check.mjs REPORT.html PICTURES
//   java -jar DIR/node_modules/vnu-jar/build/dist/vnu.jar REPORT.html     the HTML by the W3C's checker
//   pdfinfo PICTURES-A4.pdf; pdftoppm -r 90 -png PICTURES-A4.pdf PICTURES-A4
//
// Writes PICTURES-360.png, PICTURES-1280.png, PICTURES-A4.pdf and PICTURES-Letter.pdf to look at. Exit 1: something is wrong.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const [report, pictures] = process.argv.slice(2);
if (!report || !pictures || !process.env.CHROMIUM) {
  console.error('Use: CHROMIUM=/path/to/chromium node check.mjs REPORT.html PICTURES');
  process.exit(2);
}
const address = pathToFileURL(path.resolve(report)).href;
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'report-check-'));
const wrong = [];

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  userDataDir: profile,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage();
page.on('console', (said) => wrong.push(`console: ${said.text()}`));
page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
page.on('request', (asked) => { if (asked.url() !== address) wrong.push(`request: ${asked.url()}`); });

for (const width of [360, 1280]) {
  await page.setViewport({ width, height: 800, deviceScaleFactor: width < 500 ? 2 : 1 });
  await page.goto(address);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > width) wrong.push(`${width} px: the page is ${wide} px wide`);
  await page.screenshot({ path: `${pictures}-${width}.png`, fullPage: true });
}
for (const format of ['A4', 'Letter']) await page.pdf({ path: `${pictures}-${format}.pdf`, format });

await page.setBypassCSP(true); // only so that axe-core can be put into a page that allows no script
for (const width of [360, 1280]) {
  await page.setViewport({ width, height: 800 });
  await page.goto(address);
  await page.evaluate(axe);
  const found = await page.evaluate((values) => axe.run(document, { runOnly: values }), tags);
  for (const one of found.violations) wrong.push(`axe, ${width} px: ${one.id}: ${one.nodes[0].html.slice(0, 120)}`);
  console.log(`${width} px: axe-core passed ${found.passes.length} rules, violations ${found.violations.length}`);
}
await browser.close();
fs.rmSync(profile, { recursive: true, force: true });
for (const line of wrong) console.log(line);
process.exitCode = wrong.length ? 1 : 0;
