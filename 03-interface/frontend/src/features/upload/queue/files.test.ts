import { describe, expect, test } from "vitest";

import { type FileHandle, recall, unlock } from "./files";

const FILE = new File(["0123456789"], "talk.mp3", { lastModified: 7 });

function handle(permission: PermissionState, file: File | null = FILE): FileHandle {
  return {
    queryPermission: () => Promise.resolve(permission),
    requestPermission: () => Promise.resolve(permission),
    getFile: () => (file ? Promise.resolve(file) : Promise.reject(new Error("NotFoundError"))),
  } as Partial<FileHandle> as FileHandle;
}

describe("a file after a reload", () => {
  test("is there at once where it was kept itself", async () => {
    expect(await recall(FILE, FILE)).toBe(FILE);
  });

  test("is read through its handle where that is allowed", async () => {
    expect(await recall(handle("granted"), FILE)).toBe(FILE);
  });

  test("is locked until somebody allows it", async () => {
    expect(await recall(handle("prompt"), FILE)).toBe("locked");
    expect(await unlock(handle("granted"), FILE)).toBe(FILE);
    expect(await unlock(handle("denied"), FILE)).toBe("locked");
  });

  test.each([
    ["was not kept", undefined],
    ["is not where it was", handle("granted", null)],
    ["was changed meanwhile", handle("granted", new File(["other"], "talk.mp3", { lastModified: 8 }))],
    ["may not be read", handle("denied")],
  ])("is missing where it %s", async (_, kept) => {
    expect(await recall(kept, FILE)).toBe("missing");
  });
});
