# Sourced by up and down: progress, and errors of one sentence.

say() { printf '%s\n' "$*"; }

fail() {
  printf '%s: %s\n' "$program" "$*" >&2
  exit 1
}

# attempt SENTENCE COMMAND...: runs a command without its output. When it fails, the error is the sentence and the command's last line.
attempt() {
  local sentence="$1" output
  shift
  output="$("$@" 2>&1 </dev/null)" || fail "$sentence: $(printf '%s\n' "$output" | grep -v '^$' | tail -n 1)"
}

# needs PROGRAM PAGE: fails when a program is not on the PATH.
needs() {
  command -v "$1" >/dev/null || fail "$1 is not on the PATH; $2 says how to install it"
}

# k ARGUMENT...: kubectl on the cluster that is meant.
k() { kubectl --context "$context" "$@"; }

# exists ARGUMENT...: tests whether `kubectl get` finds something.
exists() { [ -n "$(k get "$@" --ignore-not-found -o name 2>/dev/null)" ]; }

# is_ours NAMESPACE: tests whether up has made a namespace.
is_ours() { [ -n "$(k get namespaces -l "$marked" --field-selector "metadata.name=$1" -o name)" ]; }
