/*
 * First process of both ISOs: loads the modules in the order of /modules/order, finds the CD by its
 * volume label, puts a writable overlay on the EROFS image it holds and becomes the program named in /argv there.
 *
 * C, because it is the boot path. The image is
 * loop-mounted straight from the block device at the file's extent, with direct I/O, so that a page
 * of it is cached once (through isofs it would be cached twice) and isofs need not be loaded. The default
 * read-ahead of 128 KiB is right: with 1 MiB a Bun program of 110 MB drew 66 MB into memory instead of 34.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/loop.h>
#include <linux/netlink.h>
#include <poll.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

enum {
  SECTOR_BYTES = 2048,
  DESCRIPTOR_SECTOR = 16,
  DIRECTORY_MAX_BYTES = 64 * 1024,
  VOLUME_TIMEOUT_SECONDS = 60,
  OPEN_FILES = 1048576,
};

static int isVerbose;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_BOOTTIME, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void say(const char *format, ...) {
  va_list args;
  va_start(args, format);
  printf("[%8.3f] vic: ", now());
  vprintf(format, args);
  putchar('\n');
  va_end(args);
}

#define verbose(...) (isVerbose ? say(__VA_ARGS__) : (void)0)

/* Nothing can be repaired from here: leave the reason on the console and turn the VM off. */
static void __attribute__((noreturn)) fail(const char *what) {
  say("cannot boot: %s: %s", what, strerror(errno));
  sync();
  reboot(RB_POWER_OFF);
  for (;;) pause();
}

static void attach(const char *source, const char *target, const char *type, unsigned long flags,
                   const char *options) {
  mkdir(target, 0755);
  if (mount(source, target, type, flags, options) != 0 && errno != EBUSY) fail(target);
}

static void readFile(const char *path, char *text, size_t bytes) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t length = fd < 0 ? -1 : read(fd, text, bytes - 1);
  if (length <= 0) fail(path);
  text[length] = 0;
  close(fd);
}

/*
 * One line per module: its file. A module that a machine has no use for may fail. `async_probe`: the next module loads
 * while a controller looks for its devices (400 ms for an AHCI one); without it every load waits for all probes.
 */
static void loadModules(void) {
  FILE *order = fopen("/modules/order", "re");
  if (!order) fail("/modules/order");
  char line[512];
  while (fgets(line, sizeof line, order)) {
    line[strcspn(line, "\n")] = 0;
    if (!line[0]) continue;
    char path[600];
    snprintf(path, sizeof path, "/modules/%s", line);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) fail(path);
    double start = now();
    if (syscall(SYS_finit_module, fd, "async_probe", 0) != 0 && errno != EEXIST)
      verbose("module %s: %s", line, strerror(errno));
    else if (now() - start > 0.01)
      verbose("module %s took %.0f ms", line, (now() - start) * 1e3);
    close(fd);
    unlink(path);
  }
  fclose(order);
}

struct extent {
  uint32_t sector;
  uint32_t bytes;
};

static uint32_t little(const unsigned char *at) {
  return at[0] | at[1] << 8 | at[2] << 16 | (uint32_t)at[3] << 24;
}

