# Sourced by up: Istio, unless the cluster has one.

# Sets istio to `ours`, `absent` or `theirs`, and refuses an Istio that Bookinfo cannot be put under.
check_istio() {
  local image
  image="$(k get deployments -A -l app=istiod -o 'jsonpath={.items[*].spec.template.spec.containers[0].image}')"
  if is_ours istio-system; then
    istio=ours
  elif [ -n "$image" ]; then
    istio=theirs
    check_their_istio "${image%% *}"
  else
    istio=absent
    ! exists namespace istio-system ||
      fail 'the namespace istio-system exists without istiod: finish that installation of Istio, or delete the namespace'
  fi
  [ "$istio" = theirs ] || check_istioctl
}

check_istioctl() {
  needs istioctl "https://istio.io/latest/docs/setup/getting-started/ (version $istio_version)"
  local version
  version="$(istioctl version --remote=false --short 2>/dev/null | sed -nE 's/^[^0-9]*([0-9]+\.[0-9]+).*/\1/p' | head -n 1)"
  is_older "$version" "${istio_version%.*}" || return 0
  fail "istioctl is of version ${version:-unknown}, and $istio_version is what up installs: put that one on the PATH"
}

check_their_istio() {
  local version
  version="$(printf '%s' "${1##*:}" | sed -nE 's/^([0-9]+\.[0-9]+).*/\1/p')"
  ! is_older "$version" "$oldest_istio" ||
    fail "the cluster's Istio is ${1##*:}, and Bookinfo's rules need $oldest_istio or later"
  if [ "$ambient" = true ]; then
    [ -n "$(k get daemonsets -A -l app=ztunnel -o name)" ] ||
      fail "the cluster's Istio has no ambient mode (no ztunnel): leave out --ambient, or install it"
  else
    [ -n "$(k get mutatingwebhookconfigurations -l app=sidecar-injector -o name)" ] ||
      fail "the cluster's Istio injects no sidecars (no webhook of the label app=sidecar-injector): use --ambient, or install it"
  fi
}

# is_older A B: compares versions of two numbers; an unknown version is older.
is_older() {
  [ -n "$1" ] || return 0
  [ "${1%.*}" -lt "${2%.*}" ] || { [ "${1%.*}" -eq "${2%.*}" ] && [ "${1#*.}" -lt "${2#*.}" ]; }
}

install_istio() {
  if [ "$istio" = theirs ]; then
    say "the cluster's own Istio is left as it is"
    return
  fi
  local profile=default settings=()
  [ "$ambient" != true ] || profile=ambient
  [ "$cni" != true ] || settings=(--set components.cni.enabled=true)
  say "istioctl installs Istio (profile $profile)"
  create_namespace istio-system
  attempt 'Istio cannot be installed' istioctl install --context "$context" -y -f "$cluster/istio.yaml" \
    --set "profile=$profile" ${settings[@]+"${settings[@]}"}
}

install_gateway_api() {
  exists customresourcedefinition gateways.gateway.networking.k8s.io ||
    attempt "the Gateway API's definitions cannot be installed" k apply --server-side -f "$gateway_api"
}

# create_namespace NAME: creates it with the mark of up, unless it is there.
create_namespace() {
  exists namespace "$1" || attempt "the namespace $1 cannot be created" k create namespace "$1"
  attempt "the namespace $1 cannot be labelled" k label namespace "$1" "$marked" --overwrite
}
