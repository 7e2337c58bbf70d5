using Grpc.Core;
using Shop.Members.V1;

namespace Shop.GrpcClients.Tokens;

/// <summary>
/// A separate type from other clients of Members: it sends no token, because it requests them, and has its own limits.
/// </summary>
internal sealed class ServiceTokenClient(CallInvoker calls) : MembersService.MembersServiceClient(calls);
