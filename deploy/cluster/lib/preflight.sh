# Sourced by up: everything that has to be true before anything is changed.

check_cluster() {
  kubectl config get-contexts "$context" -o name >/dev/null 2>&1 ||
    fail "the kubeconfig has no context $context; kubectl config get-contexts lists them"
  attempt "the cluster of the context $context cannot be reached" k get --raw /readyz
}

check_permissions() {
  local kind kinds=(namespaces clusterroles.rbac.authorization.k8s.io)
  [ "$istio" = theirs ] || kinds+=(customresourcedefinitions.apiextensions.k8s.io)
  for kind in "${kinds[@]}"; do
    [ "$(k auth can-i create "$kind" 2>/dev/null)" = yes ] ||
      fail "the user of the context $context may not create $kind, which up needs; ask for the role cluster-admin"
  done
}

check_namespaces() {
  is_free "$namespace" || fail "the namespace $namespace exists, and up did not make it: choose another by --namespace"
  is_free "$addons_namespace" || fail "the namespace $addons_namespace exists, and up did not make it: rename or delete it"
}

is_free() { ! exists namespace "$1" || is_ours "$1"; }
