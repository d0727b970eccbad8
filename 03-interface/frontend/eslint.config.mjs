// Types, hooks, accessibility, and which room may use which: features never import one another.
import next from "@next/eslint-plugin-next";
import boundaries from "eslint-plugin-boundaries";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import typescript from "typescript-eslint";

const ROOMS = [
  { type: "app", pattern: "src/app/**", partialMatch: false },
  { type: "feature", pattern: "src/features/*", capture: ["name"] },
  { type: "shared", pattern: "src/components/**", partialMatch: false },
  { type: "api", pattern: "src/api/**", partialMatch: false },
  { type: "base", pattern: ["src/lib/**", "src/i18n/**", "messages/**"], partialMatch: false },
];

const USES = {
  app: ["app", "feature", "shared", "api", "base"],
  feature: ["shared", "api", "base"],
  shared: ["shared", "api", "base"],
  api: ["api", "base"],
  base: ["base"],
};

const POLICIES = [
  ...Object.entries(USES).map(([type, used]) => ({
    from: { element: { type } },
    allow: used.map((one) => ({ to: { element: { type: one } } })),
  })),
  {
    from: { element: { type: "feature" } },
    allow: [{ to: { element: { type: "feature", captured: { name: "{{ from.element.captured.name }}" } } } }],
  },
];

export default defineConfig(
  globalIgnores([".next/", ".build*/", "next-env.d.ts", "src/api/schema.d.ts", "public/"]),
  {
    files: ["**/*.{ts,tsx}"],
    extends: [typescript.configs.strictTypeChecked, a11y.flatConfigs.recommended],
    plugins: { "react-hooks": hooks, "@next/next": next, boundaries },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: {
      "boundaries/elements": ROOMS,
      "import/resolver": { typescript: { project: import.meta.dirname } },
    },
    rules: {
      ...hooks.configs.recommended.rules,
      ...next.configs.recommended.rules,
      ...next.configs["core-web-vitals"].rules,
      "boundaries/dependencies": ["error", { default: "disallow", policies: POLICIES }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "jsx-a11y/no-autofocus": "off", // a dialog's or a page's one field; never in the middle of a page
    },
  },
);
