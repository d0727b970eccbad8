"use client";

/** The page's one player, for whatever is drawn on the page. */
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";

import { AudioPlayer, type PlayerState } from "./audio-player";

export interface Player extends PlayerState {
  seek: (seconds: number, play?: boolean) => void;
  play: () => void;
  pause: () => void;
  toggle: () => void;
  /** Go this many seconds forward, or back. */
  skip: (seconds: number) => void;
  currentTime: () => number;
  setRate: (rate: number) => void;
  setVolume: (volume: number) => void;
  setMuted: (muted: boolean) => void;
  setSkipsSilence: (skips: boolean) => void;
  /** Ask for the recording anew. */
  reload: () => void;
  /** Be told the time at every frame while it plays; returns how to stop. */
  subscribeTime: (listener: (seconds: number) => void) => () => void;
}

const PlayerContext = createContext<AudioPlayer | null>(null);

interface PlayerProviderProps {
  meetingId: string;
  /** Seconds, as far as the meeting knows. */
  duration: number;
  /** Whether there is something to hear yet. */
  ready: boolean;
  children: ReactNode;
}

/** Gives its children the recording of a meeting to play; `key` it by the meeting. In the browser only. */
export function PlayerProvider({ meetingId, duration, ready, children }: PlayerProviderProps) {
  const [player] = useState(() => new AudioPlayer(`/api/v1/meetings/${meetingId}/audio`, duration));
  useEffect(() => (ready ? player.open() : undefined), [player, ready]);
  return <PlayerContext value={player}>{children}</PlayerContext>;
}

/** The player itself: it never changes, and reading from it draws nothing anew. */
export function useAudio(): AudioPlayer {
  const player = useContext(PlayerContext);
  if (player === null) {
    throw new Error("useAudio and usePlayer need a PlayerProvider around them");
  }
  return player;
}

/** The player with what it does just now, drawn anew when that changes (not with the time). */
export function usePlayer(): Player {
  const player = useAudio();
  const state = useSyncExternalStore(player.subscribe, player.snapshot, player.snapshot);
  return useMemo(
    () => ({
      ...state,
      seek: player.seek,
      play: player.play,
      pause: player.pause,
      toggle: player.toggle,
      skip: player.skip,
      currentTime: player.currentTime,
      setRate: player.setRate,
      setVolume: player.setVolume,
      setMuted: player.setMuted,
      setSkipsSilence: player.setSkipsSilence,
      reload: player.reload,
      subscribeTime: player.subscribeTime,
    }),
    [player, state],
  );
}
