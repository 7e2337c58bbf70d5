// node pack-librdkafka.mjs <librdkafka.so> <version> <runtime identifier> <feed>
// The native library where Confluent.Kafka looks for it.
import { readFileSync } from 'node:fs';
import { writePackage } from './nupkg.mjs';

const [library, version, rid, feed] = process.argv.slice(2);
writePackage(feed, {
  id: 'librdkafka.redist', version, framework: '.NETStandard2.0',
  description: 'librdkafka, compiled on this machine from its published sources (without zstd, GSSAPI and OIDC).',
  files: [
    { path: 'lib/netstandard2.0/_._', bytes: Buffer.alloc(0) },
    { path: `runtimes/${rid}/native/librdkafka.so`, bytes: readFileSync(library) },
  ],
});
