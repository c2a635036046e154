/** Texts of a page that have less contrast to their ground than 4.5 to 1. */
import type { Page } from '@playwright/test';

/** Each as its class and its first words. */
export async function faintTexts(page: Page): Promise<string[]> {
  const faint = await page.evaluate(() => {
    const light = (colour: string): { value: number; alpha: number } => {
      const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
      const part = (c: number): number => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
      return { value: 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue), alpha };
    };
    const groundOf = (element: Element | null): number => {
      if (element === null) return 1;
      const { value, alpha } = light(getComputedStyle(element).backgroundColor);
      return alpha > 0 ? value : groundOf(element.parentElement);
    };
    return [...document.querySelectorAll('body *')]
      .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()))
      .filter((one) => {
        const [a, b] = [light(getComputedStyle(one).color).value, groundOf(one)];
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
      })
      .map((one) => `${one.className}: ${one.textContent?.trim().slice(0, 40)}`);
  });
  return [...new Set(faint)];
}
