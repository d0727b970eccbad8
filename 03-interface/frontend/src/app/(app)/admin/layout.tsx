import type { ReactNode } from "react";

import { AdminFrame } from "@/features/admin/frame/admin-frame";

export default function Layout({ children }: { children: ReactNode }) {
  return <AdminFrame>{children}</AdminFrame>;
}
