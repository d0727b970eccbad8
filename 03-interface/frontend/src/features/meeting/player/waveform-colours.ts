/** Colours of the theme as a canvas takes them. */
import { speakerColour } from "../reading/speaker-colours";
import type { Voice } from "./voices";

/** How strong colours are where playback has not been yet. */
const AHEAD_PERCENT = 42;

/** The value of a CSS colour where `element` stands, whichever theme that is in. */
export function colourAt(element: HTMLElement, colour: string): string {
  const before = element.style.color;
  element.style.color = colour;
  const { color } = getComputedStyle(element);
  element.style.color = before;
  return color;
}

export interface Painted {
  /** Still to be heard. */
  ahead: CanvasGradient;
  heard: CanvasGradient;
}

/** Two gradients over `width` device pixels that change colour abruptly where the speaker changes. */
export function painted(
  element: HTMLElement,
  voices: readonly Voice[],
  speakers: readonly { id: string }[],
  width: number,
): Painted | null {
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) {
    return null;
  }
  const paper = colourAt(element, "var(--paper)");
  const places = new Map(speakers.map(({ id }, place) => [id, place]));
  const resolved = new Map<string | null, string>();
  const gradients = [
    context.createLinearGradient(0, 0, width, 0),
    context.createLinearGradient(0, 0, width, 0),
  ];
  for (const { from, to, speaker } of voices) {
    const colour = resolved.get(speaker) ?? colourAt(element, speakerColour(places.get(speaker ?? "")));
    resolved.set(speaker, colour);
    const faded = `color-mix(in srgb, ${colour} ${AHEAD_PERCENT}%, ${paper})`;
    [faded, colour].forEach((shade, index) => {
      gradients[index]?.addColorStop(from, shade);
      gradients[index]?.addColorStop(to, shade);
    });
  }
  const [ahead, heard] = gradients;
  return ahead && heard ? { ahead, heard } : null;
}
