import { expect, test } from "vitest";

import { matching, pasted, replacePair, withoutPair, withPairs } from "./pairs";

const GRAFANA = { heard: "graph anna", meant: "Grafana" };
const KUBE = { heard: "cube", meant: "Kubernetes" };

test.each([
  ["an arrow", "graph anna → Grafana"],
  ["an arrow of two characters", "graph anna -> Grafana"],
  ["a tab, as spreadsheets have it", "graph anna\tGrafana"],
  ["an equals sign", "graph anna = Grafana"],
  ["a semicolon, with quotes", '"graph anna";"Grafana"'],
  ["a comma", "graph  anna, Grafana"],
])("a pair is read with %s between", (_what, line) => {
  expect(pasted(line)).toEqual({ pairs: [GRAFANA], unread: [] });
});

test("lines that are no pairs are told by their number, blank ones are not", () => {
  expect(pasted("graph anna → Grafana\n\nnothing here\n→ Grafana")).toEqual({
    pairs: [GRAFANA],
    unread: [3, 4],
  });
});

test("of two lines that are heard the same, the last counts", () => {
  expect(pasted("cube = Kube\nCUBE = Kubernetes").pairs).toEqual([{ heard: "CUBE", meant: "Kubernetes" }]);
});

test("a pair that is heard already means the new thing", () => {
  expect(withPairs([KUBE, GRAFANA], [{ heard: "Cube", meant: "QUBE" }])).toEqual([
    { heard: "Cube", meant: "QUBE" },
    GRAFANA,
  ]);
});

test("a pair is rewritten in its place and swallows one that is heard the same", () => {
  const rewritten = { heard: "cube", meant: "K8s" };
  expect(replacePair([GRAFANA, KUBE], "graph anna", rewritten)).toEqual([rewritten]);
});

test("a pair is found by either side, and taken out by what is heard", () => {
  expect(matching([GRAFANA, KUBE], "GRAF")).toEqual([GRAFANA]);
  expect(withoutPair([GRAFANA, KUBE], "Cube")).toEqual([GRAFANA]);
});
