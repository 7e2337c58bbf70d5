using Microsoft.AspNetCore.Authorization;

namespace Shop.ServiceDefaults.Access;

/// <summary>A rule of the endpoint must admit the caller. It is the fallback policy, so it also applies to endpoints without authorisation metadata.</summary>
internal sealed class AccessRequirement : IAuthorizationRequirement;
