import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  clearScreen: false,
  server: {
    port: 5173,
    strictPort: true,
    // `npm run dev` against a running bridge: CROSSWALK_BRIDGE=http://127.0.0.1:PORT
    proxy: process.env.CROSSWALK_BRIDGE ? { "/ipc": process.env.CROSSWALK_BRIDGE } : {},
  },
  build: {
    target: "es2022",
    // No preloading: the policy allows nothing inline, and the files come from disk. Charts are a script and a sheet apart.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    assetsInlineLimit: 0,
  },
  test: { include: ["src/**/*.test.ts", "src/**/*.test.tsx"], environment: "node" },
});
