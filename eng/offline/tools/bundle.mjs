// Reads a .NET single-file program: the list of files inside it, and each file's bytes.
// The format is that of the .NET host: a signature somewhere in the executable, right before it the
// position of a manifest, and in the manifest one entry per file (raw deflate where it pays).
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

const signature = Buffer.from('8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae', 'hex');

/** Opens a single-file program and returns a function that gives a file's bytes by its path inside. */
export function openBundle(path) {
  const data = readFileSync(path);
  const found = data.indexOf(signature);
  if (found < 8) throw new Error(`${path} is not a .NET single-file program.`);
  const files = readManifest(data, Number(data.readBigInt64LE(found - 8)));
  return {
    names: [...files.keys()],
    read(name) {
      const file = files.get(name);
      if (!file) throw new Error(`${path} holds no ${name}.`);
      const { offset, size, packed } = file;
      return packed === 0
        ? data.subarray(offset, offset + size)
        : inflateRawSync(data.subarray(offset, offset + packed));
    },
  };
}

function readManifest(data, position) {
  const long = () => { position += 8; return Number(data.readBigInt64LE(position - 8)); };
  const text = () => {
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const next = data[position++];
      length |= (next & 0x7f) << shift;
      if (next < 0x80) break;
    }
    position += length;
    return data.toString('utf8', position - length, position);
  };

  const version = data.readUInt32LE(position);
  const count = data.readInt32LE(position + 8);
  if (version !== 6) throw new Error(`This single-file program has format ${version}; the kit reads format 6.`);
  position += 12;
  text(); // the program's id
  position += 5 * 8; // where deps.json and runtimeconfig.json are, and flags: they are in the list, too

  const files = new Map();
  for (let i = 0; i < count; i++) {
    const offset = long(), size = long(), packed = long();
    position++; // the kind of file
    files.set(text(), { offset, size, packed });
  }
  return files;
}
