using Grpc.Core;
using Shop.Members.V1;

namespace Shop.GrpcClients.Tokens;

/// <summary>
/// A type of its own, so that it is no service's client of Members: it carries no token (it is what gets one) and has limits of its own.
/// </summary>
internal sealed class ServiceTokenClient(CallInvoker calls) : MembersService.MembersServiceClient(calls);
