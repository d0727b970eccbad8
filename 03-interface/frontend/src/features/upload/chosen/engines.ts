import type { Engine } from "@/api/engines";

type Model = Engine["models"][number];

/** The models to choose from: those of the engine, or of all ready engines while none is chosen. */
export function modelsOf(engines: readonly Engine[], kind: Engine["kind"], name: string): Model[] {
  const among = engines.filter(
    (engine) => engine.kind === kind && (name === "" ? engine.ready : engine.name === name),
  );
  // An engine that carries its own model has one, called "none".
  const models = among.flatMap((engine) => engine.models).filter((model) => model.name !== "none");
  return [...new Map(models.map((model) => [model.name, model])).values()];
}

/** Whether what was chosen, or would be taken by itself, can write English whatever is spoken. */
export function canTranslate(engines: readonly Engine[], name: string, model: string): boolean {
  return engines
    .filter((engine) => engine.kind === "transcriber" && engine.ready)
    .filter((engine) => name === "" || engine.name === name)
    .flatMap((engine) => engine.models)
    .some((one) => one.translation && one.ready && (model === "" || one.name === model));
}