/* Finds `name` in the root directory of the ISO9660 volume on `fd` if that is labelled `label`. */
static int findExtent(int fd, const char *label, const char *name, struct extent *found) {
  unsigned char descriptor[SECTOR_BYTES];
  if (pread(fd, descriptor, SECTOR_BYTES, DESCRIPTOR_SECTOR * SECTOR_BYTES) != SECTOR_BYTES) return 0;
  if (descriptor[0] != 1 || memcmp(descriptor + 1, "CD001", 5) != 0) return 0;
  size_t labelLength = strlen(label);
  if (labelLength > 32 || memcmp(descriptor + 40, label, labelLength) != 0) return 0;
  if (labelLength < 32 && descriptor[40 + labelLength] != ' ') return 0;
  uint32_t length = little(descriptor + 156 + 10);
  if (length > DIRECTORY_MAX_BYTES) return 0;
  unsigned char *directory = malloc(length);
  if (!directory) return 0;
  int isFound = 0;
  if (pread(fd, directory, length, (off_t)little(descriptor + 156 + 2) * SECTOR_BYTES) == (ssize_t)length) {
    size_t nameLength = strlen(name);
    for (uint32_t at = 0; at + 33 < length && !isFound;) {
      unsigned recordLength = directory[at];
      /* Records do not cross sectors: zero means that the rest of this one is empty. */
      if (recordLength < 34) {
        at = (at / SECTOR_BYTES + 1) * SECTOR_BYTES;
        continue;
      }
      unsigned char *record = directory + at;
      at += recordLength;
      if (at > length) break;
      /* The recorded name ends in a version, ";1". */
      if (record[32] < nameLength || 33u + record[32] > recordLength) continue;
      if (memcmp(record + 33, name, nameLength) != 0) continue;
      if (record[32] > nameLength && record[33 + nameLength] != ';') continue;
      found->sector = little(record + 2);
      found->bytes = little(record + 10);
      isFound = 1;
    }
  }
  free(directory);
  return isFound;
}

/* Tries every block device once; -1 when none is the volume. */
static int openVolume(const char *label, const char *name, struct extent *found, char *device) {
  DIR *blocks = opendir("/sys/block");
  if (!blocks) return -1;
  int fd = -1;
  for (struct dirent *entry; fd < 0 && (entry = readdir(blocks));) {
    if (entry->d_name[0] == '.' || !strncmp(entry->d_name, "loop", 4)) continue;
    char path[300];
    snprintf(path, sizeof path, "/dev/%s", entry->d_name);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) continue;
    if (findExtent(fd, label, name, found)) {
      strcpy(device, entry->d_name);
    } else {
      close(fd);
      fd = -1;
    }
  }
  closedir(blocks);
  return fd;
}

/* Waits for the volume by kernel events; devices are probed asynchronously. */
static int waitVolume(const char *label, const char *name, struct extent *found, char *device) {
  int events = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT);
  struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = 1};
  if (events < 0 || bind(events, (struct sockaddr *)&address, sizeof address) != 0) fail("uevents");
  double deadline = now() + VOLUME_TIMEOUT_SECONDS;
  for (;;) {
    int fd = openVolume(label, name, found, device);
    if (fd >= 0) {
      close(events);
      return fd;
    }
    if (now() > deadline) {
      errno = ENOMEDIUM;
      fail(label);
    }
    struct pollfd wait = {.fd = events, .events = POLLIN};
    poll(&wait, 1, 1000);
    char event[4096];
    while (recv(events, event, sizeof event, 0) > 0) continue;
  }
}

/* A loop device over the extent. */
static void attachLoop(int fd, const struct extent *extent, char *path, size_t pathBytes) {
  int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC);
  int number = control < 0 ? -1 : ioctl(control, LOOP_CTL_GET_FREE);
  if (number < 0) fail("loop-control");
  close(control);
  snprintf(path, pathBytes, "/dev/loop%d", number);
  int loop = open(path, O_RDONLY | O_CLOEXEC);
  if (loop < 0) fail(path);
  struct loop_config config = {.fd = fd, .block_size = SECTOR_BYTES};
  config.info.lo_offset = (uint64_t)extent->sector * SECTOR_BYTES;
  config.info.lo_sizelimit = extent->bytes;
  config.info.lo_flags = LO_FLAGS_READ_ONLY | LO_FLAGS_DIRECT_IO;
  if (ioctl(loop, LOOP_CONFIGURE, &config) != 0) fail("loop device");
  close(loop);
}

