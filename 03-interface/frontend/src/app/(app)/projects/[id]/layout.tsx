import type { ReactNode } from "react";

import { ProjectFrame } from "@/features/projects/frame/project-frame";

interface LayoutProps {
  params: Promise<{ id: string }>;
  children: ReactNode;
}

export default async function Layout({ params, children }: LayoutProps) {
  return <ProjectFrame id={(await params).id}>{children}</ProjectFrame>;
}
