/** A way in which a VCH is meant to differ from dockerd. The run fails when no case shows it any more. */
export interface Difference {
  reason: string;
  /** `group: case body` of the cases it shows in; any that looks so when it is left out. */
  cases?: RegExp;
  /** The differences it explains: `part: what dockerd has but ours what we have`. */
  shows: RegExp;
  /** A status or exit code that is another where such a difference is. */
  code?: string;
}

/** What dockerd says for what it cannot read, and what we say: both without regard to case. */
const unreadable: [peer: string, ours: string][] = [
  [`(error reading volume filters: )?json: cannot unmarshal .+`, `invalid json: .+ must be .+`],
  [`json: cannot unmarshal .+`, `invalid filter`],
  [`(error reading volume filters: )?invalid character .+`, `invalid filter`],
  [`unexpected end of json input`, `invalid filter`],
  [`unexpected eof`, `invalid json: .+`],
  [`eof`, `no image specified`],
  [
    `config cannot be empty in order to create a container`,
    `(no image specified|invalid json: .+)`,
  ],
  [`got eof while reading request body`, `no exec command specified`],
  [`content-type specified .+`, `unsupported content-type header .+`],
  [
    `strconv.atoi: parsing "x": invalid syntax`,
    `invalid (filter 'exited=x'|value for (limit|t): "x")`,
  ],
  [`strconv.atoi: parsing "x?": invalid syntax`, `invalid resize (height|width) "x?": .+`],
  [`strconv.parseint: parsing "x": invalid syntax`, `invalid timestamp "x"`],
  [`get "http:": http: no host in request url`, `invalid reference format`],
];

/** What 20.10 says and what Engine 28 and a VCH say. */
const later: [peer: string, ours: string][] = [
  [
    `(no such image: upper: )?invalid reference format: repository name must be lowercase`,
    String.raw`invalid reference format: repository name \(library/upper\) must be lowercase`,
  ],
  [String.raw`no such image: (\S+): no such image: \S+`, String.raw`no such image: \S+`],
  [
    String.raw`invalid restart policy '(\w+)'`,
    String.raw`invalid restart policy: unknown policy '\w+'; use one of .+`,
  ],
  [
    `maximum retry count cannot be used with restart policy 'no'`,
    `invalid restart policy: maximum retry count can only be used with 'on-failure'`,
  ],
  [
    `maximum retry count cannot be negative`,
    `invalid restart policy: maximum retry count cannot be negative`,
  ],
  [`no such container nothing`, `no such container: nothing`],
  [`unknown runtime specified nonsense`, `unknown or invalid runtime name: nonsense: .+`],
  [String.raw`invalid signal: (\w+)`, String.raw`cannot kill container: \w+: invalid signal: \w+`],
  [
    `you cannot remove a running container <id>. stop .+`,
    `cannot remove container "/run": container is running: stop .+`,
  ],
];

function words(pairs: [peer: string, ours: string][]): RegExp {
  // As JSON: with its quotes escaped.
  const text = (line: string) => `(error response from daemon: )?${line.replaceAll('"', '\\\\"')}`;
  const both = pairs.map(([peer, ours]) => `"${text(peer)}" but ours "${text(ours)}"`);
  return new RegExp(`^(out\\.message|beside(\\.\\d)?): (${both.join("|")})$`);
}