/* There is no udev: links /dev/virtio-ports/<name> for the ports that are there. */
static void linkPorts(void) {
  DIR *ports = opendir("/sys/class/virtio-ports");
  if (!ports) return;
  mkdir("/dev/virtio-ports", 0755);
  for (struct dirent *entry; (entry = readdir(ports));) {
    if (entry->d_name[0] == '.') continue;
    char path[600], name[128], target[300];
    snprintf(path, sizeof path, "/sys/class/virtio-ports/%s/name", entry->d_name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? -1 : read(fd, name, sizeof name - 1);
    if (fd >= 0) close(fd);
    if (length <= 0) continue;
    name[length] = 0;
    name[strcspn(name, "\n")] = 0;
    snprintf(path, sizeof path, "/dev/virtio-ports/%s", name);
    snprintf(target, sizeof target, "../%s", entry->d_name);
    if (symlink(target, path) != 0) verbose("%s: %s", path, strerror(errno));
  }
  closedir(ports);
}

static void mountSystem(void) {
  attach("proc", "proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, "");
  attach("devpts", "dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, "gid=5,mode=620,ptmxmode=666");
  attach("shm", "dev/shm", "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777");
  attach("run", "run", "tmpfs", MS_NOSUID | MS_NODEV, "mode=755");
  attach("tmp", "tmp", "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777");
  attach("cgroup2", "sys/fs/cgroup", "cgroup2", MS_NOSUID | MS_NODEV | MS_NOEXEC, "");
}

/* Standard streams go to the console; a machine without a serial port has none. */
static void openConsole(void) {
  int fd = open("/dev/console", O_RDWR);
  if (fd < 0) fd = open("/dev/null", O_RDWR);
  for (int i = 0; i < 3; i++)
    if (fd >= 0 && fd != i) dup2(fd, i);
  if (fd > 2) close(fd);
  setvbuf(stdout, NULL, _IOLBF, 0);
}

int main(void) {
  attach("dev", "/dev", "devtmpfs", MS_NOSUID, "mode=755");
  openConsole();
  attach("proc", "/proc", "proc", 0, "");
  attach("sysfs", "/sys", "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "");
  char line[4096] = "", label[64], program[512];
  int fd = open("/proc/cmdline", O_RDONLY | O_CLOEXEC);
  if (fd >= 0 && read(fd, line, sizeof line - 1) > 0) isVerbose = strstr(line, "vic.debug") != NULL;
  close(fd);
  umount("/proc");
  readFile("/volume", label, sizeof label);
  readFile("/argv", program, sizeof program);

  verbose("init");
  loadModules();
  verbose("modules loaded");
  struct extent image;
  char device[256], loop[32];
  fd = waitVolume(label, "ROOTFS.EROFS", &image, device);
  verbose("volume %s on %s", label, device);
  attachLoop(fd, &image, loop, sizeof loop);
  close(fd);

  attach("rw", "/rw", "tmpfs", 0, "mode=755");
  mkdir("/rw/upper", 0755);
  mkdir("/rw/work", 0755);
  attach(loop, "/lower", "erofs", MS_RDONLY, "");
  attach("root", "/root", "overlay", 0, "lowerdir=/lower,upperdir=/rw/upper,workdir=/rw/work");
  verbose("root mounted");

  if (chdir("/root") != 0) fail("/root");
  if (mount("/dev", "dev", NULL, MS_MOVE, NULL) != 0) fail("move /dev");
  if (mount("/sys", "sys", NULL, MS_MOVE, NULL) != 0) fail("move /sys");
  unlink("/init");
  /* The root of a mount namespace must be a real mount, or pivot_root (the OCI runtime) fails. */
  if (mount(".", "/", NULL, MS_MOVE, NULL) != 0 || chroot(".") != 0 || chdir("/") != 0) fail("root");
  mountSystem();
  linkPorts();
  struct rlimit files = {OPEN_FILES, OPEN_FILES};
  setrlimit(RLIMIT_NOFILE, &files);
  umask(022);
  setsid();
  char *argv[8] = {NULL};
  int count = 0;
  for (char *word = strtok(program, "\n"); word && count < 7; word = strtok(NULL, "\n"))
    argv[count++] = word;
  /*
   * The program is written in JavaScript and does most of its work once: a function is compiled when it has run ten times
   * more often than is usual. What compiles is itself code that has to be read, and an emulator to translate.
   */
  char *environment[] = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin",
                         "HOME=/root",
                         "TERM=dumb",
                         "BUN_JSC_thresholdForJITAfterWarmUp=5000",
                         "BUN_JSC_thresholdForJITSoon=1000",
                         NULL};
  verbose("starting %s", argv[0]);
  execve(argv[0], argv, environment);
  fail(argv[0]);
}
