using System.ComponentModel;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Implemented by the generated classes <c>Projects.Name</c>.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    string ProjectPath { get; }

    LaunchSettings? LaunchSettings => null;

    bool SuppressBuild => false;

    bool IsFileBasedApp => false;
}

/// <summary>
/// The stand-in's own addition: the generated classes know what the build has made, so that the program itself is started
/// and not <c>dotnet run</c> around it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBuiltProject
{
    string TargetPath { get; }
}

/// <summary>A project that is known by its path only.</summary>
internal sealed class ProjectAtPath(string path) : IProjectMetadata
{
    public string ProjectPath { get; } = path;
}
