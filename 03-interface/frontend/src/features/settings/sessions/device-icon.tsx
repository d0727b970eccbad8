import { MonitorIcon, SmartphoneIcon, TerminalIcon } from "lucide-react";

import { type Device, isHandheld } from "./device";

const STYLE = { "aria-hidden": true, className: "mt-0.5 size-5 shrink-0 text-ink-faint", strokeWidth: 1.75 };

/** A telephone, a computer, or a program without a screen. */
export function DeviceIcon({ device }: { device: Device }) {
  if (isHandheld(device)) {
    return <SmartphoneIcon {...STYLE} />;
  }
  return device.system ? <MonitorIcon {...STYLE} /> : <TerminalIcon {...STYLE} />;
}
