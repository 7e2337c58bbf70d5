namespace Aspire.Hosting.ApplicationModel;

public interface IResourceWithEnvironment : IResource;

public interface IResourceWithArgs : IResource;

public interface IResourceWithEndpoints : IResource;

public interface IResourceWithWaitSupport : IResource;

public interface IResourceWithProbes : IResource;

/// <summary>A resource that is there as soon as it has a value; nothing waits for it.</summary>
public interface IResourceWithoutLifetime : IResource;

/// <summary>A resource that runs somewhere once it is deployed.</summary>
public interface IComputeResource : IResource;

public interface IContainerFilesDestinationResource : IResource;

/// <summary>A resource that shares its parent's life: state and connection string follow it.</summary>
public interface IResourceWithParent : IResource
{
    IResource Parent { get; }
}

public interface IResourceWithParent<out T> : IResourceWithParent where T : IResource
{
    new T Parent { get; }

    IResource IResourceWithParent.Parent => Parent;
}
