import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type ReporterDescription } from '@playwright/test';
import type { Settings } from './support/test.ts';

const debian = '/usr/bin/chromium';
const chromium = process.env.CHROMIUM ?? (existsSync(debian) ? debian : undefined);
const json = process.env.PLAYWRIGHT_JSON_OUTPUT_NAME;
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
      ],
    },
  },
  projects: [
    { name: 'sqlite', use: { engine: 'sqlite' } },
    { name: 'postgres', use: { engine: 'postgres' }, grepInvert: /@look/ },
  ],
});
