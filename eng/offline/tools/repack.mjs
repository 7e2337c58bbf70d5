// node repack.mjs <aspire bundle> <.NET SDK folder> <feed>
// Official assemblies, untouched, back into packages of their own ids and versions: from the dashboard inside
// the Aspire CLI, which says itself what it is made of (deps.json), and from .NET's own folders.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openBundle } from './bundle.mjs';
import { writePackage } from './nupkg.mjs';

const [bundleFolder, sdk, feed] = process.argv.slice(2);
const description = 'The official assembly, repacked from the Aspire CLI or .NET itself.';

const wanted = [
  'Google.Protobuf',
  'Grpc.AspNetCore.Server', 'Grpc.AspNetCore.Server.ClientFactory',
  'Grpc.Core.Api', 'Grpc.Net.Client', 'Grpc.Net.ClientFactory', 'Grpc.Net.Common',
  'Humanizer.Core',
  'Microsoft.Bcl.Cryptography',
  'Microsoft.IdentityModel.Abstractions', 'Microsoft.IdentityModel.JsonWebTokens', 'Microsoft.IdentityModel.Logging',
  'Microsoft.IdentityModel.Protocols', 'Microsoft.IdentityModel.Protocols.OpenIdConnect', 'Microsoft.IdentityModel.Tokens',
  'OpenTelemetry.Extensions.Hosting',
  'System.IdentityModel.Tokens.Jwt',
  'System.IO.Hashing',
];
const needsAspNetCore = new Set(['Grpc.AspNetCore.Server', 'Grpc.AspNetCore.Server.ClientFactory']);

const program = openBundle(join(bundleFolder, 'managed', 'aspire-managed'));
const deps = JSON.parse(program.read('aspire-managed.deps.json').toString().replace(/^\uFEFF/, ''));
const libraries = Object.entries(deps.targets[deps.runtimeTarget.name]).map(([key, library]) => {
  const [id, version] = key.split('/');
  return { id, version, ...library };
});
const find = id => {
  const library = libraries.find(l => l.id === id);
  if (!library) throw new Error(`The Aspire CLI holds no ${id}: another version of it than the kit knows?`);
  return library;
};

for (const { id, version, dependencies, runtime } of wanted.map(find)) {
  writePackage(feed, {
    id, version, description,
    dependencies: Object.entries(dependencies ?? {}).map(([id, version]) => ({ id, version })),
    frameworkReference: needsAspNetCore.has(id) ? 'Microsoft.AspNetCore.App' : undefined,
    files: Object.keys(runtime).map(path => ({ path: `lib/net10.0/${basename(path)}`, bytes: program.read(basename(path)) })),
  });
}

// A package without assembly: it brings the server, the messages and the code generator together.
const grpc = find('Grpc.AspNetCore');
writePackage(feed, {
  id: grpc.id, version: grpc.version, description: 'Names the packages that a gRPC server in ASP.NET Core needs.',
  dependencies: [
    ...Object.entries(grpc.dependencies).map(([id, version]) => ({ id, version })),
    { id: 'Grpc.Tools', version: grpc.version, include: 'All' },
  ],
  files: [{ path: 'lib/net10.0/_._', bytes: Buffer.alloc(0) }],
});

// Part of ASP.NET Core for a web application, a package for everything else.
const frameworks = join(sdk, '..', '..', 'shared', 'Microsoft.AspNetCore.App');
const framework = readdirSync(frameworks).filter(v => /^10\.0\.\d+$/.test(v)).sort((a, b) => a.split('.')[2] - b.split('.')[2]).at(-1);
if (!framework) throw new Error(`There is no ASP.NET Core 10 below ${frameworks}.`);
writePackage(feed, {
  id: 'Microsoft.Extensions.Features', version: '10.0.14', description,
  files: [{
    path: 'lib/net10.0/Microsoft.Extensions.Features.dll',
    bytes: readFileSync(join(frameworks, framework, 'Microsoft.Extensions.Features.dll')),
  }],
});

// `dotnet ef` needs these two to load; the second only for scaffolding from a database, which stays out.
writePackage(feed, {
  id: 'Microsoft.VisualStudio.SolutionPersistence', version: '1.0.52', description, framework: 'net8.0',
  files: [{
    path: 'lib/net8.0/Microsoft.VisualStudio.SolutionPersistence.dll',
    bytes: readFileSync(join(sdk, 'Microsoft.VisualStudio.SolutionPersistence.dll')),
  }],
});
writePackage(feed, {
  id: 'Mono.TextTemplating', version: '3.0.0', framework: '.NETStandard2.0',
  description: 'Empty: the template engine of "dotnet ef dbcontext scaffold" is not available offline.',
  files: [{ path: 'lib/netstandard2.0/_._', bytes: Buffer.alloc(0) }],
});
