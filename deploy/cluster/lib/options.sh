# Sourced by up and down: the options of both, and those that `usage` of the script names.

# parse_options OPTIONS ARGUMENT...: sets context, namespace and mode; OPTIONS are the names that the script takes.
parse_options() {
  local accepted=" $1 "
  shift
  while [ $# -gt 0 ]; do
    case "$1" in
      -h | --help)
        usage
        exit 0
        ;;
    esac
    case "$accepted" in *" $1 "*) ;; *) fail "there is no option $1; $program --help lists them" ;; esac
    case "$1" in
      --context | --namespace)
        [ -n "${2-}" ] || fail "$1 needs a name behind it"
        if [ "$1" = --context ]; then context="$2"; else namespace="$2"; fi
        shift
        ;;
      --ambient) ambient=true ;;
      --cni) cni=true ;;
    esac
    shift
  done
}
