// Writes a NuGet package: a zip archive with a manifest (.nuspec) and files. No dependency, no temporary
// folder; the same input gives the same bytes, so an unchanged package is recognised as such.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';

/**
 * Writes `<folder>/<id>.<version>.nupkg`.
 * `dependencies`: [{ id, version, include? }]; `files`: [{ path, bytes }]; `framework`: the target framework
 * of the dependency group; `frameworkReference`: a shared framework that the package needs.
 */
export function writePackage(folder, { id, version, description, framework = 'net10.0', dependencies = [], frameworkReference, files }) {
  const nuspec = `<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
  <metadata>
    <id>${id}</id>
    <version>${version}</version>
    <authors>Shop's offline kit</authors>
    <description>${description}</description>
    <dependencies><group targetFramework="${framework}">${dependencies.map(dependency).join('')}</group></dependencies>
    ${frameworkReference ? `<frameworkReferences><group targetFramework="${framework}"><frameworkReference name="${frameworkReference}" /></group></frameworkReferences>` : ''}
  </metadata>
</package>
`;
  const path = join(folder, `${id}.${version}.nupkg`);
  // Written aside and renamed: a restore that runs meanwhile never sees half a package.
  writeFileSync(`${path}.${process.pid}`, zip([{ path: `${id}.nuspec`, bytes: Buffer.from(nuspec) }, ...files]));
  renameSync(`${path}.${process.pid}`, path);
  return path;
}

const dependency = ({ id, version, include }) =>
  `<dependency id="${id}" version="${version}"${include ? ` include="${include}"` : ''} />`;

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const dosDate = (2020 - 1980) << 9 | 1 << 5 | 1; // 2020-01-01 00:00

function zip(files) {
  const parts = [], directory = [];
  let offset = 0;
  for (const { path, bytes } of files) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(bytes);
    // The fields that a file's own header and its entry in the directory have in common.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2); // names are UTF-8
    common.writeUInt16LE(8, 4); // deflate
    common.writeUInt16LE(0, 6);
    common.writeUInt16LE(dosDate, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), common, name, packed);

    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((0o100644 << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, rest, name);
    offset += 4 + common.length + name.length + packed.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, entries, end]);
}
