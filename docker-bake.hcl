# Every image of Bookinfo, named as upstream names its own: examples-bookinfo-reviews-v1 there is bookinfo/reviews-v1 here.
#
#     docker buildx bake                 all of them, for this machine
#     docker buildx bake reviews-v1      one of them
#     docker buildx bake distroless      the services without shell, as bookinfo/reviews-v1:0.1.0-distroless
#
# deploy/docker/README.md has the release.

variable "HUB" { default = "bookinfo" }
variable "TAG" { default = "0.1.0" }
# The image of Node on Debian that all others are made of, by digest in a release: node:24-bookworm-slim@sha256:...
variable "NODE_IMAGE" { default = "docker.io/library/node:24-bookworm-slim" }
# An image with Node 24 as its entry point and no shell, or the stage of the Dockerfile that makes one of NODE_IMAGE.
variable "DISTROLESS_IMAGE" { default = "node-alone" }
variable "MARIADB_IMAGE" { default = "docker.io/library/mariadb:11.8" }
variable "MONGO_IMAGE" { default = "docker.io/library/mongo:8.0" }
variable "ENVOY_IMAGE" { default = "docker.io/envoyproxy/envoy:v1.40.0" }
# The commit, for the label.
variable "REVISION" { default = "" }

group "default" {
  targets = ["services", "bookinfo", "capture", "proxy", "control", "mysqldb", "mongodb"]
}

target "_image" {
  labels = {
    "org.opencontainers.image.version"  = TAG
    "org.opencontainers.image.revision" = REVISION
  }
}

target "_program" {
  inherits   = ["_image"]
  dockerfile = "deploy/docker/Dockerfile"
  args       = { NODE_IMAGE = NODE_IMAGE }
}

target "services" {
  name = image
  matrix = {
    image = [
      "details-v1", "details-v2",
      "productpage-v1", "productpage-v-flooding",
      "ratings-v1", "ratings-v2", "ratings-v-faulty", "ratings-v-delayed", "ratings-v-unavailable", "ratings-v-unhealthy",
      "reviews-v1", "reviews-v2", "reviews-v3",
    ]
  }
  inherits = ["_program"]
  target   = image
  # The manifests here have one image for all versions of a service: they set SERVICE_VERSION themselves.
  tags = distinct(["${HUB}/${image}:${TAG}", "${HUB}/${trimsuffix(image, "-v1")}:${TAG}"])
}

target "distroless" {
  name = "${image}-distroless"
  matrix = {
    image = ["details-v1", "productpage-v1", "ratings-v1", "reviews-v1"]
  }
  inherits = [image]
  args = {
    RUNTIME          = "distroless"
    DISTROLESS_IMAGE = DISTROLESS_IMAGE
  }
  tags = ["${HUB}/${image}:${TAG}-distroless", "${HUB}/${trimsuffix(image, "-v1")}:${TAG}-distroless"]
}

target "bookinfo" {
  inherits = ["_program"]
  target   = "bookinfo"
  tags     = ["${HUB}/bookinfo:${TAG}"]
}

# What compose.yaml puts beside the services.
target "capture" {
  inherits = ["_program"]
  target   = "capture"
  tags     = ["${HUB}/capture:${TAG}"]
}

target "proxy" {
  name     = "proxy-${program}"
  matrix   = { program = ["envoy", "node"] }
  inherits = ["_program"]
  args     = { ENVOY_IMAGE = ENVOY_IMAGE }
  target   = program
  tags     = ["${HUB}/proxy:${TAG}-${program}"]
}

target "control" {
  inherits = ["_program"]
  target   = "control"
  tags     = ["${HUB}/control:${TAG}"]
}

target "mysqldb" {
  inherits = ["_image"]
  context  = "deploy/docker/mysqldb"
  args     = { MARIADB_IMAGE = MARIADB_IMAGE }
  tags     = ["${HUB}/mysqldb:${TAG}"]
}

target "mongodb" {
  inherits = ["_image"]
  context  = "deploy/docker/mongodb"
  args     = { MONGO_IMAGE = MONGO_IMAGE }
  tags     = ["${HUB}/mongodb:${TAG}"]
}
