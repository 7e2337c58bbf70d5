# kit needed: can the packages that the kit makes up for be restored from the sources that NuGet has here?

needed() {
  command -v dotnet > /dev/null || { echo "kit: the tool dotnet is missing; install the .NET 10 SDK." >&2; exit 2; }
  local answer=$kit/needed question
  question=$(question)
  if [ "${1:-}" != --again ] && [ -f "$answer" ] && [ "$(head -n 1 "$answer")" = "$question" ]; then
    # "They can" stays true. "They cannot" may have been a network that was down: asked anew every day.
    local said
    said=$(sed -n 2p "$answer")
    [ "$said" = no ] && return 1
    [ -n "$(find "$answer" -mmin -1440)" ] && return 0
  fi

  mkdir -p "$kit"
  if official_packages_restore; then
    printf '%s\nno\n' "$question" > "$answer"
    return 1
  fi
  printf '%s\nyes\n' "$question" > "$answer"
}

# What the answer depends on: NuGet's settings, and what is asked for.
question() {
  local settings=("${HOME:-}"/.nuget/NuGet/*.[Cc]onfig "${HOME:-}"/.config/NuGet/*.[Cc]onfig)
  { cat "$here/lib/needed.sh" "${settings[@]}" 2> /dev/null || true; } | sha256sum | cut -d ' ' -f 1
}

# A few packages of each kind that incomplete sources lack. Where they can be had, they land in the user's package
# folder, from which the solution's own restore then takes them.
official_packages_restore() {
  local work
  work=$(mktemp -d)
  cat > "$work/probe.csproj" <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
  </PropertyGroup>
  <ItemGroup>
    <PackageDownload Include="Aspire.AppHost.Sdk" Version="[13.5.4]" />
    <PackageDownload Include="Aspire.Hosting" Version="[13.5.4]" />
    <PackageDownload Include="Aspire.Npgsql.EntityFrameworkCore.PostgreSQL" Version="[13.5.4]" />
    <PackageDownload Include="Microsoft.Extensions.ServiceDiscovery" Version="[10.8.0]" />
    <PackageDownload Include="Microsoft.Extensions.Http.Resilience" Version="[10.8.0]" />
    <PackageDownload Include="OpenTelemetry.Instrumentation.Http" Version="[1.15.1]" />
    <PackageDownload Include="Grpc.AspNetCore.Server" Version="[2.80.0]" />
    <PackageDownload Include="librdkafka.redist" Version="[2.15.1]" />
  </ItemGroup>
</Project>
XML
  local result=0
  (
    cd "$work"
    # In a shell that has read env.sh, the kit's own feed would answer.
    [ "${NUGET_COMMON_APPLICATION_DATA:-}" = "$kit/nuget" ] && unset NUGET_COMMON_APPLICATION_DATA NUGET_PACKAGES
    ArtifactsPath='' timeout 180 dotnet restore --nologo --verbosity quiet -nodeReuse:false
  ) > /dev/null 2>&1 || result=1
  rm -rf "$work"
  return "$result"
}
