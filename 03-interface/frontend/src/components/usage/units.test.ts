import { expect, test } from "vitest";

import { limitsOf, typedOf } from "./units";

test("limits are typed in gigabytes and minutes", () => {
  expect(typedOf({ max_bytes: 2_500_000_000, max_duration_s: 5400, max_jobs: null })).toEqual({
    max_bytes: "2.5",
    max_minutes_month: "",
    max_jobs: "",
    max_upload_bytes: "",
    max_duration_s: "90",
  });
});

test("what is typed comes back as it was, to the byte and the second", () => {
  const limits = {
    max_bytes: 123_456_789_012,
    max_minutes_month: 0,
    max_jobs: 3,
    max_upload_bytes: 1_073_741_824,
    max_duration_s: 5401,
  };
  expect(limitsOf(typedOf(limits))).toEqual(limits);
});

test("an empty field sets nothing", () => {
  expect(limitsOf(typedOf({})).max_bytes).toBeNull();
});
