// A browser that looks at the page as an operator's would, and tells of everything that it should not do.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";

const pictures = process.env.GLS_PICTURES; // the folder for screenshots; none are made without it

export const wide = { width: 1280, height: 900 };
export const phone = { width: 360, height: 740 };

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium" });
}

// Opens the daemon's page and gives it to `look`. Afterwards it must neither have complained, nor
// broken its own policy, nor asked anybody but the daemon.
export async function visit(browser, url, { viewport = wide, colorScheme = "light", javaScript = true } = {}, look) {
  const context = await browser.newContext({ viewport, colorScheme, javaScriptEnabled: javaScript });
  try {
    const page = await context.newPage();
    const wrong = [];
    page.on("console", (message) => {
      if (message.type() === "error" && /ERR_CONNECTION|ERR_EMPTY/.test(message.text())) return; // the daemon has gone
      if (["error", "warning"].includes(message.type())) wrong.push(message.text());
    });
    page.on("pageerror", (error) => wrong.push(String(error)));
    page.on("request", (request) => {
      const asked = request.url();
      if (!asked.startsWith(`${url}/`) && !asked.startsWith("data:")) wrong.push(`asked for ${asked}`);
    });
    await page.goto(`${url}/`);
    await look(page);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}

export async function picture(page, name, options = {}) {
  if (!pictures) return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), ...options });
}

// Rows of the tables in that part of the page: {name: the row's heading, column: text of the cell},
// numbers as numbers.
export function rows(page, part) {
  return page.locator(`#${part} table`).evaluateAll((tables) =>
    tables.flatMap((table) => {
      const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
      const read = (cell) => {
        const number = cell.querySelector("data");
        return number?.textContent === cell.textContent ? Number(number.value) : cell.textContent;
      };
      return [...table.tBodies[0].rows].map((row) =>
        Object.fromEntries([...row.cells].map((cell, column) => [column ? names[column] : "name", read(cell)])),
      );
    }),
  );
}

export async function assert_no_sideways_scrolling(page) {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(content <= window, `the page is ${content} wide in a window of ${window}`);
}

// The parts that can be moved sideways: text that a reader would have to search for.
export function cut_parts(page) {
  return page.locator("section, section *").evaluateAll((elements) =>
    elements
      .filter((element) => element.scrollWidth > element.clientWidth && getComputedStyle(element).overflowX !== "visible")
      .map((element) => `${element.textContent.trim().slice(0, 40)}: ${element.scrollWidth} in ${element.clientWidth}`),
  );
}

// Text with less contrast to its ground than WCAG AA asks for.
export function faint_texts(page) {
  return page.evaluate(() => {
    const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
    const luminance = (colour) => {
      const [r, g, b] = channels(colour).map((c) => (c / 255 <= 0.04045 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const colour = getComputedStyle(at).backgroundColor;
        if ((channels(colour)[3] ?? 1) === 1) return colour;
      }
      return "rgb(255, 255, 255)";
    };
    const faint = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement;
      if (!texts.currentNode.textContent.trim() || element.getClientRects().length === 0) continue;
      const [low, high] = [getComputedStyle(element).color, ground(element)].map(luminance).sort((a, b) => a - b);
      const contrast = (high + 0.05) / (low + 0.05);
      if (contrast < 4.5) faint.push(`${contrast.toFixed(2)}: ${texts.currentNode.textContent.trim()}`);
    }
    return faint;
  });
}
