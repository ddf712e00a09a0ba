/**
 * The layers of the repository, top first (CONTRIBUTING.md has the same table for people). A file may import from its
 * own layer folder, from folders listed in `may`, and from the shared leaves.
 */
export interface Layer {
  folder: string;
  may: string[];
}

/** Imported by everybody. */
export const leaves = ["internal/errors", "internal/version"];

const middle = [
  "internal/vsphere",
  "internal/image",
  "internal/registry",
  "internal/net",
  "internal/http",
];
const bottom = ["internal/vim25", "internal/guest", "internal/pki"];

/** The first entry whose folder contains the file decides. */
export const layers: Layer[] = [
  {
    folder: "cmd",
    may: [
      "internal/install",
      "internal/docker",
      "internal/portlayer",
      "internal/host",
      "internal/vicadmin",
      ...middle,
      ...bottom,
    ],
  },
  { folder: "internal/docker", may: ["internal/portlayer/api", ...middle, ...bottom] },
  { folder: "internal/portlayer", may: [...middle, ...bottom] },
  { folder: "internal/install", may: [...middle, ...bottom] },
  { folder: "internal/vicadmin", may: [...middle, ...bottom] },
  { folder: "internal/host", may: [...middle, ...bottom] },
  { folder: "internal/vsphere", may: bottom },
  { folder: "internal/image", may: bottom },
  { folder: "internal/registry", may: ["internal/image", ...bottom] },
  { folder: "internal/net", may: bottom },
  { folder: "internal/http", may: [] },
  { folder: "internal/vim25", may: ["internal/pki"] },
  { folder: "internal/guest", may: [] },
  { folder: "internal/pki", may: [] },
  { folder: "internal/errors", may: [] },
  { folder: "internal/version", may: [] },
  { folder: "tether", may: ["internal/guest"] },
  { folder: "isos", may: [] },
];
