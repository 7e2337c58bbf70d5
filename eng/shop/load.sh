# Sourced by ./shop: measures a running shop, or one that is started for it (Tests/Load).

load() { # words
  local program=artifacts/bin/Load/release/Shop.Load.dll
  case ${1:-help} in
    help | -h | --help) ;;
    *)
      check_tools
      check_disk 500
      use_packages
      use_real_broker
      eng/postgres/install > /dev/null || die "PostgreSQL could not be installed; see above."
      ;;
  esac
  # It builds the AppHost, too, so that both are of one make.
  if [ ! -f "$program" ] || [ ! -f "$run/built-load" ] || [ -n "$(find Tests/Load $sources artifacts/kit/feed -newer "$run/built-load" -print -quit 2> /dev/null)" ]; then
    mkdir -p "$run"
    touch "$run/building-load"
    build "the load program" Tests/Load/Load.csproj
    mv "$run/building-load" "$run/built-load"
  fi
  if apphost_pid > /dev/null; then export SHOP_INFO=$info; fi
  exec dotnet "$program" "$@"
}
