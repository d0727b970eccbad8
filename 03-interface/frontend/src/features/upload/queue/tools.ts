import type { UploadTold } from "./gateway";
import type { Release } from "./lock";
import type { Shelf } from "./shelf";
import type { Sending, Stop } from "./transfer";

/** What the queue reaches the world with. */
export interface Tools {
  shelf: Shelf;
  send: (sending: Sending) => Stop;
  tell: (address: string) => Promise<UploadTold>;
  end: (address: string) => Promise<void>;
  /** Whether there is a session again. */
  renew: () => Promise<boolean>;
  hold: (name: string, signal: AbortSignal) => Promise<Release | null>;
  onMeeting: (meetingId: string) => void;
}
