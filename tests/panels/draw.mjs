// Serves the built page with each dashboard's data in turn, and keeps what Chromium shows of it:
//   node draw.mjs PAGE DATA PICTURES
// DATA holds a JSON file a dashboard. Ends with 1 where something was not drawn, or is cut. Writes down how many
// cells each heatmap has.
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";
import { cut, missing } from "./seen.mjs";

const [page_folder, data_folder, pictures] = process.argv.slice(2);
// What the library asks its host for. The font Inter is not in it: the browser's own stands in.
const own = "node_modules/@grafana/ui/dist/public";
const absent = /\/fonts\/inter\//;
const types = { ".svg": "image/svg+xml", ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json" };
let data = "";

const server = createServer(async (request, response) => {
  const path = normalize(new URL(request.url, "http://x").pathname);
  try {
    const asset = path.match(/^\/public\/(?:build\/)?(.*)/)?.[1];
    const file = path.endsWith("/data.json") ? data : asset ? join(own, asset) : join(page_folder, path === "/" ? "index.html" : path);
    const body = await readFile(file);
    response.writeHead(200, { "Content-Type": types[extname(file)] ?? "application/octet-stream" }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const url = `http://127.0.0.1:${server.address().port}/`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});
let failed = false;
for (const name of (await readdir(data_folder)).sort()) {
  data = join(data_folder, name);
  const page = await browser.newPage({ viewport: { width: 1456, height: 900 } });
  const wrong = (what) => {
    failed = true;
    console.error(`${name}: ${what}`);
  };
  page.on("pageerror", wrong);
  page.on("console", (message) => {
    if (message.type() === "error" && !absent.test(message.location().url)) wrong(message.text());
  });
  page.on("request", (request) => /^(data|blob):/.test(request.url()) || request.url().startsWith(url) || wrong(`asked for ${request.url()}`));
  const { panels } = JSON.parse(await readFile(data)).dashboard;
  const titles = new Map(panels.filter(({ type }) => type !== "row").map(({ id, title }) => [id, title]));
  await page.goto(url);
  await page.evaluate(() => document.fonts.ready);
  let waiting = [...titles.keys()];
  for (const end = Date.now() + 60_000; waiting.length && Date.now() < end; ) {
    waiting = await page.evaluate(missing, waiting);
    await page.waitForTimeout(50);
  }
  for (const id of waiting) wrong(`not drawn: ${titles.get(id)}`);
  for (const words of await page.evaluate(cut)) wrong(`cut: ${words}`);
  await page.screenshot({ path: join(pictures, name.replace(".json", ".png")), fullPage: true });
  // What was there may be gone again: a component that throws is taken away.
  for (const id of await page.evaluate(missing, [...titles.keys()])) wrong(`gone again: ${titles.get(id)}`);
  for (const [id, cells] of await page.evaluate(() => [...document.querySelectorAll("[data-cells]")].map((heatmap) => [
    heatmap.closest("[data-panel]").dataset.panel, heatmap.dataset.cells])))
    console.log(`${name} ${id} ${cells}`);
  await page.close();
}
await browser.close();
server.close();
process.exitCode = failed ? 1 : 0;
