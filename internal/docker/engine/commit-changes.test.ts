import { expect, test } from "bun:test";
import { applyChanges } from "./commit-changes.ts";

test("each instruction changes its part of the config", () => {
  const before = { Cmd: ["old"], Env: ["A=1", "B=2"], Labels: { kept: "yes" }, WorkingDir: "/srv" };
  const after = applyChanges(before, [
    'CMD ["run", "x y"]',
    "ENTRYPOINT exec me",
    'ENV A="two words" C=3',
    "ENV D a whole line",
    "EXPOSE 80 53/udp",
    'LABEL a=b c="d e"',
    "ONBUILD RUN x",
    "STOPSIGNAL SIGINT",
    "user nobody",
    'VOLUME ["/data"]',
    "WORKDIR sub",
  ]);
  expect(after).toEqual({
    Cmd: ["run", "x y"],
    Entrypoint: ["/bin/sh", "-c", "exec me"],
    Env: ["B=2", "A=two words", "C=3", "D=a whole line"],
    ExposedPorts: { "80/tcp": {}, "53/udp": {} },
    Labels: { kept: "yes", a: "b", c: "d e" },
    OnBuild: ["RUN x"],
    StopSignal: "SIGINT",
    User: "nobody",
    Volumes: { "/data": {} },
    WorkingDir: "/srv/sub",
  });
  expect(before.Cmd).toEqual(["old"]);
});

test("what commit does not take is refused", () => {
  expect(() => applyChanges({}, ["RUN rm -rf /"])).toThrow("run is not a valid change command");
  expect(() => applyChanges({}, ["CMD"])).toThrow("requires at least one argument");
  expect(() => applyChanges({}, ["LABEL a=b nothing"])).toThrow("can't find =");
});
