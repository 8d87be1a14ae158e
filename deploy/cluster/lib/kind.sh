# Sourced by up: a cluster of kind, with the images of Bookinfo.

start_kind() {
  needs docker https://docs.docker.com/engine/install/
  needs kind https://kind.sigs.k8s.io/docs/user/quick-start/
  check_istioctl
  attempt 'Docker cannot be used' docker version
  if kind get clusters 2>/dev/null | grep -Fqx "$kind_cluster"; then
    say "kind has the cluster $kind_cluster already"
  else
    say "kind starts the cluster $kind_cluster"
    attempt "kind cannot start a cluster" kind create cluster --name "$kind_cluster" --wait 180s
  fi
  context="kind-$kind_cluster"
  load_images
}

load_images() {
  local service images=()
  for service in details ratings reviews productpage; do
    images+=("bookinfo/$service:0.1.0")
    docker image inspect "bookinfo/$service:0.1.0" >/dev/null 2>&1 && continue
    say "Docker builds the image of $service"
    attempt "the image of $service cannot be built" build_image "$service-v1"
  done
  attempt "kind cannot load Bookinfo's images" kind load docker-image --name "$kind_cluster" "${images[@]}"
}

build_image() { cd "$repository" && docker buildx bake "$1"; }
