import { defineConfig } from "vite";

// Grafana's libraries expect what their own build gives them.
export default defineConfig({
  base: "./",
  define: { "process.env.NODE_ENV": '"production"', "process.env": "{}", global: "globalThis" },
  esbuild: { jsx: "automatic" },
  build: { outDir: "../../build/panels", emptyOutDir: true, minify: false, sourcemap: false, reportCompressedSize: false },
});