/** Every intended difference. */
export const differences: Difference[] = [
  // Debian's dockerd is 20.10; where Engine 28 is otherwise, a VCH is as Engine 28.
  {
    reason: "what cannot be read is refused with 400, without the words of Go's parsers",
    shows: words(unreadable),
    code: "500 but ours 400",
  },
  { reason: "the words of Engine 28", shows: words(later), code: "500 but ours 400" },
  {
    reason: "Engine 28 calls the default network bridge",
    shows: /^out(\.\d)?(\.HostConfig)?\.NetworkMode: "default" but ours "bridge"$/,
  },
  {
    reason: "Engine 28 calls the policy that was not given no",
    cases: /: GET \/containers\/raw\/json$/,
    shows: /^out\.HostConfig\.RestartPolicy\.Name: "" but ours "no"$/,
  },
  {
    reason: "Engine 28 leaves out the container that an image was made from",
    cases: /^images: /,
    shows: /^out(\.0)?\.(Container|ContainerConfig): .* but ours nothing$/,
  },
  {
    reason: "Engine 28 has the time when an image was loaded",
    cases: /^images: /,
    shows: /^out(\.0)?\.Metadata\.LastTagTime: "0001-01-01T00:00:00Z" but ours "<time>"$/,
  },
  {
    reason: "Engine 28 says what logs are, and leaves out an error that there was not",
    cases: /\/(logs\?std|wait)/,
    shows:
      /^(beside\.content-type: nothing but ours ".+raw-stream"|out\.Error: null but ours nothing)$/,
  },
  {
    reason: "Engine 28 refuses a port that is none",
    cases: /\{"(80\/nonsense":|nonsense":\{\}\}\}$)/,
    shows:
      /^(out\.(Id|Warnings): .* but ours nothing|out\.message: .* but ours "invalid port spec.+)$/,
    code: "201 but ours 400",
  },
  {
    reason: "Engine 28 tells an exec that does not run from one that is not there",
    cases: /: POST \/exec\/\$ID\/resize\?h=10&w=10$/,
    shows: /^out\.message: "no such exec" but ours "exec <id> is not running"$/,
    code: "404 but ours 409",
  },
  {
    reason: "a VCH knows other versions of the API, and an error is JSON in each",
    cases: /: GET \/v(1\.99|0\.9)\//,
    shows: /^(out(\.message)?: .*client version |beside\.content-type: "text\/plain)/,
  },

  // Every container is a VM.
  {
    reason: "a container's disks are its VM's, not a graph driver's",
    shows: /^out(\.0)?\.(Driver: |GraphDriver\.(Name: |Data\b))/,
  },
  {
    reason: "files of the daemon's host: a container VM has its own",
    shows:
      /^out(\.0)?\.(ResolvConfPath|HostnamePath|HostsPath|LogPath|NetworkSettings\.Sandbox(ID|Key)): .* but ours ""$/,
  },
  {
    reason: "processes are the VM's own: no process number of the host",
    shows: /^out(\.0)?(\.State)?\.Pid: "<Pid>" but ours 0$/,
  },
  {
    reason: "the guest has cgroups of version 2 and crun, and no limit of kernel memory",
    shows:
      /^out(\.0)?(\.HostConfig)?\.(CgroupnsMode: "host" but ours "private"|Runtime: ("runc"|nothing) but ours "crun"|KernelMemory(TCP)?: .* but ours nothing|OomKillDisable: false but ours null)$/,
  },
  {
    reason: "memory and processor statistics are those of cgroups of version 2",
    cases: /\/stats\?stream=0$/,
    shows:
      /^out\.((pre)?cpu_stats\.cpu_usage\.percpu_usage|memory_stats\.(max_usage|stats\.\w+)): /,
  },
  {
    reason: "a guest does not swap, and what asks for it is told so",
    cases: /: docker update .*--memory-swap /,
    shows: /^out\.\d: .* but ours "(Container VMs do not swap\. .+)?"$/,
  },
  {
    reason: "a VM's CPUs are not limited to those of one host",
    cases: / --cpus (-1|1000) /,
    shows:
      /range of cpus is from 0\.01 to .* but ours .*(range of cpus is from 0\.01 up|at most 768)/,
  },
  {
    reason: "of the engine itself: its builds, runtimes, and a guest without swap",
    cases: /: (GET \/(version|info)|docker info --format '\{\{\.MemoryLimit\}\} .*)$/,
    shows:
      /^out\.(BuildTime|BridgeNfIp6?tables|RegistryConfig\.AllowNondistributableArtifacts(CIDRs|Hostnames)|Runtimes\.[\w.]+|(Containerd|Runc|Init)Commit\.Expected|CDISpecDirs|0: "true true true true false" but ours "true false true true false"$)/,
  },
  {
    reason: "networks are port groups, not made by a driver with options when the engine started",
    cases: /^networks: /,
    shows:
      /^out(\.0)?\.(Created: "<time>" but ours "0001|Options\.com\.docker\.network\..* but ours nothing$|IPAM\.Config\.0\.Gateway: nothing)/,
  },
  {
    reason: "a stopped container's disk is held by its image, whoever forces",
    cases: /^tag and rmi: docker rmi /,
    shows:
      /unable to delete <short> \(must be forced\) .* but ours .*unable to delete <short> \(cannot be/,
  },
  {
    reason: "a commit holds a container while its files are read, not while the image is stored",
    cases: /^signals: docker events /,
    shows:
      /^out\.\d+: ("commit <no value>" but ours "unpause <no value>"|"unpause <no value>" but ours "commit <no value>")$/,
  },
  {
    reason: "vSphere spreads the VMs over its hosts: there is no swarm",
    cases: /^system: (docker (node|service) ls|GET \/swarm)$/,
    shows: /this node is not a swarm manager.* but ours ".*swarm is not supported/,
  },

  // What is refused, or refused earlier.
  {
    reason: "what cannot work is refused at create, not at start",
    cases:
      /: docker create --(network nothing|network container:nothing|network none -h 'bad name'|log-opt max-\w+=\w+|ipc nonsense) busybox$/,
    shows: /^(out: "<id>\\n" but ours ""|beside: "" but ours "error response from daemon: .+)$/,
    code: "0 but ours 1",
  },
  {
    reason: "what is not there is refused with a text that says what to do instead",
    cases:
      /: (docker create (-v|--mount type=\w+,|--volumes-from|--isolation hyperv|--log-opt nonsense=1) ?|docker rm -l |.*"Binds":)/,
    shows:
      /^(beside|out\.message): .* but ours ".*not supported( by this engine|: a container is a vm)/,
    code: "500 but ours 501",
  },
  {
    reason: "networks and volumes are not made here, and the text says so",
    cases: /: (docker network (dis)?connect |POST \/(networks|volumes)\/create)/,
    shows: /^(beside|out\.message): .* but ours ".*not supported by this engine/,
    code: "\\d+ but ours 501",
  },
  {
    reason: "docker save is not there, and what it would have written cannot be loaded",
    cases: /: docker (save |load (-q )?-i busybox\.tar$)/,
    shows:
      /^(out: .* but ours ""|beside: .* but ours ".*(docker save is not supported|archive is empty).*)$/,
    code: "0 but ours 1",
  },
  {
    reason: "a bad archive is refused with a status and in our own words",
    cases: /(docker load|docker cp -|POST \/images\/load|PUT \/containers\/\w+\/archive)/,
    shows:
      /^(beside|out\.(message|error|errorDetail)): .*(processing tar file|no such file or directory" but ours|the archive is damaged)/,
    code: "\\d+ but ours (400|500)",
  },
  {
    reason: "a tag that is none, and a column that ps does not know, are the caller's mistake",
    cases:
      /: (POST \/images\/busybox\/tag(\?.*&tag=-1)?|GET \/containers\/run\/top\?ps_args=.*nonsense)$/,
    shows: /^code: 500 but ours 400$/,
  },
  {
    reason:
      "registries are asked with TLS unless the VCH was told otherwise; 503 where none answers",
    cases: /: (docker (login|pull|create --platform nonsense)|POST \/auth \{")/,
    shows: /get \\"https?:\/\/.* but ours ".*get \\"https:\/\//,
    code: "500 but ours 503",
  },
  {
    reason: "a filter of events that is none is refused, not ignored",
    cases: /: docker events --filter nonsense=1 /,
    shows: /^beside: "" but ours "error response from daemon: invalid filter 'nonsense'"$/,
    code: "0 but ours 1",
  },
  {
    reason: "an exec that ran already is refused before the connection becomes a stream",
    cases: /^exec: POST \/exec\/\$ID\/start \{\}$/,
    shows: /^(out: .*has already run|beside\.content-type: )/,
    code: "200 but ours 409",
  },
  {
    reason: "a command that cannot be started is told without the names of shim and runtime",
    cases: /^run: docker run --rm busybox (nothing|\/etc)$/,
    shows:
      /^beside\.\d: ".*oci runtime create failed: .* exec: .* but ours "docker: error response from daemon: exec: /,
  },
  {
    reason:
      "an exec that cannot be started says so on stderr, not as output of its command; 127 as Engine 28",
    cases: /^exec: docker exec (-u nobody-there|-w \/nothing|run nothing|run \/etc)\b/,
    shows:
      /^(out: "(OCI runtime exec failed|unable to find user).* but ours ""|beside: "" but ours "(exec: |cannot change to |unable to find ).*)$/,
    code: "126 but ours 127",
  },
];

const seen = new Set<Difference>();

/** Those of a case's differences that nothing explains. */
export function unexplained(of: string, found: string[]): string[] {
  const shown = differences.filter(
    ({ cases, shows }) => (cases?.test(of) ?? true) && found.some((line) => shows.test(line)),
  );
  for (const one of shown) seen.add(one);
  return found.filter((line) => !shown.some((one) => explains(one, line)));
}

function explains({ shows, code }: Difference, line: string): boolean {
  return shows.test(line) || (code !== undefined && new RegExp(`^code: ${code}$`).test(line));
}

/** Entries that explained nothing. */
export function stale(): string[] {
  return differences.filter((d) => !seen.has(d)).map((d) => `${d.shows}: ${d.reason}`);
}
