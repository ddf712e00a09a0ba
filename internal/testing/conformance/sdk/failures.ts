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
  "volumes are issue 5": [
    "ContainerCollectionTest::test_run_with_named_volume",
    "CreateContainerTest::test_create_container_with_volumes_from",
    "ContainerTest::test_create_with_volume_driver",
  ],
  "networks of one's own are issue 6": [
    "ContainerCollectionTest::test_run_with_network",
    "ContainerCollectionTest::test_run_with_networking_config",
    "ContainerCollectionTest::test_run_with_networking_config_only_undeclared_network",
    "ContainerCollectionTest::test_run_with_networking_config_with_undeclared_network",
  ],
  "pulls from Docker Hub, which the machine of the tests may not reach; fails with dockerd too": [
    "ContainerCollectionTest::test_run_with_image_that_does_not_exist",
  ],
};
