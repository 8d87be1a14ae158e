# Sourced by up: everything that has to be true before anything is changed.

check_cluster() {
  kubectl config get-contexts "$context" -o name >/dev/null 2>&1 ||
    fail "the kubeconfig has no context $context; kubectl config get-contexts lists them"
  attempt "the cluster of the context $context cannot be reached" k get --raw /readyz
}

check_permissions() {
  local action
  for action in 'create namespaces' 'create clusterroles.rbac.authorization.k8s.io' \
    'create customresourcedefinitions.apiextensions.k8s.io' 'list deployments.apps --all-namespaces'; do
    # shellcheck disable=SC2086 # An action is several words.
    [ "$(k auth can-i $action 2>/dev/null)" = yes ] ||
      fail "the user of the context $context may not ${action%% --*}, which up needs; ask for the role cluster-admin"
  done
}

check_namespaces() {
  is_free "$namespace" || fail "the namespace $namespace exists, and up did not make it: choose another by --namespace"
  is_free "$addons_namespace" || fail "the namespace $addons_namespace exists, and up did not make it: rename or delete it"
}

is_free() { ! exists namespace "$1" || is_ours "$1"; }
