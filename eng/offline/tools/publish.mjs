// node publish.mjs <packed> <feed> <packages> [--prune]
// Brings the packages that the steps made (<packed>/<step>/*.nupkg) into the feed. A package whose contents have
// not changed stays as it is; of a changed one the copy that NuGet has extracted goes away, since NuGet takes the
// same version for the same package.
import { copyFileSync, existsSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const [packed, feed, packages, prune] = process.argv.slice(2);
const published = new Set();

for (const step of readdirSync(packed)) {
  for (const name of readdirSync(join(packed, step)).filter(n => n.endsWith('.nupkg'))) {
    published.add(name);
    const made = join(packed, step, name), target = join(feed, name);
    if (existsSync(target) && contents(made) === contents(target)) continue;
    copyFileSync(made, `${target}.new`);
    renameSync(`${target}.new`, target);
    forget(name);
  }
}

if (prune) {
  for (const name of readdirSync(feed).filter(n => n.endsWith('.nupkg') && !published.has(n))) {
    rmSync(join(feed, name));
    forget(name);
  }
}

function forget(name) {
  // "<id>.<version>.nupkg": the version begins at the first part that is a number.
  const parts = name.slice(0, -'.nupkg'.length).split('.');
  const at = parts.findIndex(part => /^\d/.test(part));
  rmSync(join(packages, parts.slice(0, at).join('.').toLowerCase(), parts.slice(at).join('.').toLowerCase()), { recursive: true, force: true });
}

/** Names and checksums of the files inside, without those that differ with every packing. */
function contents(path) {
  const zip = readFileSync(path);
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let at = zip.readUInt32LE(end + 16);
  const lines = [];
  for (let i = zip.readUInt16LE(end + 10); i > 0; i--) {
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    if (!/\.psmdcp$|^_rels\//.test(name)) lines.push(`${name} ${zip.readUInt32LE(at + 16)}`);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return lines.sort().join('\n');
}
