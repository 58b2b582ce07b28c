import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type ReporterDescription } from '@playwright/test';
import type { Settings } from './support/test.ts';

// The shell has no window around its pages: it does the same in a third of the time.
const debian = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync);
const chromium = process.env.CHROMIUM ?? debian;
const json = process.env.PLAYWRIGHT_JSON_OUTPUT_NAME;
const soaks = process.env.BALIE_SOAK === '1';
const reporter: ReporterDescription[] = [['list']];
if (json) reporter.push(['json', { outputFile: resolve(json) }]);

export default defineConfig<object, Settings>({
  testDir: './tests',
  outputDir: './test-results',
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  workers: 2,
  // On a busy machine a browser may be late once; what only passed the second time is named in the report.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter,
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    viewport: { width: 1280, height: 800 },
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // A whole Chromium loads two pages for the address bar of each window that a test opens, and keeps a process in reserve.
        '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,SpareRendererForSitePerProcess',
      ],
    },
  },
  projects: [
    // Two programs can share PostgreSQL only. Without JavaScript the main ways of each room are tried; for `make soak` all of them.
    { name: 'sqlite', use: { engine: 'sqlite' }, testIgnore: /instances\.spec/, grepInvert: soaks ? [] : /^(?!.*@both).*@noscript/ },
    // The server's own tests try every rule on both databases; browsers try the main ways on PostgreSQL too, and for `make soak` all but what
    // is the same on every database: how pages look, speak and do without JavaScript, and what no row decides.
    {
      name: 'postgres', use: { engine: 'postgres' }, testIgnore: /shell\.spec/, grep: soaks ? /./ : /@both/,
      grepInvert: /@look|@noscript|@dutch|@once/,
    },
  ],
});
