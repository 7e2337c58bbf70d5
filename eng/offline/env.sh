# To be sourced: lets restore and build find the kit's packages (README.md). Does nothing before `kit build`.

if [ -n "${BASH_VERSION:-}" ]; then
  shop_kit_script=${BASH_SOURCE[0]}
elif [ -n "${ZSH_VERSION:-}" ]; then
  eval 'shop_kit_script=${(%):-%x}'
else
  shop_kit_script=
  echo 'env.sh: only bash and zsh can tell where it is; use one of them.' >&2
fi
shop_kit=$(CDPATH='' cd -- "$(dirname -- "$shop_kit_script")/../.." && pwd)/artifacts/kit

if [ -n "$shop_kit_script" ] && [ -f "$shop_kit/nuget/NuGet/Config/kit.config" ]; then
  # A machine-wide configuration that adds the feed: read by restore and by the resolver of MSBuild SDKs.
  export NUGET_COMMON_APPLICATION_DATA="$shop_kit/nuget"
  # A package folder of the kit's own: no stand-in may ever end up in the user's.
  export NUGET_PACKAGES="$shop_kit/packages"
  # NU1603: where a source is incomplete, a dependency may resolve to the next higher version.
  export NoWarn='1701;1702;NU1603'
  # A build-time helper of EF's design package says that it does not know net10.0.
  export SuppressTfmSupportBuildWarnings=true
  # DCP and the dashboard (dcp/, managed/).
  export ASPIRE_BUNDLE="$shop_kit/aspire"
fi
unset shop_kit shop_kit_script
