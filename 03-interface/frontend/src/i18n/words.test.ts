/** Every key is there in both languages, is used, and takes the same arguments in both. */
import {
  isLiteralElement,
  isPoundElement,
  isTagElement,
  type MessageFormatElement,
  parse,
} from "@formatjs/icu-messageformat-parser";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

import { MESSAGES } from "./messages";

const SOURCES = new URL("..", import.meta.url).pathname;
/** Namespaces whose keys are chosen while the program runs; each has a test of its own for that. */
const CHOSEN_AT_RUN_TIME = [/^errors\.known\./];

function flat(tree: object, prefix = ""): Map<string, string> {
  const leaves = new Map<string, string>();
  for (const [name, value] of Object.entries(tree) as [string, unknown][]) {
    if (typeof value === "string") {
      leaves.set(prefix + name, value);
    } else {
      flat(value as object, `${prefix}${name}.`).forEach((text, key) => leaves.set(key, text));
    }
  }
  return leaves;
}

/** Names of arguments and tags, those within plurals and tags included. */
function names(text: string): string[] {
  const found = new Set<string>();
  const walk = (elements: MessageFormatElement[]): void => {
    for (const element of elements) {
      if ("value" in element && !isLiteralElement(element) && !isPoundElement(element)) {
        found.add(isTagElement(element) ? `<${element.value}>` : element.value);
      }
      if ("options" in element) {
        Object.values(element.options).forEach((option) => walk(option.value));
      }
      if (isTagElement(element)) {
        walk(element.children);
      }
    }
  };
  walk(parse(text));
  return [...found].sort();
}

function sources(): string[] {
  return readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes(".test.") && !name.endsWith(".d.ts"))
    .map((name) => join(SOURCES, name));
}

/** Keys that the program names: whole ones, and those up to the part that a variable fills in. */
function used(): { keys: Set<string>; prefixes: Set<string> } {
  const keys = new Set<string>();
  const prefixes = new Set<string>();
  for (const path of sources()) {
    const file = ts.createSourceFile(
      path,
      readFileSync(path, "utf8"),
      ts.ScriptTarget.Latest,
      true,
      ts.ScriptKind.TSX,
    );
    const spaces = namespaces(file);
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node)) {
        spaces.forEach((space) => keys.add(`${space}.${node.text}`));
      } else if (ts.isTemplateExpression(node) && node.head.text) {
        spaces.forEach((space) => prefixes.add(`${space}.${node.head.text}`));
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return { keys, prefixes };
}

/** The arguments of useTranslations and getTranslations in a file. */
function namespaces(file: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(use|get)Translations$/.test(node.expression.getText(file))) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteralLike(argument)) {
        found.push(argument.text);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe("words", () => {
  const en = flat(MESSAGES.en);
  const fr = flat(MESSAGES.fr);

  test("both languages have the same keys", () => {
    expect([...fr.keys()].sort()).toEqual([...en.keys()].sort());
  });

  test("both languages take the same arguments and tags", () => {
    const differing = [...en.keys()].filter(
      (key) => String(names(en.get(key) ?? "")) !== String(names(fr.get(key) ?? "")),
    );
    expect(differing).toEqual([]);
  });

  test("no key is left that nothing uses", () => {
    const { keys, prefixes } = used();
    const unused = [...en.keys()].filter(
      (key) =>
        !keys.has(key) &&
        ![...prefixes].some((prefix) => key.startsWith(prefix)) &&
        !CHOSEN_AT_RUN_TIME.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });
});
