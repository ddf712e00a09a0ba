/** What goes into each ISO. Everything else about building them is the same for both. */

/** One ISO. */
export interface Recipe {
  name: "appliance" | "bootstrap";
  /** ISO9660 volume label by which the guest finds its CD. */
  volume: string;
  /** Compiled program (in bin/) that becomes PID 1's executable, and where it goes. */
  binary: { source: string; path: string };
  /** How the first process is started. */
  argv: string[];
  /** Debian packages, with what they depend on. */
  packages: string[];
  /** Paths (prefixes, without leading slash) that are left out besides {@link pruneAlways}. */
  prune: string[];
  /** Modules loaded before the first process starts, in order; dependencies are added. */
  bootModules: string[];
  /** Modules or folders of modules (below `kernel/`) kept for loading on demand; dependencies are added. */
  laterModules: string[];
}

/** Debian release the ISOs are made from. */
export const suite = "trixie";

const mirror = process.env["VIC_DEBIAN_MIRROR"] ?? "http://deb.debian.org/debian";
const securityMirror =
  process.env["VIC_DEBIAN_SECURITY_MIRROR"] ?? "http://deb.debian.org/debian-security";

/** apt sources for mmdebstrap. */
export const aptSources = [
  `deb ${mirror} ${suite} main`,
  `deb ${mirror} ${suite}-updates main`,
  `deb ${securityMirror} ${suite}-security main`,
];

/** Kernel, and the tools of the same release that the build itself runs (mkfs.erofs 1.8, depmod). */
export const toolPackages = ["linux-image-cloud-amd64", "erofs-utils", "kmod", "libgcc-s1"];

/** Never needed in a guest; shell patterns are not supported, a prefix matches. */
export const pruneAlways = [
  "boot/",
  "dev/",
  "etc/apt/",
  "etc/cron.",
  "etc/init.d/",
  "etc/logrotate.d/",
  "etc/rc",
  "etc/systemd/",
  "etc/update-motd.d/",
  "usr/bin/perl",
  "usr/include/",
  "usr/lib/modules/",
  "usr/lib/systemd/",
  "usr/lib/tmpfiles.d/",
  "usr/lib/udev/",
  "usr/lib/sysusers.d/",
  "usr/lib/x86_64-linux-gnu/gconv/",
  "usr/lib/x86_64-linux-gnu/perl",
  "usr/lib/x86_64-linux-gnu/libmvec",
  "usr/lib/x86_64-linux-gnu/libcrun.a",
  "usr/share/bash-completion/",
  "usr/share/bug/",
  "usr/share/common-licenses/",
  "usr/share/debconf/",
  "usr/share/doc-base/",
  "usr/share/doc/",
  "usr/share/i18n/",
  "usr/share/info/",
  "usr/share/initramfs-tools/",
  "usr/share/lintian/",
  "usr/share/locale/",
  "usr/share/man/",
  "usr/share/menu/",
  "usr/share/misc/",
  "usr/share/perl",
  "usr/share/pixmaps/",
  "usr/share/polkit-1/",
  "usr/share/zoneinfo/",
  "usr/share/zsh/",
  "var/cache/",
  "var/lib/apt/",
  "var/lib/dpkg/",
  "var/log/",
];

/** CD, disks, file systems and NICs, in an order that lets slow probes run while the rest loads. */
const deviceModules = [
  "ahci",
  "ata_piix",
  "sr_mod",
  "virtio_blk",
  "vmw_pvscsi",
  "sd_mod",
  "virtio-rng",
  "vmxnet3",
  "button",
  "loop",
  "erofs",
  "overlay",
];

/** What a container or its network may ask for. */
const commonLaterModules = [
  "drivers/misc/vmw_vmci/",
  "net/vmw_vsock/vmw_vsock_vmci_transport",
  "drivers/net/virtio_net",
  "drivers/net/veth",
  "drivers/net/dummy",
  "drivers/net/macvlan",
  "drivers/net/ipvlan",
  "drivers/net/tun",
  "drivers/net/vxlan/",
  "drivers/net/wireguard/",
  "fs/nfs/",
  "fs/isofs/",
  "fs/fat/",
  "fs/nls/",
  "net/8021q",
  "net/bridge",
  "net/ipv4/netfilter",
  "net/ipv6/netfilter",
  "net/netfilter",
  "net/sunrpc/sunrpc",
  "net/sunrpc/auth_gss/",
];

const commonPackages = [
  "base-files",
  "base-passwd",
  "busybox-static",
  "dash",
  "e2fsprogs",
  "iproute2",
  "kmod",
  "libgcc-s1",
  "mount",
  "netbase",
  "nfs-common",
  "nftables",
  "open-vm-tools",
  "util-linux",
];

/** The ISOs by name. */
export const recipes: Record<Recipe["name"], Recipe> = {
  appliance: {
    name: "appliance",
    volume: "VIC_APPLIANCE",
    binary: { source: "vic-appliance", path: "usr/sbin/vic-appliance" },
    argv: ["/usr/sbin/vic-appliance", "init"],
    packages: [
      ...commonPackages,
      "bash",
      "ca-certificates",
      "erofs-utils",
      "fdisk",
      "gzip",
      "openssh-server",
      "zstd",
    ],
    prune: [],
    bootModules: deviceModules,
    laterModules: commonLaterModules,
  },
  bootstrap: {
    name: "bootstrap",
    volume: "VIC_BOOTSTRAP",
    binary: { source: "tether-linux", path: "usr/sbin/tether" },
    argv: ["/usr/sbin/tether"],
    packages: [...commonPackages, "crun", "procps", "tini"],
    prune: ["usr/sbin/tc", "usr/sbin/devlink", "usr/bin/rdma", "usr/sbin/debugfs"],
    bootModules: [...deviceModules, "veth"],
    // Its devices are asked for with --device, see tether/disk/devices.ts. FUSE is built in.
    laterModules: [...commonLaterModules, "arch/x86/kvm/", "fs/fuse/cuse"],
  },
};
