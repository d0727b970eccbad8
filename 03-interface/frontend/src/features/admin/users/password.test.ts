import { expect, test } from "vitest";

import { newPassword } from "./password";

test("a new password is four groups of five that cannot be misread", () => {
  expect(newPassword()).toMatch(/^[a-hj-km-np-z2-9]{5}(-[a-hj-km-np-z2-9]{5}){3}$/);
});

test("no two are the same", () => {
  const made = Array.from({ length: 100 }, newPassword);
  expect(new Set(made).size).toBe(100);
});
