import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
const THEMES = ['light', 'dark'] as const;
/** The second theme has the elements of the first: it can go wrong in these only. */
const ABOUT_COLOUR = ['color-contrast', 'link-in-text-block'];

/** Lets axe look at the page in both themes. They are the system's, so no theme may have been chosen: what the page shows would go with loading it anew. */
export async function axe(page: Page) {
  const found: string[] = [];
  for (const theme of THEMES) {
    // Without motion, or what fades from one theme into the other would be looked at halfway.
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    found.push(...(await findings(page, theme)));
  }
  expect(found, `axe on ${page.url()}`).toEqual([]);
}

async function findings(page: Page, theme: (typeof THEMES)[number]): Promise<string[]> {
  // Where there are no frames, this is the same without a page more for each look.
  const builder = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (theme === THEMES[0] ? builder.withTags(TAGS) : builder.withRules(ABOUT_COLOUR)).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${theme}: ${id} (${help}) at ${node.target.join(' ')}\n  ${node.html}\n  ${node.failureSummary}`),
  );
}

/** How light the page's background is, 0 to 1, whatever notation the colour is written in. */
export function lightness(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    for (const element of [document.documentElement, document.body]) {
      canvas.fillStyle = getComputedStyle(element).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    if (alpha < 255) throw new Error('neither html nor body has an opaque background');
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  });
}

/** For people who want to see the pages: BALIE_SHOTS names a folder. */
export async function photograph(page: Page, name: string) {
  const folder = process.env.BALIE_SHOTS;
  if (folder) await page.screenshot({ path: join(folder, `${name.replaceAll(' ', '-')}.png`), fullPage: true });
}

export async function expectNoSidewaysScroll(page: Page) {
  const [content, screen] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return [scrollWidth, clientWidth];
  });
  expect(content, `${page.url()} fits its screen`).toBeLessThanOrEqual(screen);
}
