# Sourced by ./shop: measures a running shop, or one that is started for it (tools/Load).

load() { # words
  local program=artifacts/bin/Load/release/Shop.Load.dll
  # Also builds the AppHost, so that both have the same version.
  # shellcheck disable=SC2086
  if [ ! -f "$program" ] || [ ! -f "$run/built-load" ] || [ -n "$(find tools/Load tools/Checker $sources -newer "$run/built-load" -print -quit 2> /dev/null)" ]; then
    prepare
    mkdir -p "$run"
    touch "$run/building-load"
    build "the load program" tools/Load/Load.csproj
    mv "$run/building-load" "$run/built-load"
  fi
  if apphost_pid > /dev/null; then
    export SHOP_INFO=$info
  elif [ "${1:-help}" != help ]; then
    # A separate shop: same requirements as ./shop run.
    prepare
    install_servers
    use_real_broker
  fi
  exec dotnet "$program" "$@"
}
