/**
 * Tests of the Docker SDK for Python that fail against a VCH: why -> which. The run fails when one of them passes, or when
 * another one fails.
 */
export const failures: Record<string, string[]> = {
  "a bind mount is of a folder of the daemon's host: a VM has none": [
    "ContainerCollectionTest::test_run_with_volume",
    "VolumeBindTest::test_create_with_binds_ro",
    "VolumeBindTest::test_create_with_binds_rw",
    "VolumeBindTest::test_create_with_binds_rw_rshared",
    "VolumeBindTest::test_create_with_mounts",
    "VolumeBindTest::test_create_with_mounts_ro",
    "VolumeBindTest::test_create_with_volume_mount",
  ],
  "there are no volumes yet": [
    "ContainerCollectionTest::test_run_with_named_volume",
    "CreateContainerTest::test_create_container_with_volumes_from",
    "ContainerTest::test_create_with_volume_driver",
  ],
  "every container has a kernel of its own: there is nothing of a host's to share": [
    "CreateContainerTest::test_create_with_host_pid_mode",
    "CreateContainerTest::test_create_with_uts_mode",
  ],
  "a VM has no devices of its host": ["CreateContainerTest::test_create_with_device_cgroup_rules"],
  "runc is taken for crun, which every guest has, and inspect says crun": [
    "ContainerCPUTest::test_create_with_runtime",
  ],
  "asks for dockerd's words about plugins; ours say which log driver to use": [
    "CreateContainerTest::test_invalid_log_driver_raises_exception",
  ],
  "a command that is missing is 127 as with later Engines, not 126": [
    "ContainerTest::test_exec_run_failed",
  ],
  "a link cannot be taken from a container: `docker rm --link` finds nothing": [
    "LinkTest::test_remove_link",
  ],
  "there are no networks of one's own yet": [
    "ContainerCollectionTest::test_run_with_network",
    "ContainerCollectionTest::test_run_with_networking_config",
    "ContainerCollectionTest::test_run_with_networking_config_only_undeclared_network",
    "ContainerCollectionTest::test_run_with_networking_config_with_undeclared_network",
  ],
  "pulls from Docker Hub, which the machine of the tests may not reach; fails with dockerd too": [
    "ContainerCollectionTest::test_run_with_image_that_does_not_exist",
  ],
};
