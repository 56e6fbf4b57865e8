// What the status page shows, in both colour schemes, wide and narrow, with and without its script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Simulator } from "../sdk/simulator.mjs";
import { assert_no_sideways_scrolling, cut_parts, faint_texts, launch, phone, picture, rows, visit, wide } from "./browser.mjs";
import { Exporter } from "./exporter.mjs";

const live = ["ACTIVATING", "ACTIVE", "CONNECTED", "PENDING_CLIENT_RECONNECTION", "RECONNECTING", "TERMINATING"];
const ended = ["TERMINATED", "ERROR"];
let browser, simulator, exporter;

before(async () => {
  browser = await launch();
  simulator = await Simulator.start("--speed", "0", "--rate-limit", "0", "--sessions", "5000", "--live", "900", "--seed", "4");
  exporter = await Exporter.start({
    targets: [
      { name: "prod-us", endpoint_url: simulator.url },
      { name: "prod-eu", region: "eu-central-1", endpoint_url: simulator.url },
    ],
    api: { requests_per_day: 100000 },
  });
  await exporter.settled();
});
after(async () => {
  await exporter?.stop();
  await simulator?.stop();
  await browser?.close();
});

// Every number of the tables beside the one that /metrics has for it.
async function compare_with_metrics(page) {
  const metrics = await exporter.metrics();
  const statuses = await rows(page, "statuses");
  assert.deepEqual(statuses.map((row) => row.name), [...live, ...ended]);
  for (const { name: status, Sessions } of statuses) {
    assert.equal(Sessions, metrics.sum("sessions", { status }), status);
  }
  const totals = await page.locator(".totals data").evaluateAll((all) => all.map((number) => Number(number.value)));
  assert.deepEqual(totals, [live, ended].map((status) => metrics.sum("sessions", { status })));
  const locations = await rows(page, "locations");
  assert.deepEqual(locations.map((row) => row.name).sort(), metrics.values("sessions", "location"));
  for (const { name: location, Live, Ended } of locations) {
    assert.equal(Live, metrics.sum("sessions", { location, status: live }), location);
    assert.equal(Ended, metrics.sum("sessions", { location, status: ended }), location);
  }
  for (const { name: target, ...row } of await rows(page, "targets")) {
    assert.equal(row["Tracked sessions"], metrics.sum("tracked_sessions", { target }));
    assert.equal(row.Condition, metrics.sum("up", { target }) === 1 ? "fresh" : "failing");
  }
  for (const { name: target, Kind: kind, Pages, Sessions, Calls } of await rows(page, "sweeps")) {
    assert.equal(Pages, metrics.sum("last_sweep_pages", { target, kind }));
    assert.equal(Sessions, metrics.sum("last_sweep_sessions", { target, kind }));
    assert.equal(Calls, metrics.sum("last_sweep_api_requests", { target, kind }));
  }
  for (const { name: target, ...row } of await rows(page, "pace")) {
    assert.equal(row["List calls"], `${metrics.sum("api_rate_limit_requests_per_second", { target })}/s`);
    const left = metrics.sum("api_budget_remaining_requests", { target });
    const all = metrics.sum("api_budget_requests", { target });
    assert.equal(row["Budget of the day"].replace(/\u202f/g, ""), `${left} of ${all} left`);
  }
}

for (const colorScheme of ["light", "dark"]) {
  for (const [name, viewport] of Object.entries({ wide, phone })) {
    test(`numbers, contrast and width: ${colorScheme}, ${name}`, async () => {
      await visit(browser, exporter.url, { colorScheme, viewport }, async (page) => {
        await compare_with_metrics(page);
        await assert_no_sideways_scrolling(page);
        assert.deepEqual(await cut_parts(page), []);
        assert.deepEqual(await faint_texts(page), []);
        const brightness = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/)[0]);
        assert.equal(Number(brightness) > 128, colorScheme === "light");
        await picture(page, `${colorScheme}-${name}`);
        await picture(page, `${colorScheme}-${name}-whole`, { fullPage: true });
      });
    });
  }
}

test("the bars are as long as their numbers, and the smallest can be seen", async () => {
  await visit(browser, exporter.url, { viewport: phone }, async (page) => {
    const tables = await page.locator("#statuses table").evaluateAll((all) =>
      all.map((table) =>
        [...table.tBodies[0].rows].map((row) => ({
          count: Number(row.querySelector("data").value),
          length: row.querySelector("rect")?.getBBox().width ?? 0,
          seen: row.querySelector("rect") ? getComputedStyle(row.querySelector("rect")).strokeWidth : "none",
        })),
      ),
    );
    for (const bars of tables) {
      const most = Math.max(...bars.map(({ count }) => count));
      for (const { count, length, seen } of bars) {
        assert.equal(length, Math.ceil((count * 1000) / most));
        assert.equal(seen, count > 0 ? "1px" : "none");
      }
    }
  });
});

test("the page is whole without its script", async () => {
  await visit(browser, exporter.url, { javaScript: false, viewport: phone }, async (page) => {
    assert.match(await page.locator("#verdict").innerText(), /^All 2 targets are fresh: at most .+ old\.$/);
    assert.equal(await page.locator("#offline").isVisible(), false);
    const text = await page.locator("main").innerText();
    for (const word of ["CONNECTED", "prod-us", "eu-central-1", "full", "succeeded", "of 100\u202f000 left"]) {
      assert.ok(text.includes(word), word);
    }
  });
});

test("every link of the page leads somewhere", async () => {
  await visit(browser, exporter.url, {}, async (page) => {
    const links = await page.locator("a").evaluateAll((all) => all.map((link) => link.href));
    assert.ok(links.length >= 5);
    for (const link of links) assert.equal((await fetch(link)).status, 200, link);
  });
});

test("no code but the page's own runs, whatever gets into it", async () => {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const blocked = [];
    page.on("console", (message) => blocked.push(message.text()));
    await page.goto(`${exporter.url}/`);
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.intruder = true";
      document.body.append(script);
      const image = document.createElement("div");
      image.innerHTML = '<img src="http://127.0.0.1:1/x.png" onerror="window.intruder = true">';
      document.body.append(image);
    });
    await page.waitForTimeout(200);
    assert.equal(await page.evaluate(() => window.intruder), undefined);
    assert.ok(blocked.some((text) => text.includes("Content Security Policy")), blocked.join("\n"));
  } finally {
    await context.close();
  }
});
