using Grpc.Core;
using Shop.Members.Accounts;
using Shop.Members.Limits;
using Shop.Members.Sessions;
using Shop.Members.Tokens;
using Shop.Members.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Members;

internal sealed class MembersService(SignUp signUp, SignIn signIn, Refresh refresh, GetProfile getProfile, IssueServiceToken issueServiceToken)
    : V1.MembersService.MembersServiceBase
{
    [AllowAnyone]
    public override Task<SignUpResponse> SignUp(SignUpRequest request, ServerCallContext context) =>
        signUp.HandleAsync(request, ClientAddress.Of(context, request.ClientAddress), context.CancellationToken);

    [AllowAnyone]
    public override Task<SignInResponse> SignIn(SignInRequest request, ServerCallContext context) =>
        signIn.HandleAsync(request, ClientAddress.Of(context, request.ClientAddress), context.CancellationToken);

    [AllowAnyone]
    public override Task<RefreshResponse> Refresh(RefreshRequest request, ServerCallContext context) =>
        refresh.HandleAsync(request, context.CancellationToken);

    [AllowMembers]
    public override Task<GetProfileResponse> GetProfile(GetProfileRequest request, ServerCallContext context) =>
        getProfile.HandleAsync(context.Caller(), context.CancellationToken);

    [AllowAnyone]
    public override Task<IssueServiceTokenResponse> IssueServiceToken(IssueServiceTokenRequest request, ServerCallContext context) =>
        Task.FromResult(issueServiceToken.Handle(request));
}
