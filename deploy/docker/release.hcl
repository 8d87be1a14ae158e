# What a release adds to docker-bake.hcl: both architectures, a list of what is in each image (SBOM), and how it was built.
target "_image" {
  platforms = ["linux/amd64", "linux/arm64"]
  attest    = ["type=sbom", "type=provenance,mode=max"]
}
