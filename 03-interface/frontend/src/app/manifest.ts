import type { MetadataRoute } from "next";

/** What an installed app is called and looks like. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: "Smart Meeting Scribe",
    short_name: "Scribe",
    id: "/",
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: "#faf9f6",
    theme_color: "#0f5c66",
    icons: [
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
      { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
      { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  };
}
