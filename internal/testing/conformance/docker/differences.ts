/** A way in which a VCH is meant to differ from dockerd. The run fails when no case shows it any more. */
export interface Difference {
  reason: string;
  /** The differences it explains: `group: case: what differs`. */
  shows: RegExp;
}

/** Every intended difference. */
export const differences: Difference[] = [
  {
    reason: "later Engines answer 400 to what they cannot read, 20.10 answers 500",
    shows: /: code: 500 but ours 400$/,
  },
  {
    reason:
      "the words of Go's JSON, number and time parsers, which later Engines put a sentence before",
    shows:
      /(json: cannot unmarshal|strconv\.|unexpected eof|"eof"|unexpected end of json|invalid character|error reading volume|content-type specified)/i,
  },
  {
    reason: "later Engines ask for the image first, and refuse what follows the JSON",
    shows: /"config cannot be empty in order to create a container" but ours/,
  },
  {
    reason: "the name of a graph driver and where its files are: a container's disks are its VM's",
    shows: /(\.Driver|GraphDriver\.[^:]*): /,
  },
  {
    reason: "files of the daemon's host; a container VM has its own",
    shows: /(ResolvConfPath|HostnamePath|HostsPath|LogPath|SandboxID|SandboxKey): .* but ours ""$/,
  },
  {
    reason: "processes are the VM's own: no process number of the host",
    shows: /\.Pid: "<Pid>" but ours 0$/,
  },
  {
    reason:
      "the guest has cgroups of version 2 and crun, and later Engines have no kernel memory limit",
    shows: /(CgroupnsMode|Runtime|KernelMemory|KernelMemoryTCP|OomKillDisable): /,
  },
  {
    reason:
      "later Engines keep -1, which the CLI sends for swappiness, and call the default network bridge",
    shows: /(MemorySwappiness: null but ours -1|NetworkMode: "default" but ours "bridge")$/,
  },
  {
    reason: "later Engines leave out the container that an image was made from",
    shows: /\.(Container|ContainerConfig): .* but ours nothing$/,
  },
  {
    reason: "the time when an image was loaded counts as that of its tag",
    shows: /LastTagTime: "0001-01-01T00:00:00Z" but ours "<time>"$/,
  },
  {
    reason: "20.10 says twice that there is no such image",
    shows: /no such image: \S+ (no such image|invalid reference)/,
  },
  {
    reason: "later Engines name the repository whose name is wrong",
    shows: /but ours ".*repository name \(library\/upper\) must be lowercase/,
  },
  {
    reason: "later Engines say what a policy can be",
    shows: /but ours ".*invalid restart policy: /,
  },
  {
    reason: "later Engines say it in these words",
    shows:
      /but ours ".*(invalid filter 'dangling|unrecognized filter value|no such container: nothing|cannot kill container: \w+: invalid signal|invalid port filter|unknown or invalid runtime name|invalid capability|cannot remove container \\"|invalid reference format)/,
  },
  {
    reason: "a VCH looks at its own version's numbers",
    shows: /(client version (1\.99|0\.9) is too)/,
  },
  {
    reason: "20.10 has no Content-Type for logs; later Engines do",
    shows: /logs\?std.*beside\.content-type: nothing but ours/,
  },
  {
    reason: "of the engine itself: its builds, runtimes, and a guest without swap",
    shows:
      /: (GET \/(version|info)|docker info [^:]*): (out\.(BuildTime|BridgeNf|RegistryConfig|Runtimes|\w+Commit\.Expected|CDISpecDirs)|out\.0: "true true true true false" but ours "true false true)/,
  },
  {
    reason:
      "networks are port groups: they were not made by a driver with options, nor when the engine started",
    shows:
      /networks: .*(Created: "<time>" but ours "0001|Options\.com\.docker\.network|\.Gateway: nothing)/,
  },
  {
    reason:
      "networks, volumes and images to save are not made here, and the text says what to do instead",
    shows:
      /(POST \/(networks|volumes)\/create.*code: \d+ but ours 501|but ours "[^"]*is not supported by this engine)/,
  },
  {
    reason: "what docker save would have written is not there",
    shows: /: docker (save busybox|load .*-i busybox)/,
  },
  {
    reason: "a bad archive is refused with a status, in our own words",
    shows:
      /(docker load|docker cp - |POST \/images\/load).*(archive is|errordetail|error: |code: 200 but ours 500)/i,
  },
  {
    reason: "a registry that cannot be reached is 503",
    shows: /POST \/auth.*code: 500 but ours 503$/,
  },
  {
    reason: "a VM's CPUs are not limited to those of one host",
    shows: /--cpus .*range of cpus is from 0\.01 to/,
  },
  {
    reason: "what cannot work is refused at create, not at start",
    shows:
      /docker create --(network nothing|network container:nothing|network none -h|log-opt max-|ipc nonsense)/,
  },
  {
    reason: "later Engines refuse a port that is none",
    shows: /"(80\/nonsense|ExposedPorts)":.*: (code|out)/,
  },
  {
    reason: "what ran already is refused before the connection becomes a stream",
    shows: /exec: POST \/exec\/\$ID\/start \{\}: /,
  },
  {
    reason:
      "a command that cannot be started says so on stderr, with 127 where it is missing, as later Engines do",
    shows:
      /exec: docker exec .*(but ours 127$|oci runtime|unable to find user|but ours ".*(exec:|cannot change|unable to find))/i,
  },
  {
    reason: "dockerd may not give all capabilities where the tests run",
    shows: /exec: docker exec --privileged/,
  },
  {
    reason: "later Engines tell an exec that does not run from one that is not there",
    shows: /exec: POST \/exec\/\$ID\/resize/,
  },
  {
    reason: "a stopped container's disk is held by its image, whoever forces",
    shows: /tag and rmi: docker rmi .*unable to delete/,
  },
  {
    reason: "the guest's ps is that of procps",
    shows: /top run -o nonsense/,
  },
  {
    reason: "memory and block statistics are those of cgroups of version 2",
    shows: /stats\?stream=0: out\.(blkio_stats|cpu_stats|precpu_stats|memory_stats)/,
  },
  {
    reason: "later Engines call the policy that was not given no",
    shows: /RestartPolicy\.Name: "" but ours "no"$/,
  },
  {
    reason: "there are no volumes and no files of a host to mount",
    shows:
      /(docker create -v |--mount type=bind|--volumes-from|"Binds":).*: (code: 500 but ours 501|beside: )/,
  },
  {
    reason:
      "what cannot become a stream is an answer in JSON, and a web socket is asked for as one",
    shows:
      /unknown container: (POST \/containers\/nothing\/attach|GET \/containers\/nothing\/attach\/ws): /,
  },
  {
    reason: "later Engines leave out an error that there was not",
    shows: /\/wait.*: out\.Error: null but ours nothing$/,
  },
  {
    reason: "a guest does not swap, and an update says so",
    shows: /docker update .*: out\.\d/,
  },
  {
    reason: "an error is JSON, whatever the version that was asked for",
    shows: /GET \/v0\.9\/.*(beside\.content-type|out): /,
  },
  {
    reason: "there is no swarm",
    shows: /but ours ".*swarm is not supported/,
  },
  {
    reason:
      "registries are asked with TLS unless the VCH was told otherwise, and the text names the whole URL",
    shows: /but ours ".*get \\"https:\/\/(127\.0\.0\.1|registry-1)/,
  },
];

const seen = new Set<Difference>();

/** Those of a case's differences that nothing explains. */
export function unexplained(of: string, found: string[]): string[] {
  return found.filter((line) => {
    const known = differences.filter((d) => d.shows.test(`${of}: ${line}`));
    for (const one of known) seen.add(one);
    return known.length === 0;
  });
}

/** Entries that explained nothing. */
export function stale(): string[] {
  return differences.filter((d) => !seen.has(d)).map((d) => `${d.shows}: ${d.reason}`);
}
