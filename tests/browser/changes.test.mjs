// What the status page does while things change: counts, targets that fail or fall behind, many
// locations, a daemon that goes away.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Simulator } from "../sdk/simulator.mjs";
import { assert_no_sideways_scrolling, cut_parts, faint_texts, launch, phone, picture, rows, visit, wide } from "./browser.mjs";
import { Exporter, restless, until } from "./exporter.mjs";

let browser;
const running = [];
before(async () => (browser = await launch()));
after(async () => browser?.close());
afterEach(async () => {
  for (const each of running.splice(0).reverse()) await each.stop();
});

async function simulator(...flags) {
  const started = await Simulator.start("--speed", "0", "--rate-limit", "0", ...flags);
  running.push(started);
  return started;
}
async function exporter(options) {
  const started = await Exporter.start(options);
  running.push(started);
  await started.settled();
  return started;
}
const count_of = async (page, status) =>
  (await rows(page, "statuses")).find((row) => row.name === status).Sessions;

test("counts move without a reload, and what the reader has scrolled to stays", async () => {
  const fleet = await simulator("--sessions", "400", "--live", "200", "--locations", "60");
  const daemon = await exporter({ targets: [{ name: "moving", endpoint_url: fleet.url }], sweep: restless });
  await visit(browser, daemon.url, {}, async (page) => {
    await page.evaluate(() => (window.same_document = true));
    const list = page.locator(".tall");
    await list.evaluate((element) => (element.scrollTop = 300));
    const before = await count_of(page, "ACTIVATING");
    const { affected } = await fleet.order({ do: "hold", status: "ACTIVATING", on: true }, { do: "start", count: 7 });
    assert.equal(affected[1], 7);
    await until("the page to show them", async () => (await count_of(page, "ACTIVATING")) === before + 7);
    assert.equal(await page.evaluate(() => window.same_document), true);
    assert.equal(await list.evaluate((element) => element.scrollTop), 300);
  });
});

test("a target that fails is named with the reason, and its last good picture stays", async () => {
  const fleet = await simulator("--sessions", "300", "--live", "100");
  const daemon = await exporter({
    targets: [
      { name: "good", endpoint_url: fleet.url },
      { name: "refused", region: "eu-central-1", endpoint_url: fleet.url },
    ],
    sweep: { ...restless, stale_after: "1h" },
  });
  await visit(browser, daemon.url, {}, async (page) => {
    assert.equal(await page.title(), "fresh · GameLift Streams exporter");
    await fleet.fault({ kind: "deny" });
    await page.waitForFunction(() => document.title.startsWith("failing"));
    const verdict = page.locator("#verdict");
    assert.match(await verdict.innerText(), /fails \(denied\): .+; its last good picture is .+ old and still served\./);
    assert.match(await verdict.getAttribute("class"), /\bfailing\b/);
    assert.equal(await page.getByRole("status").textContent(), "failing"); // what is read out, once
    await until("both to fail", async () =>
      (await rows(page, "targets")).every((row) => row.Condition === "failing"));
    assert.ok((await rows(page, "sweeps")).some((row) => row.Outcome.startsWith("denied: ")));
    const metrics = await daemon.metrics();
    assert.equal(metrics.sum("up"), 0);
    assert.equal(await count_of(page, "CONNECTED"), metrics.sum("sessions", { status: "CONNECTED" }));
    for (const [name, viewport] of Object.entries({ wide, phone })) {
      await page.setViewportSize(viewport);
      await assert_no_sideways_scrolling(page);
      assert.deepEqual(await cut_parts(page), []);
      assert.deepEqual(await faint_texts(page), []);
      await picture(page, `failing-${name}`, { fullPage: true });
    }
  });
});

test("a target whose sweep does not come on is late, and what is too old is not shown", async () => {
  const fleet = await simulator("--sessions", "300", "--live", "100");
  const daemon = await exporter({
    targets: [{ name: "slow", endpoint_url: fleet.url }],
    sweep: restless,
    api: { request_timeout: "5m" },
  });
  await visit(browser, daemon.url, { viewport: phone, colorScheme: "dark" }, async (page) => {
    assert.equal(typeof (await count_of(page, "CONNECTED")), "number");
    await fleet.fault({ kind: "hang" });
    await page.waitForFunction(() => document.title.startsWith("late"), undefined, { timeout: 60000 });
    assert.match(await page.locator("#verdict").innerText(), /^slow is late: its picture is .+ old, more than the 3 s allowed\.$/);
    await until("all counts to go", async () =>
      (await page.locator("main").innerText()).includes("No counts yet, or none recent enough to show."));
    assert.equal((await daemon.metrics()).sum("sessions"), undefined);
    await assert_no_sideways_scrolling(page);
    assert.deepEqual(await faint_texts(page), []);
    await picture(page, "late-phone", { fullPage: true });
  });
});

test("200 locations in one list, the most lively first", async () => {
  const fleet = await simulator("--sessions", "6000", "--live", "3000", "--locations", "200", "--groups", "8");
  const daemon = await exporter({ targets: [{ name: "worldwide", endpoint_url: fleet.url }] });
  for (const [name, viewport] of Object.entries({ wide, phone })) {
    await visit(browser, daemon.url, { viewport }, async (page) => {
      const locations = await rows(page, "locations");
      const metrics = await daemon.metrics();
      assert.equal(metrics.values("sessions", "location").length, 200);
      assert.equal(locations.length, 200);
      const lives = locations.map((row) => row.Live);
      assert.deepEqual(lives, [...lives].sort((a, b) => b - a));
      const all = locations.reduce((sum, row) => sum + row.Live + row.Ended, 0);
      assert.equal(all, metrics.sum("sessions"));
      const height = await page.locator(".tall").evaluate((element) => element.getBoundingClientRect().height);
      assert.ok(height < 700, `the list is ${height} high`);
      await assert_no_sideways_scrolling(page);
      assert.deepEqual(await cut_parts(page), []);
      await picture(page, `locations-${name}`, { fullPage: true });
    });
  }
});

test("a daemon that goes away is said to have gone", async () => {
  const fleet = await simulator("--sessions", "50", "--live", "10");
  const daemon = await exporter({ targets: [{ name: "gone", endpoint_url: fleet.url }] });
  await visit(browser, daemon.url, {}, async (page) => {
    assert.equal(await page.locator("#offline").isVisible(), false);
    await daemon.stop();
    await page.locator("#offline").waitFor({ state: "visible" });
    assert.match(await page.locator("#offline").innerText(), /does not answer: what stands here is from .*\d/);
    assert.equal(await page.locator("#verdict").isVisible(), false); // it may be wrong by now
    assert.equal(await page.title(), "no answer · GameLift Streams exporter");
  });
});
