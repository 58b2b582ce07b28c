import type { BrowserContext, Page } from '@playwright/test';
import type { Balie } from './program.ts';

type Visit = { server: Balie; script: boolean };
const visits = new WeakMap<BrowserContext, Visit>();

export const remember = (context: BrowserContext, visit: Visit) => visits.set(context, visit);

export function visitOf(page: Page): Visit {
  const visit = visits.get(page.context());
  if (!visit) throw new Error('This page was not made by the fixtures `page` or `visit`');
  return visit;
}

/** Chromium writes a console error for each 4xx answer; a refusal is meant to be one. */
export const REFUSAL = /the server responded with a status of 4\d\d/;

export class Problems {
  private readonly found: string[] = [];
  private readonly allowed: RegExp[] = [];

  allow(...patterns: RegExp[]) {
    this.allowed.push(...patterns);
  }

  unexpected(): string[] {
    return this.found.filter((problem) => !this.allowed.some((pattern) => pattern.test(problem)));
  }

  watch(context: BrowserContext) {
    context.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return;
      this.found.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => this.found.push(`page error: ${error.error().stack ?? error.error()}`));
    context.on('dialog', (dialog) => {
      this.found.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    context.on('response', (answer) => {
      if (answer.status() >= 500) this.found.push(`${answer.status()} from ${answer.url()}`);
    });
  }
}
