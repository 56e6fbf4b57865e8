// Starts a daemon for a test, with the targets that it is given, and reads its exposition.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { key, region } from "../sdk/simulator.mjs";

const program = process.env.GLS_EXPORTER;
if (!program) throw new Error("GLS_EXPORTER must name the daemon's executable");

// Settings as JSON, which is YAML as well. Nothing moves by itself for an hour after the first sweeps.
export const still = { live_interval: "1h", full_interval: "1h", stale_after: "3h" };
export const restless = { live_interval: "1s", full_interval: "1s", stale_after: "3s" };

export class Exporter {
  static async start({ targets, sweep = still, api = {}, flags = [] }) {
    const folder = await mkdtemp(join(tmpdir(), "gls-page-"));
    const file = join(folder, "exporter.yml");
    const settings = {
      targets: targets.map((target) => ({ region, ...target })),
      sweep,
      api: { requests_per_second: 20, burst: 100, max_attempts: 1, ...api },
      metrics: { max_values_per_label: 10000 },
    };
    await writeFile(file, JSON.stringify(settings));
    const clean = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"));
    const child = spawn(program, ["--config.file", file, "--web.listen-address", "127.0.0.1:0", ...flags], {
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        ...Object.fromEntries(clean),
        AWS_ACCESS_KEY_ID: key.accessKeyId,
        AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
        AWS_EC2_METADATA_DISABLED: "true",
        HOME: folder,
      },
    });
    const said = [];
    for await (const line of createInterface({ input: child.stderr })) {
      said.push(line);
      const address = /msg=listening address=(\S+)/.exec(line);
      if (!address) continue;
      child.stderr.resume(); // its further lines are of no interest, but the pipe must not fill
      return new Exporter(child, folder, `http://${address[1]}`);
    }
    throw new Error(`the daemon did not start: ${said.join("\n")}`);
  }

  constructor(child, folder, url) {
    this.child = child;
    this.folder = folder;
    this.url = url;
  }

  async stop() {
    if (this.child.exitCode === null) {
      const gone = once(this.child, "exit");
      this.child.kill("SIGTERM");
      await gone;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  async text(path) {
    return (await fetch(this.url + path)).text();
  }
  async status() {
    return (await fetch(`${this.url}/api/v1/status`)).json();
  }
  async metrics() {
    return new Metrics(await this.text("/metrics"));
  }

  // Until every target's both kinds of picture are there, so that a still daemon changes no more.
  async settled() {
    await until("both pictures of every target", async () =>
      (await this.status()).targets.every(({ sweeps }) => sweeps.live.last_success && sweeps.full.last_success),
    );
  }
}

// The first true value of `condition`.
export async function until(what, condition, patience = 60000) {
  for (const end = Date.now() + patience; Date.now() < end; ) {
    const value = await condition();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited ${patience / 1000} s in vain for ${what}`);
}

// An exposition as a list of {name, labels, value}.
class Metrics {
  constructor(text) {
    this.samples = [];
    for (const [, name, labels = "", value] of text.matchAll(/^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/gm)) {
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label, text]) => [label, text]);
      this.samples.push({ name, labels: Object.fromEntries(pairs), value: Number(value) });
    }
  }

  // The sum of the family's series that have these labels; undefined where there is none.
  sum(family, wanted = {}) {
    const found = this.samples.filter(
      ({ name, labels }) =>
        name === `gamelift_streams_${family}` &&
        Object.entries(wanted).every(([label, values]) => [values].flat().includes(labels[label])),
    );
    return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0);
  }

  values(family, label) {
    const found = this.samples.filter(({ name }) => name === `gamelift_streams_${family}`);
    return [...new Set(found.map(({ labels }) => labels[label]))].sort();
  }
}
