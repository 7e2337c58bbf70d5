using Microsoft.AspNetCore.Authorization;

namespace Shop.ServiceDefaults.Access;

/// <summary>That a rule of the endpoint admits the caller. It is the fallback policy, so it holds wherever nobody thought of it.</summary>
internal sealed class AccessRequirement : IAuthorizationRequirement;
