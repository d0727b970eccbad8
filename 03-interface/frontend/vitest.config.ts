import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: {
      "@/": new URL("./src/", import.meta.url).pathname,
      "@messages/": new URL("./messages/", import.meta.url).pathname,
    },
  },
  test: { include: ["src/**/*.test.ts", "src/**/*.test.tsx", "server/**/*.test.mjs"] },
});
