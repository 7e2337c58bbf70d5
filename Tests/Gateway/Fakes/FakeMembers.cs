using Grpc.Core;
using Shop.Members.V1;

namespace Shop.Gateway.Tests.Fakes;

public sealed class FakeMembers(TokenMaker tokens) : MembersService.MembersServiceBase
{
    private static readonly Tokens Tokens = new() { AccessToken = "access", RefreshToken = "refresh", ExpiresIn = 900 };

    public Calls Calls { get; } = new();

    public override Task<SignUpResponse> SignUp(SignUpRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new SignUpResponse { MemberId = "0198c0de-0000-7000-8000-0000000000aa" });

    public override Task<SignInResponse> SignIn(SignInRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new SignInResponse { Tokens = Tokens });

    public override Task<RefreshResponse> Refresh(RefreshRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new RefreshResponse { Tokens = Tokens });

    public override Task<GetProfileResponse> GetProfile(GetProfileRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new GetProfileResponse { MemberId = "0198c0de-0000-7000-8000-0000000000aa", Email = "a@b.kr", Name = "김하나", Language = "ko" });

    public override Task<IssueServiceTokenResponse> IssueServiceToken(IssueServiceTokenRequest request, ServerCallContext context) =>
        Task.FromResult(new IssueServiceTokenResponse { AccessToken = tokens.Service(request.ClientId, request.Audience), ExpiresIn = 900 });
}
