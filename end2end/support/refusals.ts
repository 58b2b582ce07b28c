import { expect, type Locator, type Page } from '@playwright/test';
import { field } from './steps.ts';

export const summary = (page: Page) => page.getByRole('main').getByRole('alert');

/** The summary on top has the focus, and its link and its text lead to the field. */
export async function expectRefused(page: Page, name?: string) {
  await expect(summary(page)).toBeFocused();
  await expect(page).toHaveTitle(/^(Error|Fout): /);
  if (name) await expectMarked(page, name);
}

/** As `expectRefused`, for a group of radio buttons: the link of the summary leads to the first. */
export async function expectChoiceRefused(page: Page, group: Locator, message: string) {
  await expectRefused(page);
  await expect(group).toHaveAttribute('aria-invalid', 'true');
  await expect(group).toHaveAccessibleDescription(new RegExp(escape(message)));
  await summary(page).getByRole('link', { name: message }).click();
  await expect(group.getByRole('radio').first()).toBeFocused();
}

async function expectMarked(page: Page, name: string) {
  const input = field(page, name);
  await expect(input).toHaveAttribute('aria-invalid', 'true');
  const id = await input.getAttribute('id');
  expect(id, `the field ${name} has an id`).toBeTruthy();
  const link = summary(page).locator(`a[href$="#${id}"]`);
  await expect(link, `the summary links to ${name}`).toBeVisible();
  await expect(input).toHaveAccessibleDescription(new RegExp(escape((await link.innerText()).trim())));
}

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
