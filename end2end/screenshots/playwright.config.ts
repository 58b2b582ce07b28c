import { defineConfig } from '@playwright/test';
import base from '../playwright.config.ts';
import type { Settings } from '../support/test.ts';

export default defineConfig<object, Settings>({
  ...base,
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  reporter: 'list',
  projects: [{ name: 'screenshots', use: { engine: 'sqlite' } }],
});
