// Serves the built page with each dashboard's data in turn, and keeps what Chromium shows of it:
//   node draw.mjs PAGE DATA PICTURES
// DATA holds a JSON file a dashboard. Ends with 1 where something was not drawn.
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

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
  await page.goto(url);
  await page.waitForFunction(() => document.title !== "", undefined, { timeout: 60_000 });
  const said = await page.title();
  if (said !== "drawn") wrong(said);
  await page.screenshot({ path: join(pictures, name.replace(".json", ".png")), fullPage: true });
  await page.close();
}
await browser.close();
server.close();
process.exitCode = failed ? 1 : 0;
