import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withMessages = createNextIntlPlugin("./src/i18n/request.ts");

/** Set by ./manage.sh, which builds in one folder and serves from another. */
const build = process.env["SCRIBE_WEB__BUILD"];

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  ...(build && {
    distDir: build,
    experimental: { turbopackFileSystemCacheForBuild: false },
    env: { SCRIBE_BUILD_ID: process.env["SCRIBE_WEB__BUILD_ID"] ?? "" },
    // A file of its own, or Next.js would write the folder's name into tsconfig.json; ./manage.sh lint checks types.
    typescript: { tsconfigPath: "tsconfig.build.json", ignoreBuildErrors: true },
  }),
};

export default withMessages(config);
