import { expect, test } from "vitest";

import { pieces } from "./highlight";

test("text without hits stays whole", () => {
  expect(pieces("nothing here", [])).toEqual([{ text: "nothing here", found: false }]);
});

test("ranges count code points, not the halves of a surrogate pair", () => {
  expect(pieces("👋🏽 budget now", [[3, 9]])).toEqual([
    { text: "👋🏽 ", found: false },
    { text: "budget", found: true },
    { text: " now", found: false },
  ]);
});

test("hits at both ends leave no empty pieces", () => {
  expect(
    pieces("ab ab", [
      [0, 2],
      [3, 5],
    ]).map((piece) => piece.text),
  ).toEqual(["ab", " ", "ab"]);
});
