#!/bin/bash
# Leaves out the option --default-authentication-plugin of upstream's manifest, bookinfo-mysql.yaml, which neither MySQL 9 nor
# MariaDB takes: MariaDB's own default is the plugin that it names, mysql_native_password.
set -eu
arguments=()
while [ $# -gt 0 ]; do
  case "$1" in
    --default-authentication-plugin) shift ;;
    --default-authentication-plugin=*) ;;
    *) arguments+=("$1") ;;
  esac
  shift
done
exec docker-entrypoint.sh "${arguments[@]:-mariadbd}"
