# The steps of "kit build". Each may be broken off at any point: it starts from scratch the next time, and
# what it makes gets its final name last.

aspire_version=13.5.4
aspire_sha512=8PWeRHM1+QwQB2wxDnfPsimi3EW01r04b4DjX0jIDE78SlfJabwVfYArW/48vDzYvPzKSRye6DIPVAsCFoXjBA==
librdkafka_version=2.15.1
kafka_javascript=@confluentinc/kafka-javascript@1.10.1 # brings the sources of that very version
kafka_javascript_sha512=KVePUBn21EqCVP9mfxzEuM3SYJHHEF7X+iiC2e43QQgDSyEaksInmCGooT3w5q+cNAdkSCrK71j0ICfqoSqZLw==

# download PACKAGE SHA512 FOLDER: an npm package, checked and unpacked, without running anything from it.
download() {
  local package=$1 sha512=$2 folder=$3
  rm -rf "$folder" && mkdir -p "$folder"
  timeout 900 npm pack --loglevel=error --pack-destination "$folder" "$package" > "$folder/name" ||
    { echo "kit: npm could not download $package. Can npm reach its registry from here (npm ping)?"; return 1; }
  local archive
  archive=$folder/$(tail -n 1 "$folder/name")
  node -e '
    const { createHash } = require("node:crypto"), { readFileSync } = require("node:fs");
    process.exit(createHash("sha512").update(readFileSync(process.argv[1])).digest("base64") === process.argv[2] ? 0 : 1);
  ' "$archive" "$sha512" || { echo "kit: $package arrived, but it is not the expected file (its SHA-512 differs). Run the same command again."; return 1; }
  tar -xzf "$archive" -C "$folder" --strip-components 1 --no-same-owner
  rm -f "$archive" "$folder/name"
}

get_aspire() {
  local work=$kit/tmp/aspire
  download "@microsoft/aspire-cli-linux-x64@$aspire_version" "$aspire_sha512" "$work"
  chmod +x "$work/bin/aspire"
  # The program unpacks itself next to its own folder. It gets a home of its own, so that it leaves nothing behind.
  mkdir -p "$work/home"
  HOME=$work/home DOTNET_CLI_HOME=$work/home ASPIRE_CLI_TELEMETRY_OPTOUT=true DOTNET_CLI_TELEMETRY_OPTOUT=1 \
    timeout 300 "$work/bin/aspire" setup --nologo --non-interactive < /dev/null ||
    { cat "$work"/home/.aspire/logs/*.log; echo "kit: the Aspire CLI could not unpack DCP and the dashboard; see the log."; return 1; }
  local unpacked
  unpacked=$(cd "$work/bundle" && pwd -P)
  [ -x "$unpacked/dcp/dcp" ] && [ -x "$unpacked/managed/aspire-managed" ] || { echo "kit: the Aspire CLI unpacked neither DCP nor the dashboard."; return 1; }
  # A program that still runs from the old folder keeps its files until it ends.
  rm -rf "$kit/aspire"
  mv "$unpacked" "$kit/aspire"
  rm -rf "$work"
}

repack() {
  rm -rf "$kit/packed/official" && mkdir -p "$kit/packed/official"
  node "$here/tools/repack.mjs" "$kit/aspire" "$1" "$kit/packed/official"
}

compile_librdkafka() {
  local work=$kit/tmp/librdkafka
  # Its makefiles do not bear a path with spaces.
  [[ $work = *[[:space:]]* ]] && work=$(mktemp -d)
  download "$kafka_javascript" "$kafka_javascript_sha512" "$work"
  cd "$work/deps/librdkafka"
  # zstd, libcurl (OIDC) and GSSAPI would need more of the machine; Shop uses lz4, which is built in.
  ./configure --no-download --disable-gssapi --disable-curl --disable-zstd --disable-lz4-ext --disable-debug-symbols
  make -C src -j"$(nproc)" librdkafka.so.1
  rm -rf "$kit/packed/librdkafka" && mkdir -p "$kit/packed/librdkafka"
  node "$here/tools/pack-librdkafka.mjs" src/librdkafka.so.1 "$librdkafka_version" linux-x64 "$kit/packed/librdkafka"
  rm -rf "$work"
}

pack_standins() {
  rm -rf "$kit/packed/standins"
  {
    echo '<Solution>'
    find "$here/standins" -mindepth 2 -maxdepth 2 -name '*.csproj' | LC_ALL=C sort | sed 's|.*|  <Project Path="&" />|'
    echo '</Solution>'
  } > "$kit/standins.slnx"
  # The stand-ins are restored through the feed, too: they use the repacked packages.
  source "$here/env.sh"
  dotnet pack "$kit/standins.slnx" --configuration Release --nologo --verbosity quiet -nodeReuse:false
}
