import { expect, test } from "vitest";

import { withTags } from "./tag-list";

test("several tags may be added at once, each is there once", () => {
  expect(withTags(["budget"], " Q3 , budget,,  new   year ")).toEqual(["budget", "Q3", "new year"]);
});

test("there are as many as the gateway takes", () => {
  const many = Array.from({ length: 40 }, (_, place) => `tag ${place}`).join(",");
  expect(withTags([], many)).toHaveLength(30);
});
