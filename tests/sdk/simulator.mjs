// Starts a simulator for a test, and speaks its control calls.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

const program = process.env.GLS_SIMULATOR;
if (!program) throw new Error("GLS_SIMULATOR must name the simulator's executable");

export const key = { accessKeyId: "AKIDSIMULATOR", secretAccessKey: "SECRET-MARKER-simulator-key" };
export const region = "us-west-2";

export class Simulator {
  static async start(...flags) {
    const child = spawn(program, flags, { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    return new Simulator(child, line.replace(/^listening url=/, ""));
  }

  constructor(child, url) {
    this.child = child;
    this.url = url;
  }

  // Ends it and tells how it ended.
  async stop() {
    const gone = once(this.child, "exit");
    this.child.kill("SIGTERM");
    const [code] = await gone;
    return code;
  }

  async control(what, body, method = body === undefined ? "GET" : "POST") {
    const answer = await fetch(`${this.url}/_simulator/${what}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const content = await answer.json();
    if (!answer.ok) throw new Error(`${what}: ${content.error}`);
    return content;
  }

  truth() {
    return this.control("truth");
  }
  fault(...rules) {
    return this.control("faults", { rules });
  }
  order(...orders) {
    return this.control("fleet", { orders });
  }
  async calls(operation) {
    const { operations } = await this.control("calls");
    return operations.find((entry) => entry.operation === operation) ?? { ok: 0, throttled: 0, refused: 0, faulted: 0 };
  }
}

// Counts by the labels that `labels_of` makes of an item, as sorted text: the shape of the truth's lists.
export function counted(items, labels_of) {
  const counts = new Map();
  for (const item of items) {
    const labels = JSON.stringify(labels_of(item));
    counts.set(labels, (counts.get(labels) ?? 0) + 1);
  }
  return [...counts].map(([labels, count]) => JSON.stringify({ ...JSON.parse(labels), count })).sort();
}
export const sorted = (lines) => lines.map((line) => JSON.stringify(line)).sort();
