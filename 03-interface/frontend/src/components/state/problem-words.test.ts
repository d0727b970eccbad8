import { parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, test } from "vitest";

import { MESSAGES } from "@/i18n/messages";

describe.each(Object.entries(MESSAGES))("words for errors in %s", (_, { errors }) => {
  test("take nothing but the seconds to wait", () => {
    const asking = Object.entries(errors.known).filter(([, { title, advice }]) =>
      [...parse(title), ...parse(advice)].some(
        (part) => part.type !== TYPE.literal && !(part.type === TYPE.plural && part.value === "seconds"),
      ),
    );
    expect(asking).toEqual([]);
  });
});
