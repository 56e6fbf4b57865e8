// Serves the built page with each dashboard's data in turn, and keeps what Chromium shows of it:
//   node draw.mjs PAGE DATA PICTURES
// DATA holds a JSON file a dashboard. Ends with 1 where something was not drawn.
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

const [page_folder, data_folder, pictures] = process.argv.slice(2);
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json" };
let data = "";

const server = createServer(async (request, response) => {
  const path = normalize(new URL(request.url, "http://x").pathname);
  try {
    const file = path.endsWith("/data.json") ? data : join(page_folder, path === "/" ? "index.html" : path);
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
  page.on("pageerror", (error) => {
    failed = true;
    console.error(`${name}: ${error}`);
  });
  await page.goto(url);
  await page.waitForFunction(() => document.title !== "", undefined, { timeout: 60_000 });
  const said = await page.title();
  if (said !== "drawn") {
    failed = true;
    console.error(`${name}: ${said}`);
  }
  await page.screenshot({ path: join(pictures, name.replace(".json", ".png")), fullPage: true });
  await page.close();
}
await browser.close();
server.close();
process.exitCode = failed ? 1 : 0;
